"""Retries with back-off: as long as ``Retry-After`` says, else exponential, without delaying other sites."""

from __future__ import annotations

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.settings import BaseSettings

from newscrawl.exceptions import RetryLaterError
from newscrawl.scrapy_internals import downloader

_BUSY = {429, 503}
_TOO_LONG = "the site's Retry-After is longer than this run waits"


class BackOffRetryMiddleware(RetryMiddleware):
    """Scrapy's retries, with the site's whole queue paused in between.

    The pause is ``Retry-After``, else NEWSCRAWL_RETRY_SECONDS, doubled with each attempt. A site that demands more
    than NEWSCRAWL_RETRY_LONGEST seconds is skipped for that time.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self.first = settings.getfloat("NEWSCRAWL_RETRY_SECONDS")
        self.longest = settings.getfloat("NEWSCRAWL_RETRY_LONGEST")
        self.clock: Callable[[], float] = time.time
        self._skipped: dict[str, float] = {}
        self._paused: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware from the crawler's settings."""
        made = super().from_crawler(crawler)
        crawler.signals.connect(made.response_downloaded, signals.response_downloaded)
        return made

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Pause the site at once: before the response arrives here, the downloader may send the next request."""
        if response.status not in _BUSY or request.meta.get("dont_retry"):
            return
        wanted = self.retry_after(response)
        if wanted is not None and wanted > self.longest:
            self._skip(request, wanted)
        else:
            self.pause(request, wanted if wanted is not None else self._back_off(request))

    def process_request(self, request: Request) -> None:
        """Refuse a request to a site within its ``Retry-After``; raises `RetryLaterError`."""
        if not self._skipped:
            return
        key = self._key(request)
        if self._skipped.get(key, 0.0) > self.clock():
            raise RetryLaterError(_TOO_LONG)

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Pause the site and retry where the response's status is a temporary error."""
        if request.meta.get("dont_retry") or response.status not in self.retry_http_codes:
            return response
        wanted = self.retry_after(response) if response.status in _BUSY else None
        if wanted is not None and wanted > self.longest:
            self._skip(request, wanted)
            return response
        again = super().process_response(request, response)
        if isinstance(again, Request) and (wanted is not None or response.status in _BUSY):
            self.pause(request, wanted if wanted is not None else self._back_off(request))
        return again

    def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:  # type: ignore[override]
        """Pause the site and retry where the connection failed."""
        again = super().process_exception(request, exception)
        if isinstance(again, Request):
            self.pause(request, self._back_off(request))
        return again

    def _skip(self, request: Request, seconds: float) -> None:
        """Skip the request's site for ``seconds``, and drop its pending requests."""
        key = self._key(request)
        if self._skipped.get(key, 0.0) <= self.clock():
            self._skipped[key] = self.clock() + seconds
            self.crawler.stats.inc_value("newscrawl/left_alone")
        downloader.fail_pending(self.crawler, key, lambda: RetryLaterError(_TOO_LONG))

    def retry_after(self, response: Response) -> float | None:
        """Return ``Retry-After`` in seconds, from a number or a date; ``None`` where it is missing or invalid."""
        text = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - self.clock())
        except (ValueError, TypeError, OverflowError):
            return None

    def _back_off(self, request: Request) -> float:
        return float(min(self.first * 2 ** request.meta.get("retry_times", 0), self.longest))

    def _key(self, request: Request) -> str:
        return downloader.slot_key(self.crawler, request)

    def pause(self, request: Request, seconds: float) -> None:
        """Pause the request's site; its pending requests keep their order, other sites go on."""
        key = self._key(request)
        until = self.clock() + seconds
        if seconds <= 0 or not downloader.has_slot(self.crawler, key) or self._paused.get(key, 0.0) >= until:
            return
        self._paused[key] = until
        self.crawler.stats.inc_value("newscrawl/pauses")
        downloader.pause(self.crawler, key, seconds)


PatientRetryMiddleware = BackOffRetryMiddleware
"""The former name, which may stand in users' settings."""
