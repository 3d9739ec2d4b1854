"""Scrapy's feed exporter with the outbox between lines and store."""

from __future__ import annotations

import copy
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter, FeedSlot
from scrapy.utils.defer import ensure_awaitable
from scrapy.utils.misc import load_object

from newscrawl.exceptions import StoreError
from newscrawl.exporters import parquet as exporters_parquet
from newscrawl.exporters.storage import DurableFileStorage
from newscrawl.output.outbox import Outbox
from newscrawl.output.parameters import safe
from newscrawl.output.postprocess import plain_options
from newscrawl.run.run import Run


class DurableFeedExporter(FeedExporter):
    """Reports the destination of each line to the outbox, and stops the crawl where one cannot be written.

    Local feeds are written by `newscrawl.exporters.storage.DurableFileStorage`; standard output counts as written line
    by line, remote storage once it has stored the whole.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        for uri, options in self.feeds.items():
            if options.get("format") == exporters_parquet.FORMAT:
                options = {**options, "postprocessing": [exporters_parquet.PLUGIN, *options.get("postprocessing", ())]}
                self.feeds[uri] = options
            if self._is_local(uri, options) and options.get("postprocessing"):
                options = copy.copy(options)
                options["newscrawl_plain"] = plain_options(options)
                del options["postprocessing"]  # the storage post-processes once the lines are complete
                self.feeds[uri] = options

    @property
    def outbox(self) -> Outbox:
        """Return the crawl's outbox."""
        return Run.of(self.crawler).outbox

    def _is_local(self, uri: str, options: dict[str, Any]) -> bool:
        return isinstance(self._get_storage(uri, options), DurableFileStorage)

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Write the item's line to each feed that accepts it."""
        outbox = self.outbox
        if outbox.has_failed:
            return
        slots = [slot for slot in self.slots if slot.filter.accepts(item)]
        errors = self.crawler.stats.get_value("newscrawl/output_errors", 0)
        try:
            super().item_scraped(item, spider)
        except (OSError, StoreError) as error:
            outbox.fail(f"the output cannot be written ({getattr(error, 'strerror', None) or error})")
            return
        if self.crawler.stats.get_value("newscrawl/output_errors", 0) > errors:
            outbox.has_failed = True  # the exporter has logged it itself
            return
        local = [self._number(slot) for slot in slots if not _is_remote(slot)]
        outbox.exported(item, local, [slot for slot in slots if _is_remote(slot)])

    @staticmethod
    def _number(slot: FeedSlot) -> int | None:
        return slot.storage.number if isinstance(slot.storage, DurableFileStorage) else None

    async def _close_slot(self, slot: FeedSlot, spider: Spider) -> None:
        if _is_remote(slot):
            store = slot.storage.store

            async def stored(file: Any) -> None:
                await ensure_awaitable(store(file))
                self.outbox.stored(slot)

            slot.storage.store = stored  # type: ignore[method-assign, assignment]
        try:
            await super()._close_slot(slot, spider)
        except (OSError, StoreError) as error:  # an output that stayed empty could not even be opened
            self.outbox.fail(f"the output cannot be written ({getattr(error, 'strerror', None) or error})")

    def _get_uri_params(self, spider: Spider, uri_params_function: Any, slot: FeedSlot | None = None) -> dict[str, Any]:
        given = load_object(uri_params_function) if uri_params_function else None

        def guarded(params: dict[str, Any], spider: Spider) -> dict[str, Any] | None:
            params = {name: safe(value) for name, value in params.items()}
            return (given(params, spider) or params) if given is not None else params

        return super()._get_uri_params(spider, guarded, slot)


def _is_remote(slot: FeedSlot) -> bool:
    return not isinstance(slot.storage, DurableFileStorage) and type(slot.storage).__name__ != "StdoutFeedStorage"
