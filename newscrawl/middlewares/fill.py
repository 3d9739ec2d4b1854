"""Items of other projects filled from the article of their page."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from typing import Any

from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.extraction.complete import finish
from newscrawl.items import FIELDS, Article
from newscrawl.network.requests import RESULT
from newscrawl.record.fields_map import MappedItem, is_item, names_of
from newscrawl.run.component import Component

_EMPTY: tuple[Any, ...] = (None, "", [], {})


class FillItemsMiddleware(Component):
    """Spider middleware that fills the empty fields of an item from the article of its page.

    Fields that the item declares and the contract knows (by the names of NEWSCRAWL_FIELDS_MAP, or the same name) are
    filled where they are empty; values set by the spider stay. A dict declares the names of NEWSCRAWL_FIELDS_MAP
    and the keys that it has. Items of pages that are not articles pass unchanged.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.names = names_of(crawler.settings)

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Pass everything on, items with their empty fields filled."""
        article: Article | None = None
        async for item in result:
            if not isinstance(item, Article) and is_item(item):
                if article is None:
                    article = finished(response)
                if article is not None and article.not_article is None:
                    self.fill(item, article)
            yield item

    def fill(self, item: Any, article: Article) -> None:
        """Fill the empty fields of ``item``, in place."""
        mapped = MappedItem(item, self.names)
        declared = set(mapped.field_names())
        if mapped.is_open:
            declared |= set(self.names)
        if "article_body" in declared and mapped.get("article_body") not in _EMPTY:
            declared -= {"blocks", "removed", "confidence"}  # they would belong to another text
        for name in FIELDS:
            if name in declared and mapped.get(name) in _EMPTY:
                mapped[name] = copy.deepcopy(getattr(article, name))
                self.crawler.stats.inc_value(f"newscrawl/filled/{name}")


def finished(response: Response) -> Article | None:
    """Return a copy of the article of a response after all steps, or ``None`` where it was not cleaned."""
    try:
        found = response.meta.get(RESULT)
    except AttributeError:  # a response without a request
        return None
    if found is None:
        return None
    return finish(copy.deepcopy(found["article"]))
