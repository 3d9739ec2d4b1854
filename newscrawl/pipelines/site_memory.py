"""Removal of a site's boilerplate from an item's text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.items import Block, Removal
from newscrawl.pipelines.item_text import blocks_of, put_back
from newscrawl.record.fields_map import MappedItem, names_of
from newscrawl.run.run import Run
from newscrawl.site_memory.crawl import CrawlMemory
from newscrawl.site_memory.judge import furniture
from newscrawl.site_memory.memory import SiteView
from newscrawl.site_memory.naming import name_furniture
from newscrawl.site_memory.pieces import MEMORY_RULE, MemoryPiece, piece, taken_elsewhere
from newscrawl.site_memory.topic import without_background
from newscrawl.widgets.rejoin import should_join
from newscrawl.widgets.take_out import take_out


class SiteMemoryPipeline:
    """Item pipeline that removes from ``blocks`` the text repeated on the item's site, and remembers the rest.

    Works on `newscrawl.items.Article` and on any item with ``url`` and ``blocks`` or ``article_body``
    (NEWSCRAWL_FIELDS_MAP names others). Removals are added to ``removed`` where the item has such a field, and
    counted as ``newscrawl/widgets/removed/memory/site``.
    """

    def __init__(self, crawler: Crawler, memory: CrawlMemory, names: Mapping[str, str] | None = None) -> None:
        self.crawler = crawler
        self.memory = memory
        self.names = names or {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline; raises `NotConfigured` where the memory of sites is off."""
        memory = Run.of(crawler).memory
        if memory is None:
            raise NotConfigured("newscrawl.extensions.site_memory.SiteMemoryExtension is off")
        return cls(crawler, memory, names_of(crawler.settings))

    async def process_item(self, item: Any) -> Any:
        """Return the item without its site's boilerplate; items that are not articles pass unchanged."""
        if not ItemAdapter.is_item(item):
            return item
        adapter = MappedItem(item, self.names)
        url, blocks = adapter.get("url"), blocks_of(adapter)
        if not isinstance(url, str) or not blocks or adapter.get("not_article") is not None:
            return item
        pieces = pieces_of(blocks)
        view = self.memory.view(url)
        removed: list[Removal] = adapter.get("removed") or []
        self.memory.learn_text(url, adapter.get("headline"), [*pieces, *taken_elsewhere(removed)])
        if view is not None:
            for removal in clean(adapter, blocks, pieces, view):
                self.crawler.stats.inc_value(f"newscrawl/widgets/removed/{removal['rule']}")
        return item


def pieces_of(blocks: list[Block]) -> list[MemoryPiece]:
    """Return a piece for each block."""
    return [piece(block["text"], heading=block["type"] == "heading") for block in blocks]


def clean(adapter: MappedItem, blocks: list[Block], pieces: list[MemoryPiece], view: SiteView) -> list[Removal]:
    """Remove the boilerplate from an item in place; return the removals."""
    texts = [block["text"] for block in blocks]
    language = adapter.get("in_language")
    gone = furniture(
        pieces, view, lambda i: 0 < i < len(texts) - 1 and should_join(texts[i - 1], texts[i + 1], language)
    )
    gone = without_background(texts, gone)
    if not any(gone):
        return []
    taken = take_out(blocks, gone, language, lambda run: (name_furniture([texts[i] for i in run]), MEMORY_RULE))
    return put_back(adapter, taken)
