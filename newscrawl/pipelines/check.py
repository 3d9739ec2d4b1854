"""The check that a record is complete, consistent and an article."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from newscrawl.exceptions import NotAnArticleError
from newscrawl.items import Article
from newscrawl.record.completion import UNSURE, complete
from newscrawl.run.component import Component
from newscrawl.run.run import Run


class CheckRecordPipeline(Component):
    """Item pipeline that completes a record and drops pages that are not articles.

    NEWSCRAWL_KEEP_NON_ARTICLES keeps those, with the reason in ``not_article``. Items other than
    `newscrawl.items.Article` pass unchanged.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.keep = crawler.settings.getbool("NEWSCRAWL_KEEP_NON_ARTICLES")

    async def process_item(self, item: Any) -> Any:
        """Return the checked record; raises `NotAnArticleError` where it is not an article."""
        if not isinstance(item, Article):
            return item
        complete(item)
        if not item.blocks and item.not_article is None:
            item.not_article = "no text"
        stats = self.crawler.stats
        if item.not_article is not None:
            stats.inc_value(f"newscrawl/not_article/{item.not_article}")
            if not self.keep:
                Run.of(self.crawler).failures.add(item.url, "not-article", f"not an article: {item.not_article}")
                raise NotAnArticleError(item.not_article, log_level="DEBUG")
        stats.inc_value("newscrawl/articles")
        if item.confidence is not None and item.confidence < UNSURE:
            stats.inc_value("newscrawl/unsure")
        return item
