"""The kind of a page that a crawl fetched as an article, and the spider for it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.http import Response

from newscrawl.network.requests import RESULT
from newscrawl.urls.home import is_home_page

if TYPE_CHECKING:
    from newscrawl.discovery.page_kind import PageKind

SPIDERS: dict[PageKind, str] = {"article": "article", "section": "site", "feed": "feed", "sitemap": "sitemap"}
"""The spider for each kind of page."""


def kind_of(response: Response) -> PageKind:
    """Return the page type of a response that went through the cleaning middleware, by the page as fetched."""
    from newscrawl.discovery.page_kind import page_kind  # commands that fetch nothing import this module, too

    found = response.meta.get(RESULT) or {}
    original: Response = found.get("original", response)
    article = found.get("article")
    content_type = (original.headers.get(b"Content-Type") or b"").decode("latin-1")
    return page_kind(
        original.body,
        original.url,
        content_type,
        is_article=article is not None and article.not_article is None,
        is_dated=article is not None and article.date_published is not None,
    )


def kind_name(kind: PageKind, url: str) -> str:
    """Return a kind with its article, as a sentence has it.

    >>> kind_name("section", "https://a.example/"), kind_name("section", "https://a.example/sport")
    ('a home page', 'a section page')
    """
    if kind == "section":
        return "a home page" if is_home_page(urlsplit(url)) else "a section page"
    return {"article": "an article", "feed": "a feed", "sitemap": "a sitemap"}[kind]
