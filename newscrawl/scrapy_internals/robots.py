"""Scrapy's middleware of robots.txt with its two outcomes as public methods."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.robotstxt import RobotParser


class OpenRobotsMiddleware(RobotsTxtMiddleware):
    """A middleware whose subclasses override the three methods below. ``LOGGER``: what Scrapy logs its failures to."""

    LOGGER = RobotsTxtMiddleware.__module__

    def check(self, parser: RobotParser | None, request: Request) -> None:
        """Raise `IgnoreRequest` where robots.txt disallows a request; ``parser``: ``None`` where it was not read."""
        super().process_request_2(parser, request)

    def received(self, response: Response, netloc: str) -> Response:
        """Return the response to be parsed as the robots.txt of ``netloc``."""
        return response

    def failed(self, error: Exception, netloc: str) -> None:
        """Register that the robots.txt of ``netloc`` could not be fetched."""

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Call `check`."""
        self.check(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        await super()._parse_robots(self.received(response, netloc), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self.failed(exc, netloc)
        super()._robots_error(exc, netloc)
