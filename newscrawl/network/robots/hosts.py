"""What a run knows of the robots.txt of each host: rules, sitemaps, delays, and whether it can be read at all."""

from __future__ import annotations

import logging
from typing import Any, Final
from urllib.parse import urljoin

from scrapy import Request
from scrapy.robotstxt import RobotParser
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.discovery.found import web_url
from newscrawl.discovery.reservations import ai_agents
from newscrawl.items import Right

logger = logging.getLogger(__name__)

UNREACHABLE: Final = "robots-unreachable"
_KEPT: Final = 5000


class RobotsHosts:
    """The robots.txt of the hosts of one run.

    A host whose file has status 429 or 5xx, or does not come, is not requested (RFC 9309, section 2.3.1.4), but with
    NEWSCRAWL_ROBOTS_STRICT off. NEWSCRAWL_CRAWL_DELAY_MAX bounds the delays.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self.is_strict = settings.getbool("NEWSCRAWL_ROBOTS_STRICT")
        self.longest = settings.getfloat("NEWSCRAWL_CRAWL_DELAY_MAX")
        self.agent = settings.get("ROBOTSTXT_USER_AGENT") or settings.get("USER_AGENT") or "*"
        self.unreachable: dict[str, tuple[str, str]] = {}
        """Reason and sentence by the host and port of a URL."""
        self.delays: dict[str, float] = {}
        """Seconds between two requests by slot of the downloader."""
        self._parsers: dict[str, RobotParser] = {}

    def has_failed(self, netloc: str, status: int) -> bool:
        """Register a host as unreachable if the status of its robots.txt says so."""
        if not self.is_strict or (status < 500 and status != 429):
            return False
        sentence = f"robots.txt has status {status}, so nothing of the host is requested (NEWSCRAWL_ROBOTS_STRICT)"
        self.unreachable[netloc] = (UNREACHABLE, sentence)
        logger.warning("%s: %s", netloc, sentence)
        return True

    def add(self, netloc: str, parser: RobotParser) -> float:
        """Keep a host's rules; return the seconds between two requests that they demand, bounded."""
        if len(self._parsers) < _KEPT:
            self._parsers[netloc] = parser
        try:
            delay = float(parser.crawl_delay(self.agent) or 0)
        except Exception:  # another parser may not know it, or fail on its content
            return 0.0
        if delay > self.longest:
            logger.info(
                "%s demands %s s between requests; NEWSCRAWL_CRAWL_DELAY_MAX is %s", netloc, delay, self.longest
            )
        return min(delay, self.longest)

    def set_delay(self, slot: str, seconds: float) -> None:
        """Set the delay of a slot, which several hosts may share: the longest holds."""
        self.delays[slot] = max(seconds, self.delays.get(slot, 0.0))

    def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps in the robots.txt of the URL's host, made absolute."""
        parser: Any = self._parsers.get(_netloc(url))
        try:
            named = list(parser.rp.sitemaps) if parser is not None else []
        except AttributeError:  # another parser may not know them
            return []
        found = (web_url(str(link), urljoin(url, "/robots.txt")) for link in named)
        return list(dict.fromkeys(filter(None, found)))

    def rights(self, url: str) -> list[Right]:
        """Return the training crawlers that are disallowed for a URL that we may fetch."""
        parser = self._parsers.get(_netloc(url))
        if parser is None:
            return []
        return [Right(source="robots.txt", value=name) for name in ai_agents() if not parser.allowed(url, name)]


def _netloc(url: str) -> str:
    return urlparse_cached(Request(url)).netloc
