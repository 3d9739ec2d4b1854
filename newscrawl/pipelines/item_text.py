"""The text of an item, read and written in the same way by all pipelines that remove from it."""

from __future__ import annotations

from newscrawl.items import Block, Removal
from newscrawl.record.fields_map import MappedItem
from newscrawl.widgets.merge import merge_removals
from newscrawl.widgets.take_out import TakenOut


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
    if "article_body" in names:
        item["article_body"] = "\n".join(block["text"] for block in taken.blocks)
    if "removed" in names:
        item["removed"] = merge_removals(item.get("removed") or [], taken.places, taken.removed)
    return [removal for _, removal in taken.removed]
