"""Scrapy's feed exporter with the steps that the project replaces as public methods."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from scrapy import Spider
from scrapy.extensions.feedexport import FeedExporter, FeedSlot
from scrapy.utils.defer import ensure_awaitable
from scrapy.utils.misc import load_object


class OpenFeedExporter(FeedExporter):
    """A feed exporter whose subclasses override `close_feed` and `uri_parameters`."""

    def storage_of(self, uri: str, options: dict[str, Any]) -> Any:
        """Return a new storage for a feed."""
        return self._get_storage(uri, options)

    def _load_components(self, setting_prefix: str) -> dict[str, Any]:
        """Load the exporters of the formats that are written; one of the others imports every library of items."""
        if setting_prefix != "FEED_EXPORTERS":
            return super()._load_components(setting_prefix)
        formats = {options["format"] for options in self.feeds.values()}
        known = self.settings.getwithbase(setting_prefix)
        return {name: load_object(known[name]) for name in formats if known.get(name) is not None}

    async def close_feed(self, slot: FeedSlot, spider: Spider) -> None:
        """Finish a feed and have its storage store it."""
        await super()._close_slot(slot, spider)

    def uri_parameters(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Return the parameters of a feed's URI, before those of the user's own function."""
        return parameters

    async def _close_slot(self, slot: FeedSlot, spider: Spider) -> None:
        await self.close_feed(slot, spider)

    def _get_uri_params(self, spider: Spider, uri_params_function: Any, slot: FeedSlot | None = None) -> dict[str, Any]:
        given = load_object(uri_params_function) if uri_params_function else None

        def replaced(params: dict[str, Any], spider: Spider) -> dict[str, Any] | None:
            params = self.uri_parameters(params)
            return (given(params, spider) or params) if given is not None else params

        return super()._get_uri_params(spider, replaced, slot)


def after_storing(slot: FeedSlot, told: Callable[[], None]) -> None:
    """Have a feed's storage call ``told`` once it has stored the feed."""
    store: Callable[[Any], Awaitable[None] | None] = slot.storage.store

    async def stored(file: Any) -> None:
        await ensure_awaitable(store(file))
        told()

    slot.storage.store = stored  # type: ignore[method-assign, assignment]


def is_standard_output(slot: FeedSlot) -> bool:
    """Tell whether a feed is written to standard output."""
    return type(slot.storage).__name__ == "StdoutFeedStorage"
