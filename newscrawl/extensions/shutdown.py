"""Shutdown within seconds: pending requests are dropped, those in progress get a grace period, then the crawl ends."""

from __future__ import annotations

import asyncio
import logging

from scrapy.crawler import Crawler

from newscrawl.exceptions import StoppedError
from newscrawl.run.component import Component
from newscrawl.scrapy_internals.downloader import fail_pending, slot_keys
from newscrawl.scrapy_internals.engine import abandon_requests, in_progress, waits_for_requests

logger = logging.getLogger(__name__)

_LOOK = 0.25


class PromptShutdown(Component):
    """Extension that makes SIGTERM, a time limit and every other early end take NEWSCRAWL_STOP_SECONDS at most.

    Scrapy waits for all requests that it has handed to the downloader, whatever delays they wait for. Here those not
    sent yet are dropped at once; slow ones are cancelled after that time, and count as unseen.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.grace = crawler.settings.getfloat("NEWSCRAWL_STOP_SECONDS")
        self._timer: asyncio.TimerHandle | None = None
        self._since: float | None = None

    def spider_opened(self) -> None:
        """Start checking whether the crawl is stopping."""
        self._timer = asyncio.get_event_loop().call_later(_LOOK, self._look)

    def spider_closed(self) -> None:
        """Stop checking."""
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        loop = asyncio.get_event_loop()
        self._timer = loop.call_later(_LOOK, self._look)
        if not waits_for_requests(self.crawler):
            return
        if self._since is None:
            self._since = loop.time()
        for key in slot_keys(self.crawler):
            if count := fail_pending(self.crawler, key, lambda: StoppedError("the crawl stopped before its request")):
                self.crawler.stats.inc_value("newscrawl/not_sent", count)
        if loop.time() - self._since >= self.grace and (left := in_progress(self.crawler)):
            logger.warning("%d requests did not end within %g s and are abandoned", left, self.grace)
            self.crawler.stats.inc_value("newscrawl/given_up", left)
            abandon_requests(self.crawler)
