"""Scrapy's own parser of robots.txt, which sees no more of a file than a file may have."""

from __future__ import annotations

import logging
from typing import Self

from scrapy.crawler import Crawler
from scrapy.robotstxt import ProtegoRobotParser

logger = logging.getLogger(__name__)

DEFAULT = 500
_KIB = 1024


class BoundedRobotParser(ProtegoRobotParser):
    """Reads the first NEWSCRAWL_MAX_ROBOTS_KB of a robots.txt, to the end of the last line that is whole."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        """Parse a file, cut where it is longer; that is counted as ``newscrawl/robots_cut``."""
        limit = crawler.settings.getint("NEWSCRAWL_MAX_ROBOTS_KB", DEFAULT) * _KIB
        if len(robotstxt_body) > limit:
            logger.info("a robots.txt has %s KiB: NEWSCRAWL_MAX_ROBOTS_KB are read", len(robotstxt_body) // _KIB)
            crawler.stats.inc_value("newscrawl/robots_cut")
            robotstxt_body = first_lines(robotstxt_body, limit)
        return super().from_crawler(crawler, robotstxt_body)


def first_lines(body: bytes, limit: int) -> bytes:
    """Return the whole lines among the first ``limit`` bytes: half a rule would forbid what the whole one does not.

    >>> first_lines(b"Disallow: /a\\nDisallow: /b/c", 25)
    b'Disallow: /a'
    """
    start = body[: limit + 1]
    return body if len(body) <= limit else start[: max(start.rfind(b"\n"), start.rfind(b"\r"), 0)]
