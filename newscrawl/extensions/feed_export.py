"""Scrapy's feed exporter with the outbox between lines and store."""

from __future__ import annotations

import copy
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedSlot

from newscrawl.exceptions import StoreError
from newscrawl.exporters import parquet as exporters_parquet
from newscrawl.exporters.storage import DurableFileStorage
from newscrawl.output.feeds import safe
from newscrawl.output.outbox import Outbox
from newscrawl.output.postprocess import plain_options
from newscrawl.run.run import Run
from newscrawl.scrapy_internals.feed_export import OpenFeedExporter, after_storing, is_standard_output


class DurableFeedExporter(OpenFeedExporter):
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
        return isinstance(self.storage_of(uri, options), DurableFileStorage)

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

    async def close_feed(self, slot: FeedSlot, spider: Spider) -> None:
        """Finish a feed; lines of remote storage are committed once it has stored them."""
        if _is_remote(slot):
            after_storing(slot, lambda: self.outbox.stored(slot))
        try:
            await super().close_feed(slot, spider)
        except (OSError, StoreError) as error:  # an output that stayed empty could not even be opened
            self.outbox.fail(f"the output cannot be written ({getattr(error, 'strerror', None) or error})")

    def uri_parameters(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Return the parameters of a feed's URI, none of which leaves its folder."""
        return {name: safe(value) for name, value in parameters.items()}


def _is_remote(slot: FeedSlot) -> bool:
    return not isinstance(slot.storage, DurableFileStorage) and not is_standard_output(slot)
