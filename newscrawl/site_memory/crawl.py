"""The memory of the sites of one crawl, shared by the cleaning middleware and the pipeline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from newscrawl.items import Article
from newscrawl.site_memory.memories import SiteMemories
from newscrawl.site_memory.pieces import MemoryPiece, taken_elsewhere
from newscrawl.site_memory.view import SiteView

_WAITING: Final = 10_000


class CrawlMemory:
    """What the sites of a crawl repeat: looked up before a page or text is judged, updated afterwards."""

    def __init__(self) -> None:
        self.memories = SiteMemories()
        self._learned: dict[str, None] = {}

    def view(self, url: str) -> SiteView | None:
        """Return what the page is judged by."""
        return self.memories.view(url)

    def learn_page(self, article: Article, pieces: Iterable[MemoryPiece]) -> None:
        """Remember a page of the web that is an article."""
        if article.not_article is not None:
            return
        self.memories.learn(article.url, article.headline, [*pieces, *taken_elsewhere(article.removed)])
        self._learned[article.url] = None
        while len(self._learned) > _WAITING:
            del self._learned[next(iter(self._learned))]

    def is_learned(self, url: str) -> bool:
        """Tell whether the page of a text was remembered already; asked once a text."""
        return self._learned.pop(url, url) is None

    def learn_text(self, url: str, headline: str | None, pieces: Iterable[MemoryPiece]) -> None:
        """Remember a text whose page was not."""
        self.memories.learn(url, headline, pieces)

    def close(self) -> None:
        """Save what is to be kept."""
        self.memories.close()
