"""The limit ``max_articles=`` on the number of records."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured

from newscrawl.run.component import Component
from newscrawl.run.run import Run


class MaxArticlesPipeline(Component):
    """Item pipeline, last of all, that ends the crawl once ``max_articles`` have passed."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        limit: int | None = getattr(crawler.spider, "given", {}).get("max_articles")
        if limit is None:
            raise NotConfigured
        self.limit = limit
        self.count = 0

    async def process_item(self, item: Any) -> Any:
        """Return the item; raises `DropItem` for items still in progress when the limit was reached."""
        if self.count >= self.limit:
            raise DropItem("over max_articles", log_level="DEBUG")
        self.count += 1
        if self.count == self.limit:
            Run.of(self.crawler).stop("max_articles")
        return item
