"""The text patterns of site files, applied to an item's text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from newscrawl.items import Block
from newscrawl.pipelines.item_text import blocks_of, put_back
from newscrawl.record.fields_map import MappedItem, names_of
from newscrawl.run.run import Run
from newscrawl.sites.site_files import SiteFiles
from newscrawl.sites.site_text import strip_text


class SiteTextRulesPipeline:
    """Item pipeline that removes from ``blocks`` the matches of the text patterns of the site's file.

    Works on `newscrawl.items.Article` and on any item with ``url`` and ``blocks`` or ``article_body``
    (NEWSCRAWL_FIELDS_MAP names others). Statistics: ``newscrawl/widgets/removed/<rule>``,
    ``newscrawl/rules/refused/<rule>`` for rules that would have removed too much.
    """

    def __init__(self, crawler: Crawler, sites: SiteFiles, names: Mapping[str, str] | None = None) -> None:
        self.crawler = crawler
        self.sites = sites
        self.names = names or {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline from the settings."""
        return cls(crawler, Run.of(crawler).site_files, names_of(crawler.settings))

    async def process_item(self, item: Any) -> Any:
        """Return the item without the patterns' matches."""
        if not ItemAdapter.is_item(item):
            return item
        adapter = MappedItem(item, self.names)
        url = adapter.get("url")
        site = self.sites.of(url) if isinstance(url, str) else {}
        if site.get("strip_text") and (blocks := blocks_of(adapter)):
            self._strip(adapter, blocks, site)
        return item

    def _strip(self, adapter: MappedItem, blocks: list[Block], site: dict[str, Any]) -> None:
        taken, refused = strip_text(blocks, site, adapter.get("in_language"))
        for rule in refused:
            self.crawler.stats.inc_value(f"newscrawl/rules/refused/{rule}")
        for removal in put_back(adapter, taken) if taken is not None else ():
            self.crawler.stats.inc_value(f"newscrawl/widgets/removed/{removal['rule']}")
