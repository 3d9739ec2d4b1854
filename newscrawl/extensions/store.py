"""The store and the outbox of a crawl, opened before it starts and closed after its last line."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from newscrawl.exceptions import NotAnArticleError, StoreError
from newscrawl.exitcodes import of_stats
from newscrawl.items import Article
from newscrawl.network.canonical import canonical, site
from newscrawl.output.outbox import Outbox
from newscrawl.output.recovery import finish_left_open
from newscrawl.run.stopping import stop
from newscrawl.store.claims import SECONDS
from newscrawl.store.entry import seconds
from newscrawl.store.opening import open_store
from newscrawl.store.recording import Visit
from newscrawl.store.revisit import Schedule
from newscrawl.store.store import Store

logger = logging.getLogger(__name__)

_FIGURES = ("newscrawl/articles", "newscrawl/documents", "newscrawl/failures", "newscrawl/seen_skipped")


class StoreExtension:
    """Extension that holds ``store`` and ``outbox``; components get it by ``crawler.get_extension(StoreExtension)``.

    Statistics: ``newscrawl/decided/<new, changed, unchanged>`` (by the pipeline), ``newscrawl/recovered_lines``.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self.crawler = crawler
        self.store = store
        self.outbox = Outbox(store, self._failed)
        self.run: int | None = None
        self._recovered = 0
        self._renewal: asyncio.TimerHandle | None = None
        self._trouble = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the store, finish what a kill left behind, and connect."""
        extension = cls(crawler, store_of_settings(crawler.settings))
        extension.recover()
        connect = crawler.signals.connect
        connect(extension.spider_opened, signals.spider_opened)
        connect(extension.item_dropped, signals.item_dropped)
        connect(extension.item_error, signals.item_error)
        connect(extension.engine_stopped, signals.engine_stopped)
        return extension

    def recover(self) -> None:
        """Finish what a kill left behind."""
        try:
            self._recovered = finish_left_open(self.store).lines
        except (OSError, StoreError) as error:
            self._trouble = f"what a killed run left behind cannot be finished: {error}"

    def spider_opened(self) -> None:
        """Begin the run."""
        if self._trouble:
            self.outbox.fail(self._trouble)
            return
        if self._recovered:
            self.crawler.stats.inc_value("newscrawl/recovered_lines", self._recovered)
        if self.store.enabled:
            try:
                self.run = self.outbox.run = self.store.runs.start(getattr(self.crawler.spider, "name", ""))
                if self.store.is_shared:
                    self._renew_later()
            except StoreError as error:
                self.outbox.fail(str(error))

    def _renew_later(self) -> None:
        def renew() -> None:
            self.outbox.renew()
            self._renew_later()

        self._renewal = asyncio.get_running_loop().call_later(SECONDS / 3, renew)

    def item_dropped(self, item: Any, exception: Exception) -> None:
        """Let go of what a later pipeline dropped; remember pages that are no articles, so that they rest."""
        self.outbox.dropped(item)
        is_archived = getattr(self.crawler.spider, "name", "") in ("warc", "corpus")
        if isinstance(exception, NotAnArticleError) and isinstance(item, Article) and not is_archived:
            visit = Visit(canonical(item.url), item.url, site(item.url), seconds(item.fetched_at))
            self.outbox.visited(visit)

    def item_error(self, item: Any) -> None:
        """Let go of what an error in a pipeline lost."""
        self.outbox.dropped(item)

    def engine_stopped(self) -> None:
        """Remember the last of it, and how the run went."""
        if self._renewal is not None:
            self._renewal.cancel()
        self.outbox.sync()
        stats = self.crawler.stats.get_stats()
        if stats.get("newscrawl/output_errors") and stats.get("finish_reason") == "finished":
            self.crawler.stats.set_value("finish_reason", "output_error")  # only the last lines failed
        if self.run is not None and not self.outbox.has_failed:
            try:
                self.store.runs.finish(
                    self.run,
                    reason=stats.get("finish_reason"),
                    exit_code=int(of_stats(stats)),
                    figures={name.removeprefix("newscrawl/"): stats.get(name, 0) for name in _FIGURES},
                    sites=self.outbox.sites,
                )
                if self.store.is_shared:
                    self.store.claims.free(self.run)
            except StoreError as error:
                self.outbox.fail(str(error))
        self.store.close()

    def _failed(self, sentence: str) -> None:
        self.crawler.stats.inc_value("newscrawl/output_errors")
        if self.crawler.engine is not None and self.crawler.engine.running:
            stop(self.crawler, "output_error")


class KeptMemories:
    """The memories of sites in the crawl's store: a `newscrawl.site_memory.memories.MemoryStore` that never raises."""

    def __init__(self, extension: StoreExtension) -> None:
        self._extension = extension

    def load_memory(self, site: str) -> bytes | None:
        """Return what was saved last for ``site``."""
        try:
            return self._extension.store.memory.load_memory(site)
        except StoreError as error:
            self._extension.outbox.fail(str(error))
            return None

    def save_memory(self, site: str, data: bytes) -> None:
        """Keep ``data`` for ``site``, unless the crawl stops for an error of the store."""
        if not self._extension.outbox.has_failed:
            try:
                self._extension.store.memory.save_memory(site, data)
            except StoreError as error:
                self._extension.outbox.fail(str(error))


def store_of_settings(settings: BaseSettings) -> Store:
    """Open the store that the settings name; raises `StoreError`."""
    return open_store(
        settings.get("NEWSCRAWL_STORE_URL"),
        enabled=settings.getbool("NEWSCRAWL_STORE_ENABLED"),
        schedule=Schedule.of_hours(settings.getlist("NEWSCRAWL_REVISIT_HOURS")),
    )


def store_of(crawler: Crawler) -> Store:
    """Return the store of a crawl."""
    extension = crawler.get_extension(StoreExtension)
    assert extension is not None, "newscrawl.extensions.store.StoreExtension must be in EXTENSIONS"
    return extension.store
