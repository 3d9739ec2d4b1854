"""robots.txt beyond allow and disallow: the delay between requests, sitemaps, and disallowed agents."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.discovery.found import web_address
from newscrawl.discovery.reservations import ai_agents
from newscrawl.items import Right
from newscrawl.network.requests import slot_meta
from newscrawl.run.component import Component
from newscrawl.scrapy_internals.downloader import raise_delay, slot_key

logger = logging.getLogger(__name__)

_KEPT = 5000


class RobotsExtension(Component):
    """Extension that applies ``Crawl-delay`` to a site (Scrapy does not) and remembers the rest of its robots.txt.

    The delay holds for the run, regardless of AutoThrottle; NEWSCRAWL_CRAWL_DELAY_MAX bounds it.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.longest = crawler.settings.getfloat("NEWSCRAWL_CRAWL_DELAY_MAX")
        self.agent = crawler.settings.get("ROBOTSTXT_USER_AGENT") or crawler.settings.get("USER_AGENT") or "*"
        self._parsers: dict[str, RobotParser] = {}
        self._delays: dict[str, float] = {}

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Keep a site's rules, and set its delay."""
        parts = urlparse_cached(request)
        if len(self._parsers) < _KEPT:
            self._parsers[parts.netloc] = robotparser
        try:
            delay = robotparser.crawl_delay(self.agent)
        except Exception:  # another parser may not know it, or fail on its content
            delay = None
        if not delay:
            return
        if delay > self.longest:
            logger.info(
                "%s demands %s s between requests; NEWSCRAWL_CRAWL_DELAY_MAX is %s", parts.netloc, delay, self.longest
            )
        key = slot_meta(request.url).get("download_slot") or slot_key(self.crawler, request)
        self._delays[key] = max(min(float(delay), self.longest), self._delays.get(key, 0.0))
        self.crawler.stats.inc_value("newscrawl/crawl_delays")
        self._apply(key)

    def response_downloaded(self, request: Request) -> None:
        """Restore the delay where AutoThrottle shortened it."""
        if self._delays:
            self._apply(request.meta.get("download_slot") or "")

    def _apply(self, key: str) -> None:
        if (delay := self._delays.get(key)) is not None:
            raise_delay(self.crawler, key, delay)

    def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps in the robots.txt of the URL's host, made absolute."""
        parser: Any = self._parsers.get(_netloc(url))
        try:
            named = list(parser.rp.sitemaps) if parser is not None else []
        except AttributeError:  # another parser may not know them
            return []
        found = (web_address(str(link), urljoin(url, "/robots.txt")) for link in named)
        return list(dict.fromkeys(filter(None, found)))

    def rights(self, url: str) -> list[Right]:
        """Return the training crawlers that are disallowed for a URL that we may fetch."""
        parser = self._parsers.get(_netloc(url))
        if parser is None:
            return []
        return [Right(source="robots.txt", value=name) for name in ai_agents() if not parser.allowed(url, name)]


def _netloc(url: str) -> str:
    return urlparse_cached(Request(url)).netloc
