"""What the pipelines that remove from an item's text have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scrapy.crawler import Crawler

from newscrawl.items import Block, Removal
from newscrawl.record.fields_map import MappedItem, is_item, names_of
from newscrawl.run.component import Component
from newscrawl.widgets.merge import merge_removals
from newscrawl.widgets.take_out import TakenOut


class ItemTextPipeline(Component):
    """Item pipeline that removes from the text of `newscrawl.items.Article` and of items of any other kind.

    Those have ``url`` and ``blocks`` or ``article_body`` (NEWSCRAWL_FIELDS_MAP names others). Removals are added to
    ``removed`` where the item has such a field, and counted as ``newscrawl/widgets/removed/<rule>``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.names = names_of(crawler.settings)

    def clean(self, item: MappedItem) -> Iterable[Removal]:
        """Remove from an item in place; return the removals."""
        raise NotImplementedError

    async def process_item(self, item: Any) -> Any:
        """Return the cleaned item."""
        if is_item(item):
            for removal in self.clean(MappedItem(item, self.names)):
                self.crawler.stats.inc_value(f"newscrawl/widgets/removed/{removal['rule']}")
        return item


def blocks_of(item: MappedItem) -> list[Block]:
    """Return the item's ``blocks``, or a paragraph for each line of its ``article_body`` where it has none."""
    blocks: list[Block] = item.get("blocks") or []
    body = item.get("article_body")
    if blocks or not isinstance(body, str):
        return blocks
    return [Block(type="paragraph", text=line.strip(), time=None) for line in body.split("\n") if line.strip()]


def put_back(item: MappedItem, taken: TakenOut) -> list[Removal]:
    """Write the remaining text into the item's fields and the removals into ``removed``; return the removals."""
    names = set(item.field_names())
    if "blocks" in names:
        item["blocks"] = taken.blocks
    if "article_body" in names and (taken.removed or "blocks" in names):
        item["article_body"] = "\n".join(block["text"] for block in taken.blocks)
    if "removed" in names:
        item["removed"] = merge_removals(item.get("removed") or [], taken.places, taken.removed)
    return [removal for _, removal in taken.removed]
