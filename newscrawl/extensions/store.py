"""The store of a crawl, opened before it starts and closed after its last line."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from scrapy.crawler import Crawler

from newscrawl.exceptions import NotAnArticleError, StoreError
from newscrawl.exitcodes import of_stats
from newscrawl.items import Article
from newscrawl.output.recovery import finish_left_open
from newscrawl.run.component import Component
from newscrawl.run.run import Run
from newscrawl.store.batch import Visit
from newscrawl.store.entry import seconds
from newscrawl.urls.canonical import canonical
from newscrawl.urls.site import site_name

logger = logging.getLogger(__name__)

_FIGURES = ("newscrawl/articles", "newscrawl/documents", "newscrawl/failures", "newscrawl/seen_skipped")


class StoreExtension(Component):
    """Extension that opens the store of the `newscrawl.run.run.Run`, begins the run in it and ends it there.

    Statistics: ``newscrawl/decided/<new, changed, unchanged>`` (by the pipeline).
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        run = Run.of(crawler)
        self.store = run.open_store()
        self.outbox = run.outbox
        self._renewal: asyncio.TimerHandle | None = None
        self._trouble = ""
        self._recover()

    def _recover(self) -> None:
        """Finish outputs that a kill left open."""
        try:
            finish_left_open(self.store)
        except (OSError, StoreError) as error:
            self._trouble = f"what a killed run left behind cannot be finished: {error}"

    def spider_opened(self) -> None:
        """Begin the run."""
        if self._trouble:
            self.outbox.fail(self._trouble)
            return
        if self.store.enabled:
            try:
                self.outbox.run = self.store.runs.start(getattr(self.crawler.spider, "name", ""))
                if self.store.is_shared:
                    self._renew_later()
            except StoreError as error:
                self.outbox.fail(str(error))

    def _renew_later(self) -> None:
        from newscrawl.store.claims import SECONDS  # of a store that others share

        def renew() -> None:
            self.outbox.renew()
            self._renew_later()

        self._renewal = asyncio.get_running_loop().call_later(SECONDS / 3, renew)

    def item_dropped(self, item: Any, exception: Exception) -> None:
        """Release an item dropped by a later pipeline; store pages that are not articles, so that they are skipped."""
        self.outbox.dropped(item)
        is_archived = getattr(self.crawler.spider, "name", "") in ("warc", "corpus")
        if isinstance(exception, NotAnArticleError) and isinstance(item, Article) and not is_archived:
            visit = Visit(canonical(item.url), item.url, site_name(item.url), seconds(item.fetched_at))
            self.outbox.visited(visit)

    def item_error(self, item: Any) -> None:
        """Release an item lost to an error in a pipeline."""
        self.outbox.dropped(item)

    def engine_stopped(self) -> None:
        """Commit the last entries and the outcome of the run."""
        if self._renewal is not None:
            self._renewal.cancel()
        self.outbox.sync()
        stats = self.crawler.stats.get_stats()
        if stats.get("newscrawl/output_errors") and stats.get("finish_reason") == "finished":
            self.crawler.stats.set_value("finish_reason", "output_error")  # only the last lines failed
        if self.outbox.run is not None and not self.outbox.has_failed:
            try:
                self.store.runs.finish(
                    self.outbox.run,
                    reason=stats.get("finish_reason"),
                    exit_code=int(of_stats(stats)),
                    figures={name.removeprefix("newscrawl/"): stats.get(name, 0) for name in _FIGURES},
                    sites=self.outbox.sites,
                )
                days = self.crawler.settings.getfloat("NEWSCRAWL_STORE_TEXT_DAYS")
                self.store.texts.let_go(self.store.database.now() - int(days * 86_400))
                if self.store.is_shared:
                    self.store.claims.free(self.outbox.run)
            except StoreError as error:
                self.outbox.fail(str(error))
        self.store.close()
