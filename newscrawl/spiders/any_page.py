"""URLs of any kind, for a first try; not in the list of spiders, `scrapy quickstart` runs it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from newscrawl.discovery.found import SourceKind
from newscrawl.discovery.page_kind import PageKind
from newscrawl.network.requests import RESULT, SOURCE, article_request, asked_url
from newscrawl.run.arguments import Argument
from newscrawl.spiders.article import urls
from newscrawl.spiders.discovery import DiscoverySpider
from newscrawl.spiders.kind import kind_name, kind_of
from newscrawl.spiders.source import Source
from newscrawl.text.plain import one_line

_FEEDS = 2
_SECTIONS = 5


class AnyPageSpider(DiscoverySpider):
    """Fetches URLs, tells articles, home and section pages, feeds and sitemaps apart, and crawls each by its kind.

    ``kinds`` holds the kind of each of them.
    """

    name = ""
    ARGUMENTS: ClassVar[dict[str, Argument]] = {"url": Argument(urls, "URLs of any kind, with commas between")}

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__("quickstart", **kwargs)
        self.kinds: dict[str, PageKind] = {}

    @classmethod
    def check_values(cls, values: dict[str, Any]) -> None:
        """Require a URL."""
        cls.require(values, "url")

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request for each URL, as for an article."""
        for url in dict.fromkeys(self.given["url"]):
            yield article_request(url, explicit=True, callback=self.look_at, errback=self.failed, dont_filter=True)

    async def look_at(self, response: Response) -> AsyncIterator[Any]:
        """Yield the article, or requests for the URLs that a home page, feed or sitemap lists."""
        request = response.request
        assert request is not None
        url = asked_url(request)
        kind = self.kinds[url] = kind_of(response)
        sys.stderr.write(f"{one_line(url)} is {kind_name(kind, url)}\n")
        if kind == "article":
            for found in self.parse_article(response):
                yield found
            return
        original: Response = response.meta.get(RESULT, {}).get("original", response)
        original.request = request
        request.meta[SOURCE] = Source(url, kind, explicit=True)
        self._asked.add(url)
        async for further in self.parse_source(original):
            yield further

    def further(self, source: Source, content: Any, response: Response) -> Iterator[Request | None]:
        """Yield requests for a few feeds and sections of a home page that links to few articles itself."""
        if source.kind != "section":
            yield from super().further(source, content, response)
        elif source.depth == 0 and len(content.articles) < (self.given["max_articles"] or 0):
            more: list[tuple[SourceKind, str]] = [("feed", feed.url) for feed in content.feeds[:_FEEDS]]
            more += [("section", url) for url in content.sections[:_SECTIONS]]
            for kind, url in more:
                yield self.look(Source(url, kind, depth=1), priority=-2)
