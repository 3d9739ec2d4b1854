"""robots.txt that cannot be read: its host is not requested (RFC 9309, section 2.3.1.4)."""

from __future__ import annotations

import logging
from typing import Final

from scrapy import Request, exceptions
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.exceptions import RobotsUnreachableError
from newscrawl.run.reasons import reason_of
from newscrawl.run.run import Run
from newscrawl.scrapy_internals.robots import OpenRobotsMiddleware

_MOST_NAMED: Final = 50
_OUT_OF_REACH: Final = (
    exceptions.CannotResolveHostError,
    exceptions.DownloadTimeoutError,
    exceptions.DownloadConnectionRefusedError,
    exceptions.DownloadFailedError,
)


class StrictRobotsMiddleware(OpenRobotsMiddleware):
    """Scrapy's, except that a robots.txt that `RobotsHosts` takes for unreachable disallows its host.

    It has been retried by then. The host is listed in the statistic ``newscrawl/robots_unreachable``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.robots = Run.of(crawler).robots
        if self.robots.is_strict:
            logging.getLogger(OpenRobotsMiddleware.LOGGER).addFilter(_is_not_reported)

    def check(self, parser: RobotParser | None, request: Request) -> None:
        """Raise `IgnoreRequest` where robots.txt disallows, `RobotsUnreachableError` where it was not read."""
        found = self.robots.unreachable.get(urlparse_cached(request).netloc)
        if found is not None:
            raise RobotsUnreachableError(*found)
        super().check(parser, request)

    def received(self, response: Response, netloc: str) -> Response:
        """Return the response, without its body where it is an error page; register an unreachable robots.txt."""
        if self.robots.has_failed(netloc, response.status):
            named = self.crawler.stats.get_value("newscrawl/robots_unreachable", {})
            if len(named) < _MOST_NAMED:
                self.crawler.stats.set_value("newscrawl/robots_unreachable", {**named, netloc: response.status})
        return response if 200 <= response.status < 300 else response.replace(body=b"")

    def failed(self, error: Exception, netloc: str) -> None:
        """Register a robots.txt that did not come."""
        if self.robots.is_strict and isinstance(error, _OUT_OF_REACH):
            reason, detail = reason_of(error)
            sentence = f"robots.txt cannot be read, so nothing is requested: {detail}"
            self.robots.unreachable[netloc] = (reason, sentence)


def _is_not_reported(record: logging.LogRecord) -> bool:
    """Return whether a message of Scrapy's says more than what `StrictRobotsMiddleware.failed` registers."""
    return record.exc_info is None or not isinstance(record.exc_info[1], _OUT_OF_REACH)
