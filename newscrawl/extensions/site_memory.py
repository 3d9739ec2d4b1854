"""The memory of sites, shared by the cleaning middleware and the pipeline of a crawl."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.extensions.store import KeptMemories, StoreExtension
from newscrawl.items import Article
from newscrawl.site_memory.memories import SiteMemories
from newscrawl.site_memory.memory import SiteView
from newscrawl.site_memory.pieces import Piece, taken_elsewhere

_WAITING = 10_000


class SiteMemoryExtension:
    """Holds `newscrawl.site_memory.memories.SiteMemories`; off where NEWSCRAWL_SITE_MEMORY_ENABLED is false."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.memories = SiteMemories()
        self._learned: dict[str, None] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension; raises `NotConfigured` where it is switched off."""
        if not crawler.settings.getbool("NEWSCRAWL_SITE_MEMORY_ENABLED", True):
            raise NotConfigured("NEWSCRAWL_SITE_MEMORY_ENABLED is off: each page is judged alone")
        extension = cls(crawler)
        crawler.signals.connect(extension.open, signals.spider_opened)
        crawler.signals.connect(extension.close, signals.spider_closed)
        return extension

    def open(self) -> None:
        """Go on from what the crawl's store remembers, where it has one that is enabled."""
        kept = self.crawler.get_extension(StoreExtension)
        if kept is not None and kept.store.enabled:
            self.memories = SiteMemories(KeptMemories(kept))

    def view(self, url: str) -> SiteView | None:
        """Return what the page is judged by."""
        return self.memories.view(url)

    def learn_page(self, article: Article, pieces: Iterable[Piece]) -> None:
        """Remember a page of the web that is an article."""
        if article.not_article is not None:
            return
        self.memories.learn(article.url, article.headline, [*pieces, *taken_elsewhere(article.removed)])
        self._learned[article.url] = None
        while len(self._learned) > _WAITING:
            del self._learned[next(iter(self._learned))]

    def learn_text(self, url: str, headline: str | None, pieces: Iterable[Piece]) -> None:
        """Remember a text, unless it was remembered as a page already."""
        if self._learned.pop(url, url) is None:
            return
        self.memories.learn(url, headline, pieces)

    def close(self) -> None:
        """Save what is to be kept."""
        self.memories.close()
