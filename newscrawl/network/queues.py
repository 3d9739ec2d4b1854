"""The queue of requests: sites take turns, and none takes more slots than it can use."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.pqueues import DownloaderAwarePriorityQueue, ScrapyPriorityQueue

from newscrawl.scrapy_internals.downloader import active_requests, concurrency, under_way

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
        self._on_the_way.intersection_update(active_requests(self))  # drop those cancelled before they reached a slot
        counts = under_way(self, self._on_the_way)
        best = None
        for name in self.pqueues:
            count = counts[name]
            if (best is None or count < counts[best]) and count < max(PLACES, 2 * concurrency(self, name)):
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

    def _reached(self, request: Request) -> None:
        self._on_the_way.discard(request)
