"""Inspection of a site for its site file; not in the list of spiders, `scrapy addsite` runs it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from newscrawl.discovery.found import Found
from newscrawl.discovery.sitemaps import Child
from newscrawl.network.requests import SOURCE
from newscrawl.run.arguments import Argument
from newscrawl.spiders.site import SiteSpider
from newscrawl.spiders.source import Source


class ProbeSpider(SiteSpider):
    """Requests a home page, feeds and sitemaps, and keeps in ``found`` those that can be used; fetches no article."""

    name = ""
    ARGUMENTS: ClassVar[dict[str, Argument]] = {"home": Argument(str, "the site's home page")}

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__("addsite", **kwargs)
        self.home: str = self.given["home"]
        self.found: dict[str, list[str]] = {"feeds": [], "sitemaps": [], "sections": []}
        self.articles = 0

    @classmethod
    def check_values(cls, values: dict[str, Any]) -> None:
        """Require nothing: the command has checked the URL."""

    def sources(self) -> Iterator[Source]:
        """Yield the home page."""
        yield Source(self.home, "section", explicit=True)

    def further(self, source: Source, content: Any, response: Response) -> Iterator[Request | None]:
        """Yield requests for feeds and sitemaps, for no section page and no part of an index."""
        if source.kind == "section":
            self.found["sections"] += content.sections[:10]
            for request in super().further(source, content, response):
                if request is not None and request.meta[SOURCE].kind != "section":
                    yield request

    def take(self, source: Source, response: Response, entries: list[Found], *, keep: bool) -> Iterator[Request]:
        """Keep a source that lists articles."""
        self.articles += len(entries)
        if source.kind == "feed" and entries:
            self.found["feeds"].append(source.url)
        yield from ()

    def chosen(self, source: Source, content: Any) -> list[Found]:
        """Keep a sitemap that is an index or lists news."""
        if source.kind == "sitemap" and (content.children or content.entries):
            self.found["sitemaps"].append(source.url)
        return super().chosen(source, content)

    def admits_child(self, child: Child) -> bool:
        """Skip the parts of an index."""
        return False
