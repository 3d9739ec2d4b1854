"""The text patterns of site files, applied to an item's text."""

from __future__ import annotations

from scrapy.crawler import Crawler

from newscrawl.items import Removal
from newscrawl.pipelines.item_text import ItemTextPipeline, blocks_of, put_back
from newscrawl.record.fields_map import MappedItem
from newscrawl.run.run import Run
from newscrawl.sites.site_text import strip_text


class SiteTextRulesPipeline(ItemTextPipeline):
    """Item pipeline that removes the matches of the text patterns of the site's file.

    Statistics: ``newscrawl/rules/refused/<rule>`` for rules that would have removed too much.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.sites = Run.of(crawler).site_files

    def clean(self, item: MappedItem) -> list[Removal]:
        """Remove the patterns' matches in place; return the removals."""
        url = item.get("url")
        site = self.sites.of(url) if isinstance(url, str) else {}
        blocks = blocks_of(item) if site.get("strip_text") else []
        if not blocks:
            return []
        taken, refused = strip_text(blocks, site, item.get("in_language"))
        for rule in refused:
            self.crawler.stats.inc_value(f"newscrawl/rules/refused/{rule}")
        return put_back(item, taken) if taken is not None else []
