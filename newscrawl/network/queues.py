"""The queue of requests: sites take turns, and none takes more slots than it can use."""

from __future__ import annotations

from collections import Counter, OrderedDict
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.pqueues import DownloaderAwarePriorityQueue, ScrapyPriorityQueue

PLACES = 4
"""Maximum of one site's requests in the downloader: one in progress, the next, and some to spare."""


class FairPriorityQueue(DownloaderAwarePriorityQueue):
    """Scrapy's queue, except that a site that is slow, paused or has long delays leaves the slots to others.

    Without the limit its waiting requests fill CONCURRENT_REQUESTS, and all other sites stand still. Requests that
    wait for their site's robots.txt count, though they have reached no slot of the downloader yet; pages that are
    fetched and being extracted do not. The time to find a request does not grow with the number of sites.
    """

    def __init__(self, crawler: Crawler, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        self.pqueues: OrderedDict[str, ScrapyPriorityQueue] = OrderedDict(self.pqueues)
        self._on_the_way: set[Request] = set()
        crawler.signals.connect(self._reached, signals.request_reached_downloader)

    def pop(self) -> Request | None:
        """Return the next request of the site with the fewest in progress, ``None`` where all have enough."""
        under_way = self._under_way()
        best = None
        for name in self.pqueues:
            count = under_way[name]
            if count < self._places(name) and (best is None or count < under_way[best]):
                best = name
            if not count:
                break
        if best is None:
            return None
        sites, self.pqueues = self.pqueues, OrderedDict({best: self.pqueues[best]})
        try:
            request = super().pop()
        finally:
            self.pqueues, left = sites, self.pqueues
            if best in left:
                sites.move_to_end(best)  # sites take turns
            else:
                del sites[best]
        if request is not None:
            self._on_the_way.add(request)
        return request

    def _under_way(self) -> Counter[str]:
        """Return the number of requests of each site that have left the queue and are not fetched yet."""
        downloader = self._downloader_interface.downloader
        self._on_the_way &= downloader.active  # drop those cancelled before they reached a slot
        under_way = Counter(map(downloader.get_slot_key, self._on_the_way))
        for name in set(map(downloader.get_slot_key, downloader.active)):
            slot = downloader.slots.get(name)
            under_way[name] += len(slot.active) if slot is not None else 0
        return under_way

    def _places(self, name: str) -> int:
        downloader = self._downloader_interface.downloader
        slot = downloader.slots.get(name)
        return max(PLACES, 2 * (slot.concurrency if slot is not None else downloader.domain_concurrency))

    def _reached(self, request: Request) -> None:
        self._on_the_way.discard(request)
