"""Removal of widgets from an item's text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from itemadapter import ItemAdapter

from newscrawl.items import Article, Block, Removal
from newscrawl.record.fields_map import MappedItem, names_of
from newscrawl.widgets.merge import merge_removals

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class StripTextWidgetsPipeline:
    """Item pipeline that removes the widgets from ``blocks``, or from ``article_body`` where an item has no blocks.

    Works on `newscrawl.items.Article` and on any item with those fields (NEWSCRAWL_FIELDS_MAP names others). Removals
    are added to ``removed`` where the item has such a field, and counted as ``newscrawl/widgets/removed/<rule>``. No
    block keeps its ``raw``.
    """

    def __init__(self, crawler: Crawler, names: Mapping[str, str] | None = None) -> None:
        self.crawler = crawler
        self.names = names or {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline."""
        return cls(crawler, names_of(crawler.settings))

    async def process_item(self, item: Any) -> Any:
        """Return the item with its text clean; items without text pass unchanged."""
        if isinstance(item, Article) or not ItemAdapter.is_item(item):
            return item  # an article's text was stripped where it was extracted
        for removal in clean(MappedItem(item, self.names)):
            self.crawler.stats.inc_value(f"newscrawl/widgets/removed/{removal['rule']}")
        return item


def clean(adapter: ItemAdapter | MappedItem) -> list[Removal]:
    """Clean an item in place; return the removals, at either level."""
    names = set(adapter.field_names())
    blocks: list[Block] = adapter.get("blocks") or []
    before: list[Removal] = adapter.get("removed") or []
    body = adapter.get("article_body")
    if not blocks and isinstance(body, str):
        blocks = [
            {"type": "paragraph", "text": line.strip(), "time": None} for line in body.split("\n") if line.strip()
        ]
    if not blocks:
        return []
    from newscrawl.widgets.text import strip  # with its models: articles of pages need none of it

    kept, taken, places = strip(blocks, language=adapter.get("in_language"), from_html=bool(adapter.get("blocks")))
    if "blocks" in names:
        adapter["blocks"] = kept
    if "article_body" in names and (taken or "blocks" in names):
        adapter["article_body"] = "\n".join(block["text"] for block in kept)
    removed = merge_removals(before, places, taken)
    if "removed" in names:
        adapter["removed"] = removed
    return [removal for _, removal in taken]
