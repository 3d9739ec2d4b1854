"""Removal of a site's boilerplate from an item's text."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.items import Block, Removal
from newscrawl.pipelines.item_text import ItemTextPipeline, blocks_of, put_back
from newscrawl.record.fields_map import MappedItem
from newscrawl.run.run import Run
from newscrawl.site_memory.judge import boilerplate
from newscrawl.site_memory.pieces import MEMORY_RULE, MemoryPiece, boilerplate_kind, piece, taken_elsewhere
from newscrawl.site_memory.topic import without_background
from newscrawl.site_memory.view import SiteView
from newscrawl.widgets.rejoin import should_join
from newscrawl.widgets.take_out import take_out


class SiteMemoryPipeline(ItemTextPipeline):
    """Item pipeline that removes text repeated on the item's site, and remembers the rest."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        memory = Run.of(crawler).memory
        if memory is None:
            raise NotConfigured("newscrawl.extensions.site_memory.SiteMemoryExtension is off")
        self.memory = memory

    def clean(self, item: MappedItem) -> list[Removal]:
        """Remove the site's boilerplate in place; return the removals."""
        url, blocks = item.get("url"), blocks_of(item)
        if not isinstance(url, str) or not blocks or item.get("not_article") is not None:
            return []
        view = self.memory.view(url)
        is_learned = self.memory.is_learned(url)
        if is_learned and (view is None or view.is_empty):
            return []  # as for most pages of a site that is not known yet
        pieces = pieces_of(blocks)
        if not is_learned:
            removed: list[Removal] = item.get("removed") or []
            self.memory.learn_text(url, item.get("headline"), [*pieces, *taken_elsewhere(removed)])
        return clean(item, blocks, pieces, view) if view is not None else []


def pieces_of(blocks: list[Block]) -> list[MemoryPiece]:
    """Return a piece for each block."""
    return [piece(block["text"], heading=block["type"] == "heading") for block in blocks]


def clean(adapter: MappedItem, blocks: list[Block], pieces: list[MemoryPiece], view: SiteView) -> list[Removal]:
    """Remove the boilerplate from an item in place; return the removals."""
    texts = [block["text"] for block in blocks]
    language = adapter.get("in_language")
    gone = boilerplate(
        pieces, view, lambda i: 0 < i < len(texts) - 1 and should_join(texts[i - 1], texts[i + 1], language)
    )
    gone = without_background(texts, gone)
    if not any(gone):
        return []
    taken = take_out(blocks, gone, language, lambda run: (boilerplate_kind([texts[i] for i in run]), MEMORY_RULE))
    return put_back(adapter, taken)
