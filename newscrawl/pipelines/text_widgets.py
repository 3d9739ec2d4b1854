"""Removal of widgets from an item's text."""

from __future__ import annotations

from typing import Any

from newscrawl.items import Article, Removal
from newscrawl.pipelines.item_text import ItemTextPipeline, blocks_of, put_back
from newscrawl.record.fields_map import MappedItem
from newscrawl.widgets.take_out import TakenOut


class StripTextWidgetsPipeline(ItemTextPipeline):
    """Item pipeline that removes the widgets from the texts of other projects' items.

    An article's text was stripped where it was extracted.
    """

    async def process_item(self, item: Any) -> Any:
        """Return the item with its text clean; articles and items without text pass unchanged."""
        return item if isinstance(item, Article) else await super().process_item(item)

    def clean(self, item: MappedItem) -> list[Removal]:
        """Remove widgets in place; return the removals."""
        blocks = blocks_of(item)
        if not blocks:
            return []
        from newscrawl.widgets.text import strip  # with its models: articles of pages need none of it

        taken = strip(blocks, language=item.get("in_language"), from_html=bool(item.get("blocks")))
        return put_back(item, TakenOut(*taken))
