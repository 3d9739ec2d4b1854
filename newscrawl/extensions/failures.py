"""The list of failures of a crawl, connected to Scrapy's signals."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.network.requests import CLEAN, SOURCE
from newscrawl.output.feeds import feed_files
from newscrawl.run.component import Component
from newscrawl.run.run import Run


class FailureLog(Component):
    """Extension that keeps `newscrawl.output.failures.Failures` of the run beside the outputs."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.failures = Run.of(crawler).failures

    def spider_opened(self) -> None:
        """Set the paths of the list."""
        self.failures.beside(feed_files(self.crawler))

    def response_received(self, request: Request, response: Response) -> None:
        """Remember the sites that responded to a request for an article or a source of articles."""
        counts = request.url.startswith("http") and (request.meta.get(CLEAN) or SOURCE in request.meta)
        if counts and (200 <= response.status < 300 or response.status == 304):
            self.failures.responded(request.url)

    def item_error(self, item: Any, failure: Failure) -> None:
        """Report an item that an error in a pipeline lost."""
        self.failures.internal(getattr(item, "url", None), f"an item pipeline failed: {failure.value!r}")

    def spider_error(self, failure: Failure, response: Response | Failure | None) -> None:
        """Report a page that an error in a callback lost."""
        self.failures.internal(getattr(response, "url", None), f"the spider failed: {failure.value!r}")

    def spider_closed(self) -> None:
        """Close the list."""
        self.failures.close()
