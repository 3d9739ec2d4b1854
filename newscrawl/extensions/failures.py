"""What no line came of: counted, logged, and listed in `failures.jsonl` beside the output."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter
from scrapy.http import Response
from twisted.python.failure import Failure
from w3lib.url import file_uri_to_path

from newscrawl.network.clock import now
from newscrawl.network.requests import CLEAN, SOURCE
from newscrawl.text.plain import escape_line_breakers, masked, one_line, scrub

logger = logging.getLogger(__name__)

FILE_NAME = "failures.jsonl"
SEGMENT = "newscrawl_segment"
"""Option of a feed that is one of many in its folder, with one list of failures for all."""
_HOSTS = 20_000
BLOCKING = {"http-401", "http-403", "http-407", "http-429", "http-451", "http-503"}
"""Answers by which a site says that it does not want to be crawled, or not now."""


class FailureLog:
    """Extension through which every component reports what it could not turn into a line.

    Statistics: ``newscrawl/failures/<reason>`` counts all, ``newscrawl/named_failures`` those of things the user
    named himself (they decide on the exit code), ``newscrawl/blocked_sites`` the sites that only ever refused.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._paths: list[tuple[Path, str]] = []
        self._files: list[IO[str]] = []
        self._blocked: set[str] = set()
        self._answered: set[str] = set()
        self.hosts: Counter[str] = Counter()
        """Failures by host, of addresses that were asked for."""

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
        if url and place is None and reason != "not-article" and len(self.hosts) < _HOSTS:
            self.hosts[_host(url)] += 1
        where = " ".join(one_line(part) for part in (place, url) if part)
        level = logging.ERROR if reason == "internal" else logging.WARNING if named else logging.INFO
        logger.log(level, "%s: %s", where, one_line(detail))
        shown = masked(url) if url else url
        line = {"url": shown, "place": place, "reason": reason, "detail": masked(detail), "named": named, "at": now()}
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
        """Find the place of the list: the folder of each local output, overwritten where all outputs there are."""
        modes: dict[Path, str] = {}
        for path, overwrite in feed_files(self.crawler):
            place = path.parent / FILE_NAME
            modes[place] = "w" if overwrite and modes.get(place) != "a" else "a"
        self._paths = list(modes.items())
        for place, mode in self._paths:
            if mode == "w" and place.is_file():
                place.unlink(missing_ok=True)

    def response_received(self, request: Request, response: Response) -> None:
        """Remember the sites that answered a request for an article or a source of articles."""
        asked = request.meta.get(CLEAN) or SOURCE in request.meta
        if asked and (200 <= response.status < 300 or response.status == 304):
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


def feed_files(crawler: Crawler) -> Iterator[tuple[Path, bool]]:
    """Yield the local files that the feeds of a running crawl write, and whether an earlier one is overwritten."""
    exporter = crawler.get_extension(FeedExporter)
    for slot in exporter.slots if exporter else ():
        path = local_path(slot.uri)
        if path is not None and (path.is_file() or not path.exists()):  # no list beside /dev/stdout
            is_one_of_many = bool(slot.feed_options.get(SEGMENT))
            yield path, bool(slot.feed_options.get("overwrite")) and not is_one_of_many


def own_files(crawler: Crawler) -> set[Path]:
    """Return the files that a running crawl writes, so that it does not read them."""
    outputs = {path.resolve() for path, _ in feed_files(crawler)}
    return outputs | {path.parent / name for path in outputs for name in (FILE_NAME, "hosts.jsonl")}


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
