"""Base of the spiders of archives and corpora: files to read, records as requests, a bounded read-ahead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, ClassVar

from scrapy import Request, signals
from scrapy.settings import BaseSettings

from newscrawl.exceptions import ArgumentError, PathError
from newscrawl.handlers.records import record_request
from newscrawl.output.feeds import own_files
from newscrawl.readers.paths import expand
from newscrawl.readers.record import Problem, Record
from newscrawl.spiders.base import NewsSpider

_WEB = (
    "scrapy.downloadermiddlewares.", "scrapy.spidermiddlewares.", "scrapy.extensions.throttle.",
    "newscrawl.middlewares.", "newscrawl.extensions.hosts.", "newscrawl.extensions.robots.",
    "newscrawl.extensions.alarms.",
)  # fmt: skip
"""Parts that redirect, retry, request, decompress, authenticate and judge sites, by the beginning of their names."""
_KEPT = (
    "newscrawl.middlewares.cleaning.", "newscrawl.middlewares.guard.UrlGuard", "newscrawl.middlewares.reservations.",
)  # fmt: skip


_RESPONDING = "newscrawl.middlewares.records.RecordMiddleware"


class RecordSpider(NewsSpider):
    """Reads the files of ``path=``; each document becomes a response, like a web page.

    Items straight from ``start()`` would be simpler, but can keep Scrapy from ever shutting down.
    """

    SUFFIXES: ClassVar[tuple[str, ...]] = ()
    ANY_SUFFIX: ClassVar[bool] = False
    NAMES_ALL: ClassVar[bool] = True

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Remove the parts for the web: all input is local, no link is followed, and each costs at start and a page."""
        super().update_settings(settings)
        for name in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS"):
            for setting in (name, f"{name}_BASE"):
                parts = settings.getdict(setting).items()
                kept = {part: order for part, order in parts if not _is_for_the_web(part)}
                settings.set(setting, kept, priority="spider")
        middlewares = {**settings.getdict("DOWNLOADER_MIDDLEWARES"), _RESPONDING: 990}
        settings.set("DOWNLOADER_MIDDLEWARES", middlewares, priority="spider")
        handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), "http": None, "https": None}
        settings.set("DOWNLOAD_HANDLERS", handlers, priority="spider")
        # all in one slot: nothing to be shared out between sites, and few pages at a time keep the workers busy
        settings.set("SCHEDULER_PRIORITY_QUEUE", "scrapy.pqueues.ScrapyPriorityQueue", priority="spider")
        settings.set("CONCURRENT_ITEMS", 1, priority="spider")  # a record gives one, and each is a task
        settings.set("CONCURRENT_REQUESTS", min(settings.getint("CONCURRENT_REQUESTS"), 32), priority="spider")

    @classmethod
    def check_values(cls, values: dict[str, Any]) -> None:
        """Require a path that matches at least one file."""
        cls.require(values, "path")
        cls.files(values["path"])

    @classmethod
    def files(cls, path: str) -> list[Path]:
        """Return the files that ``path`` matches; raises `ArgumentError` where there are none."""
        try:
            return expand(path, cls.SUFFIXES, any_suffix=cls.ANY_SUFFIX)
        except PathError as error:
            raise ArgumentError(f"argument path={path}: {error}") from None

    @classmethod
    def inputs(cls, values: dict[str, Any]) -> list[Path]:
        """Return the files of ``path=``."""
        return cls.files(values["path"])

    def read(self, file: Path, limit: int) -> Iterator[Record | Problem]:
        """Yield the documents of ``file``; ``limit`` is the maximum size of a document in bytes."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Request]:
        """Request one record after the other, with no more of them in memory than the engine can process."""
        limit = self.settings.getint("DOWNLOAD_MAXSIZE")
        number = 0
        own = own_files(self.crawler)
        is_empty = asyncio.Event()

        def wake() -> None:
            is_empty.set()

        self.crawler.signals.connect(wake, signals.scheduler_empty)  # once: Scrapy's `wait_for` does it for each wait
        for file in self.files(self.given["path"]):
            if file.resolve() in own:
                continue
            self.crawler.stats.inc_value("newscrawl/files")
            for found in self.read(file, limit):
                number += 1
                if number % 32 == 0:
                    await asyncio.sleep(0)  # signals and timers get their turn while records are skipped
                if isinstance(found, Problem):
                    self.failures.add(found.url, found.reason, found.detail, place=found.place, explicit=found.damage)
                    continue
                if not self.wanted(found.url, fetched_at=found.fetched_at, archived=True):
                    continue
                if self.crawler.engine.needs_backout():
                    is_empty.clear()
                    await is_empty.wait()
                yield record_request(found, self.name, number, callback=self.parse_article, errback=self.failed)


def _is_for_the_web(part: Any) -> bool:
    """Tell whether a part, as the settings name it, has nothing to do in a crawl of records."""
    return isinstance(part, str) and part.startswith(_WEB) and not part.startswith(_KEPT)
