"""What the spiders of archives and corpora share: files to read, records as requests, a bounded read-ahead."""

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


class RecordSpider(NewsSpider):
    """Reads the files of ``path=``; each document comes back as a response, like a page of the web.

    Items straight from ``start()`` would be simpler, but can keep Scrapy from ever shutting down.
    """

    SUFFIXES: ClassVar[tuple[str, ...]] = ()
    ANY_SUFFIX: ClassVar[bool] = False
    NAMES_ALL: ClassVar[bool] = True

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Leave the web out: what is read is here, nothing in it leads out, and its parts take a while to import."""
        super().update_settings(settings)
        handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), "http": None, "https": None}
        settings.set("DOWNLOAD_HANDLERS", handlers, priority="spider")
        settings.set("RETRY_ENABLED", False, priority="spider")

    @classmethod
    def check_values(cls, values: dict[str, Any]) -> None:
        """Ask for a path that means at least one file."""
        cls.require(values, "path")
        cls.files(values["path"])

    @classmethod
    def files(cls, path: str) -> list[Path]:
        """Return the files that ``path`` means; raises `ArgumentError` where there are none."""
        try:
            return expand(path, cls.SUFFIXES, any_suffix=cls.ANY_SUFFIX)
        except PathError as error:
            raise ArgumentError(f"argument path={path}: {error}") from None

    @classmethod
    def inputs(cls, values: dict[str, Any]) -> list[Path]:
        """Return the files of ``path=``."""
        return cls.files(values["path"])

    def read(self, file: Path, limit: int) -> Iterator[Record | Problem]:
        """Yield what stands in ``file``; ``limit`` is the most bytes a document may have."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Request]:
        """Ask for one record after the other, never more of them in memory than the engine can take."""
        limit = self.settings.getint("DOWNLOAD_MAXSIZE")
        number = 0
        own = own_files(self.crawler)
        for file in self.files(self.given["path"]):
            if file.resolve() in own:
                continue
            self.crawler.stats.inc_value("newscrawl/files")
            for found in self.read(file, limit):
                number += 1
                if number % 32 == 0:
                    await asyncio.sleep(0)  # signals and timers get their turn while records are passed over
                if isinstance(found, Problem):
                    self.failures.add(found.url, found.reason, found.detail, place=found.place, named=found.damage)
                    continue
                if not self.wanted(found.url, fetched_at=found.fetched_at, archived=True):
                    continue
                if self.crawler.engine.needs_backout():
                    await self.crawler.signals.wait_for(signals.scheduler_empty)
                yield record_request(found, self.name, number, callback=self.parse_article, errback=self.failed)
