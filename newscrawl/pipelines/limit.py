"""The limit ``max_articles=`` on the number of records."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured

from newscrawl.run.run import Run


class MaxArticlesPipeline:
    """Item pipeline, last of all, that ends the crawl once ``max_articles`` have passed."""

    def __init__(self, crawler: Crawler, limit: int) -> None:
        self.crawler = crawler
        self.limit = limit
        self.count = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline for a crawl with a limit; raises `NotConfigured` for others."""
        limit = getattr(crawler.spider, "given", {}).get("max_articles")
        if limit is None:
            raise NotConfigured
        return cls(crawler, limit)

    async def process_item(self, item: Any) -> Any:
        """Return the item; raises `DropItem` for items still in progress when the limit was reached."""
        if self.count >= self.limit:
            raise DropItem("over max_articles", log_level="DEBUG")
        self.count += 1
        if self.count == self.limit:
            Run.of(self.crawler).stop("max_articles")
        return item
