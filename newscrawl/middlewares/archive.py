"""Capture of responses as they arrive, for the archive."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newscrawl.archive.capture import Capture, capture
from newscrawl.archive.crawl_archive import CAPTURES
from newscrawl.network.clock import now
from newscrawl.network.requests import CLEAN, SOURCE
from newscrawl.run.component import Component
from newscrawl.run.run import Run


class CaptureMiddleware(Component):
    """Downloader middleware, nearest the downloader, that keeps responses as they were sent in ``request.meta``.

    Kept: articles' pages and what redirected to them; sources go to the archive at once where
    NEWSCRAWL_ARCHIVE_SOURCES is set. Off where NEWSCRAWL_ARCHIVE_DIR is not.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        archive = Run.of(crawler).archive
        if archive is None:
            raise NotConfigured
        self.archive = archive
        self.sources = crawler.settings.getbool("NEWSCRAWL_ARCHIVE_SOURCES")

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the response, and return it."""
        if not request.url.startswith(("http://", "https://")):
            return response
        if request.meta.get(CLEAN) and 200 <= response.status < 400:
            kept: list[Capture] = request.meta.setdefault(CAPTURES, [])
            kept.append(capture(request, response, now()))
        elif self.sources and SOURCE in request.meta and 200 <= response.status < 300:
            self.archive.take_source(capture(request, response, now()), request)
        return response
