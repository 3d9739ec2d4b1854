"""``Crawl-delay`` of robots.txt, which Scrapy does not apply."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.network.requests import slot_meta
from newscrawl.run.component import Component
from newscrawl.run.run import Run
from newscrawl.scrapy_internals.downloader import raise_delay, slot_key


class RobotsExtension(Component):
    """Extension that keeps the rules of each robots.txt, and holds its delay for the run regardless of AutoThrottle."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.robots = Run.of(crawler).robots

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Keep a site's rules, and set its delay."""
        if delay := self.robots.add(urlparse_cached(request).netloc, robotparser):
            slot = slot_meta(request.url).get("download_slot") or slot_key(self.crawler, request)
            self.robots.set_delay(slot, delay)
            self.crawler.stats.inc_value("newscrawl/crawl_delays")
            self._apply(slot)

    def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps in the robots.txt of the URL's host, made absolute."""
        return self.robots.sitemaps(url)

    def response_downloaded(self, request: Request) -> None:
        """Restore the delay where AutoThrottle shortened it."""
        if self.robots.delays:
            self._apply(request.meta.get("download_slot") or "")

    def _apply(self, slot: str) -> None:
        if (delay := self.robots.delays.get(slot)) is not None:
            raise_delay(self.crawler, slot, delay)
