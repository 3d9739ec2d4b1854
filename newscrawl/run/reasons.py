"""Reasons of failed requests: from an exception to a short name and a sentence."""

from __future__ import annotations

import zlib
from gzip import BadGzipFile

import brotli  # type: ignore[import-untyped]
from scrapy import exceptions
from scrapy.crawler import Crawler
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.exceptions import (
    ExtractionError,
    ExtractionLimitError,
    RefusedUrlError,
    RenderError,
    ReservedError,
    RetryLaterError,
    RobotsUnreachableError,
    StoppedError,
)
from newscrawl.scrapy_internals.engine import has_ended

TOO_LONG = "the headers of the response are longer than NEWSCRAWL_MAX_HEAD_KB"
"""Message of `newscrawl.handlers.web`."""
_NETWORK: tuple[tuple[type[BaseException], str, str], ...] = (
    (exceptions.CannotResolveHostError, "dns", "the host's name is not known"),
    (exceptions.DownloadTimeoutError, "timeout", "no response in time"),
    (exceptions.DownloadConnectionRefusedError, "connection-refused", "the connection was refused"),
    (exceptions.ResponseDataLossError, "cut-short", "the response was truncated"),
    (exceptions.DownloadCancelledError, "too-large", "the response is too large"),
    (exceptions.DownloadFailedError, "connection", "the connection failed"),
)


def reason_of(error: BaseException) -> tuple[str, str]:
    """Return a short name to count by (``http-404``, ``dns``, ``robots``, …) and a sentence for people."""
    if isinstance(error, HttpError):
        return f"http-{error.response.status}", f"the response has status {error.response.status}"
    if isinstance(error, RefusedUrlError):
        return "refused", str(error)
    if isinstance(error, exceptions.NotSupported | exceptions.UnsupportedURLSchemeError):
        return "refused", f"only http and https URLs are fetched ({error})"
    if isinstance(error, ExtractionError):
        return "internal", f"the extraction failed: {error}"
    if isinstance(error, ExtractionLimitError):
        return "extraction-limit", f"the page cannot be read: {error}"
    if isinstance(error, RenderError):
        return "render", str(error)
    if isinstance(error, ReservedError):
        return "reserved", str(error)
    if isinstance(error, RetryLaterError):
        return "retry-later", str(error)
    if isinstance(error, RobotsUnreachableError):
        return error.reason, str(error)
    if isinstance(error, exceptions.IgnoreRequest):
        text = str(error)
        if "DOWNLOAD_MAXSIZE" in text:
            return "too-large", "the response is too large once decompressed (DOWNLOAD_MAXSIZE)"
        if "robots.txt" in text:
            return "robots", "robots.txt forbids it"
        return ("redirects", "too many redirects") if "redirect" in text else ("ignored", text or "skipped")
    if "certificate verify failed" in str(error) or "VerificationError" in repr(error):
        return "certificate", "the site's certificate is not valid for it (verify_certificates in its site file)"
    if isinstance(error, BadGzipFile | zlib.error | brotli.error):
        return "damaged", f"the response cannot be decompressed ({error})"
    if TOO_LONG in repr(error):
        return "too-large", TOO_LONG
    for kind, reason, sentence in _NETWORK:
        if isinstance(error, kind):
            return reason, f"{sentence} ({error})" if str(error) else sentence
    return "error", f"{type(error).__name__}: {error}"


def was_stopped(failure: Failure, crawler: Crawler) -> bool:
    """Tell whether a request failed because the crawl ended before its response: it is no failure, and comes again."""
    return isinstance(failure.value, StoppedError) or has_ended(crawler)
