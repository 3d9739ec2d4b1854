"""The text patterns of site files, applied to an item's text."""

from __future__ import annotations

from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from newscrawl.items import Block
from newscrawl.sites import SiteFiles
from newscrawl.widgets.merge import merge_removals
from newscrawl.widgets.site_text import strip_text


class SiteTextRulesPipeline:
    """Item pipeline that takes out of ``blocks`` what the text patterns of the site's file find.

    Works on `newscrawl.items.Article` and on any item with ``url`` and ``blocks``. Statistics:
    ``newscrawl/widgets/removed/<rule>``, ``newscrawl/rules/refused/<rule>`` for rules that would have taken too much.
    """

    def __init__(self, crawler: Crawler, sites: SiteFiles) -> None:
        self.crawler = crawler
        self.sites = sites

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline from the settings."""
        return cls(crawler, SiteFiles.of_settings(crawler.settings))

    async def process_item(self, item: Any) -> Any:
        """Return the item without what the patterns find."""
        if not ItemAdapter.is_item(item):
            return item
        adapter = ItemAdapter(item)
        url, blocks = adapter.get("url"), adapter.get("blocks")
        site = self.sites.of(url) if isinstance(url, str) else {}
        if blocks and site.get("strip_text"):
            self._strip(adapter, blocks, site)
        return item

    def _strip(self, adapter: ItemAdapter, blocks: list[Block], site: dict[str, Any]) -> None:
        taken, refused = strip_text(blocks, site, adapter.get("in_language"))
        for rule in refused:
            self.crawler.stats.inc_value(f"newscrawl/rules/refused/{rule}")
        if taken is None:
            return
        names = set(adapter.field_names())
        adapter["blocks"] = taken.blocks
        if "article_body" in names:
            adapter["article_body"] = "\n".join(block["text"] for block in taken.blocks)
        if "removed" in names:
            adapter["removed"] = merge_removals(adapter.get("removed") or [], taken.places, taken.removed)
        for _, removal in taken.removed:
            self.crawler.stats.inc_value(f"newscrawl/widgets/removed/{removal['rule']}")
