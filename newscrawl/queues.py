"""The queue of requests: no site takes more places than it can use."""

from __future__ import annotations

from collections import Counter

from scrapy import Request
from scrapy.pqueues import DownloaderAwarePriorityQueue

PLACES = 4
"""Requests of one site that may be in the downloader: one under way, the next, and some whose pages are extracted."""


class FairPriorityQueue(DownloaderAwarePriorityQueue):
    """Scrapy's queue, except that a site that is slow, paused or asks for long delays leaves the places to others.

    Without the limit its waiting requests fill CONCURRENT_REQUESTS, and all other sites stand still. Requests that
    wait for their site's robots.txt count, though they have reached no slot of the downloader yet.
    """

    def pop(self) -> Request | None:
        """Return the next request of the site with the fewest under way, ``None`` where all have enough."""
        downloader = self._downloader_interface.downloader
        active = Counter(map(downloader.get_slot_key, downloader.active))
        full = {}
        for name, count in active.items():
            slot = downloader.slots.get(name)
            concurrency = slot.concurrency if slot is not None else downloader.domain_concurrency
            if name in self.pqueues and count >= max(PLACES, 2 * concurrency):
                full[name] = self.pqueues[name]
        if not full:
            return super().pop()
        every = self.pqueues
        self.pqueues = {name: queue for name, queue in every.items() if name not in full}
        try:
            return super().pop()
        finally:
            self.pqueues = {**self.pqueues, **full}
