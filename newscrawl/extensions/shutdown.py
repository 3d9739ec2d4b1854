"""Shutdown within seconds: pending requests are dropped, those in progress get a grace period, then the crawl ends."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawl.exceptions import StoppedError

logger = logging.getLogger(__name__)

_LOOK = 0.25


class PromptShutdown:
    """Extension that makes SIGTERM, a time limit and every other early end take NEWSCRAWL_STOP_SECONDS at most.

    Scrapy waits for all requests that it has handed to the downloader, whatever delays they wait for. Here those not
    sent yet are dropped at once; slow ones are cancelled after that time, and count as unseen.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.patience = crawler.settings.getfloat("NEWSCRAWL_STOP_SECONDS")
        self._timer: asyncio.TimerHandle | None = None
        self._since: float | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension and connect it."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

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
        engine: Any = self.crawler.engine
        slot = engine._slot if engine is not None else None
        if slot is None or slot.closing is None or slot.closing.called:
            return
        if self._since is None:
            self._since = loop.time()
        self._let_go(engine.downloader)
        if loop.time() - self._since >= self.patience and slot.inprogress:
            logger.warning("%d requests did not end in %g s and are given up", len(slot.inprogress), self.patience)
            self.crawler.stats.inc_value("newscrawl/given_up", len(slot.inprogress))
            slot.inprogress.clear()
            slot._maybe_fire_closing()

    def _let_go(self, downloader: Any) -> None:
        for slot in downloader.slots.values():
            while slot.queue:
                _, deferred = slot.queue.popleft()
                self.crawler.stats.inc_value("newscrawl/not_sent")
                deferred.errback(StoppedError("the crawl stopped before it was asked for"))
