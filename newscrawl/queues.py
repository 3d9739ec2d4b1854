"""The queue of requests: no site takes more places than it can use."""

from __future__ import annotations

from collections import Counter
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.pqueues import DownloaderAwarePriorityQueue

PLACES = 4
"""Requests of one site that may wait in the downloader: one under way, the next, and some to spare."""


class FairPriorityQueue(DownloaderAwarePriorityQueue):
    """Scrapy's queue, except that a site that is slow, paused or asks for long delays leaves the places to others.

    Without the limit its waiting requests fill CONCURRENT_REQUESTS, and all other sites stand still. Requests that
    wait for their site's robots.txt count, though they have reached no slot of the downloader yet; pages that are
    fetched and being extracted do not.
    """

    def __init__(self, crawler: Crawler, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        self._on_the_way: set[Request] = set()
        crawler.signals.connect(self._reached, signals.request_reached_downloader)

    def pop(self) -> Request | None:
        """Return the next request of the site with the fewest under way, ``None`` where all have enough."""
        request = self._pop()
        if request is not None:
            self._on_the_way.add(request)
        return request

    def _pop(self) -> Request | None:
        full = self._full()
        if not full:
            return super().pop()
        every = self.pqueues
        self.pqueues = {name: queue for name, queue in every.items() if name not in full}
        try:
            return super().pop()
        finally:
            self.pqueues = {**self.pqueues, **{name: every[name] for name in full}}

    def _full(self) -> set[str]:
        """The sites that have enough under way."""
        downloader = self._downloader_interface.downloader
        self._on_the_way &= downloader.active  # what was given up before it reached a slot is gone
        before = Counter(map(downloader.get_slot_key, self._on_the_way))
        full = set()
        for active, name in self._downloader_interface.stats(self.pqueues):
            slot = downloader.slots.get(name)
            concurrency = slot.concurrency if slot is not None else downloader.domain_concurrency
            if active + before[name] >= max(PLACES, 2 * concurrency):
                full.add(name)
        return full

    def _reached(self, request: Request) -> None:
        self._on_the_way.discard(request)
