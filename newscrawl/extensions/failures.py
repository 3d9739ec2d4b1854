"""What no line came of: counted, logged, and listed in `failures.jsonl` beside the output."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure
from w3lib.url import file_uri_to_path

from newscrawl.middlewares.cleaning import now
from newscrawl.plain import escape_line_breakers, one_line, scrub
from newscrawl.requests import CLEAN

logger = logging.getLogger(__name__)

FILE_NAME = "failures.jsonl"
BLOCKING = {"http-401", "http-403", "http-407", "http-429", "http-451", "http-503"}
"""Answers by which a site says that it does not want to be crawled, or not now."""


class FailureLog:
    """Extension through which every component reports what it could not turn into a line.

    Statistics: ``newscrawl/failures/<reason>`` counts all, ``newscrawl/named_failures`` those of things the user
    named himself (they decide on the exit code), ``newscrawl/blocked_sites`` the sites that only ever refused.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._paths = list(failure_files(crawler.settings))
        self._files: list[IO[str]] = []
        self._blocked: set[str] = set()
        self._answered: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension and connect it."""
        log = cls(crawler)
        crawler.signals.connect(log.spider_opened, signals.spider_opened)
        crawler.signals.connect(log.response_received, signals.response_received)
        crawler.signals.connect(log.item_error, signals.item_error)
        crawler.signals.connect(log.spider_error, signals.spider_error)
        crawler.signals.connect(log.spider_closed, signals.spider_closed)
        return log

    def add(self, url: str | None, reason: str, detail: str, *, place: str | None = None, named: bool = False) -> None:
        """Report that no line came of ``url`` or ``place`` (where it stood in a file).

        ``reason``: a short name to count by; ``detail``: a sentence for a person; ``named``: the user named it.
        """
        stats = self.crawler.stats
        stats.inc_value("newscrawl/failures")
        stats.inc_value(f"newscrawl/failures/{reason}")
        if named:
            stats.inc_value("newscrawl/named_failures")
        if reason in BLOCKING and url:
            self._blocked.add(_host(url))
        where = " ".join(one_line(part) for part in (place, url) if part)
        level = logging.ERROR if reason == "internal" else logging.WARNING if named else logging.INFO
        logger.log(level, "%s: %s", where, one_line(detail))
        line = {"url": url, "place": place, "reason": reason, "detail": detail, "named": named, "at": now()}
        text = escape_line_breakers(json.dumps(scrub(line), ensure_ascii=False)) + "\n"
        for file in self._open():
            try:
                file.write(text)
                file.flush()
            except OSError as error:
                stats.inc_value("newscrawl/output_errors")
                logger.error("%s cannot be written: %s", file.name, error.strerror)

    def _open(self) -> list[IO[str]]:
        while self._paths:
            path, mode = self._paths.pop()
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._files.append(path.open(mode, encoding="utf-8"))
            except OSError as error:
                self.crawler.stats.inc_value("newscrawl/output_errors")
                logger.error("%s cannot be written: %s", path, error.strerror)
        return self._files

    def spider_opened(self) -> None:
        """Take away the list of an earlier run whose output this run overwrites."""
        for path, mode in self._paths:
            if mode == "w" and path.is_file():
                path.unlink(missing_ok=True)

    def response_received(self, request: Request, response: Response) -> None:
        """Remember the sites that answered a request for an article."""
        if request.meta.get(CLEAN) and 200 <= response.status < 300:
            self._answered.add(_host(request.url))

    def item_error(self, item: Any, failure: Failure) -> None:
        """Report an item that an error in a pipeline lost."""
        self.crawler.stats.inc_value("newscrawl/internal_errors")
        self.add(getattr(item, "url", None), "internal", f"an item pipeline failed: {failure.value!r}")

    def spider_error(self, failure: Failure, response: Response | Failure | None) -> None:
        """Report a page that an error in a callback lost."""
        self.crawler.stats.inc_value("newscrawl/internal_errors")
        self.add(getattr(response, "url", None), "internal", f"the spider failed: {failure.value!r}")

    def spider_closed(self) -> None:
        """Close the list, and count the sites that only ever refused."""
        for file in self._files:
            file.close()
        self.crawler.stats.set_value("newscrawl/blocked_sites", len(self._blocked - self._answered))


def failure_files(settings: BaseSettings) -> Iterator[tuple[Path, str]]:
    """Yield path and mode of the lists: one in the folder of each local output, overwritten where that is."""
    seen: dict[Path, str] = {}
    for uri, options in settings.getdict("FEEDS").items():
        path = local_path(str(uri))
        if path is not None and (path.is_file() or not path.exists()):  # no list beside /dev/stdout
            mode = "w" if options.get("overwrite") else "a"
            folder = path.parent / FILE_NAME
            seen[folder] = "a" if seen.get(folder) == "a" else mode
    yield from seen.items()


def own_files(settings: BaseSettings) -> Iterator[Path]:
    """Yield the local files that a crawl with these settings writes."""
    for uri in settings.getdict("FEEDS"):
        if (path := local_path(str(uri))) is not None:
            yield path
    for path, _ in failure_files(settings):
        yield path


def local_path(uri: str) -> Path | None:
    """Return the file that a feed's address means, or ``None`` where it is no local file."""
    scheme = urlsplit(uri).scheme.lower()
    if scheme == "file":
        return Path(file_uri_to_path(uri))
    if scheme == "" or (len(scheme) == 1 and Path(uri).drive):
        return Path(uri)
    return None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
