"""One run: objects shared by Scrapy's components, built once and available by ``Run.of(crawler)``."""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

from newscrawl.output.failures import Failures

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from newscrawl.archive.crawl_archive import CrawlArchive
    from newscrawl.network.robots.hosts import RobotsHosts
    from newscrawl.output.outbox import Outbox
    from newscrawl.site_memory.crawl import CrawlMemory
    from newscrawl.sites.site_files import SiteFiles
    from newscrawl.store.store import Store
    from newscrawl.workers.pool import ExtractionPool

_ATTRIBUTE: Final = "_newscrawl_run"


class Run:
    """The parts of one crawl, each built on first access.

    The store is open from `open_store` on (`newscrawl.extensions.store.StoreExtension` opens it, or the command before
    that); an add-on's crawl has none. ``arguments`` are the spider's, where the command has parsed them already.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.arguments: dict[str, Any] | None = None
        self.archive: CrawlArchive | None = None
        self.memory: CrawlMemory | None = None
        self._store: Store | None = None
        self._closing: set[asyncio.Task[Any]] = set()

    @classmethod
    def of(cls, crawler: Crawler) -> Run:
        """Return the run of a crawler, made at the first call."""
        run: Run | None = getattr(crawler, _ATTRIBUTE, None)
        if run is None:
            run = cls(crawler)
            setattr(crawler, _ATTRIBUTE, run)
        return run

    @property
    def settings(self) -> BaseSettings:
        """The settings of the crawl."""
        return self.crawler.settings

    @cached_property
    def site_files(self) -> SiteFiles:
        """Site files and filter lists; raises `newscrawl.exceptions.SettingError` where they cannot be loaded."""
        from newscrawl.sites.site_files import SiteFiles  # each part is imported by the runs that use it

        return SiteFiles.of_settings(self.settings)

    @cached_property
    def workers(self) -> ExtractionPool:
        """The processes in which pages are extracted."""
        from newscrawl.workers.pool import ExtractionPool

        return ExtractionPool.from_settings(self.settings)

    @cached_property
    def robots(self) -> RobotsHosts:
        """The robots.txt of the hosts."""
        from newscrawl.network.robots.hosts import RobotsHosts

        return RobotsHosts(self.settings)

    @cached_property
    def failures(self) -> Failures:
        """The list of failures."""
        return Failures(lambda: self.crawler.stats)

    # The store, and the outbox between it and the lines

    def open_store(self) -> Store:
        """Open the store of the settings, once; raises `newscrawl.exceptions.StoreError`."""
        if self._store is None:
            self._store = store_of_settings(self.settings)
        return self._store

    @property
    def store(self) -> Store:
        """The open store of the crawl."""
        assert self._store is not None, "newscrawl.extensions.store.StoreExtension must be in EXTENSIONS"
        return self._store

    @property
    def remembers(self) -> bool:
        """Whether there is a store and it is enabled."""
        return self._store is not None and self._store.enabled

    @cached_property
    def outbox(self) -> Outbox:
        """The outbox, which makes lines durable before the store commits them."""
        from newscrawl.output.outbox import Outbox

        return Outbox(self.store, self._failed, in_background=self.workers.workers > 0)

    @property
    def number(self) -> int | None:
        """The run's number in the store, once it has begun."""
        return self.outbox.run if self._store is not None else None

    def _failed(self, sentence: str) -> None:
        self.crawler.stats.inc_value("newscrawl/output_errors")
        if self.crawler.engine is not None and self.crawler.engine.running:
            self.stop("output_error")

    def stop(self, reason: str) -> None:
        """Finish the requests in progress, then close the spider; further calls have no effect."""
        task = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))
        self._closing.add(task)  # the loop itself keeps only a weak reference
        task.add_done_callback(self._closing.discard)


def store_of_settings(settings: BaseSettings) -> Store:
    """Open the store of the settings; raises `newscrawl.exceptions.StoreError`."""
    if not settings.getbool("NEWSCRAWL_STORE_ENABLED"):
        from newscrawl.store.disabled import DisabledStore

        return cast("Store", DisabledStore(settings.get("NEWSCRAWL_STORE_URL")))
    from newscrawl.store.opening import open_store
    from newscrawl.store.revisit import Schedule

    return open_store(
        settings.get("NEWSCRAWL_STORE_URL"),
        schedule=Schedule.of_hours(settings.getlist("NEWSCRAWL_REVISIT_HOURS")),
        keeps_texts=settings.getbool("NEWSCRAWL_STORE_TEXTS"),
    )
