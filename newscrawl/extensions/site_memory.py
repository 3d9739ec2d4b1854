"""The site memory of a crawl, kept in its store."""

from __future__ import annotations

from collections.abc import Mapping

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.exceptions import StoreError
from newscrawl.run.component import Component
from newscrawl.run.run import Run
from newscrawl.site_memory.crawl import CrawlMemory
from newscrawl.site_memory.memories import SiteMemories


class SiteMemoryExtension(Component):
    """Builds `newscrawl.site_memory.crawl.CrawlMemory` of the run; off where NEWSCRAWL_SITE_MEMORY_ENABLED is false."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        if not crawler.settings.getbool("NEWSCRAWL_SITE_MEMORY_ENABLED", True):
            raise NotConfigured("NEWSCRAWL_SITE_MEMORY_ENABLED is off: each page is judged alone")
        self.run = Run.of(crawler)
        self.memory = self.run.memory = CrawlMemory()

    def spider_opened(self) -> None:
        """Load the site memory from the crawl's store, where it has one that is enabled."""
        if self.run.remembers:
            self.memory.memories = SiteMemories(KeptMemories(self.run))

    def spider_closed(self) -> None:
        """Save the site memory."""
        self.memory.close()


class KeptMemories:
    """The site memories in the crawl's store: a `newscrawl.site_memory.memories.MemoryStore` that never raises."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def load_memory(self, site: str) -> bytes | None:
        """Return the data last saved for ``site``."""
        try:
            return self._run.store.memory.load_memory(site)
        except StoreError as error:
            self._run.outbox.fail(str(error))
            return None

    def save_memories(self, saved: Mapping[str, bytes]) -> None:
        """Save the data of each site, unless the crawl stops for an error of the store."""
        if not self._run.outbox.has_failed:
            try:
                self._run.store.memory.save_memories(saved)
            except StoreError as error:
                self._run.outbox.fail(str(error))
