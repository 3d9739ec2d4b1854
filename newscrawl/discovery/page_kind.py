"""The kind of a URL that a person typed, told by the response to it."""

from __future__ import annotations

import re
from typing import Final, Literal
from urllib.parse import urlsplit

from newscrawl.discovery.bodies import unpack
from newscrawl.discovery.found import SourceError
from newscrawl.discovery.links import page_links
from newscrawl.discovery.url_shape import shape
from newscrawl.discovery.xml_text import find_root
from newscrawl.parsing.encoding import decode
from newscrawl.urls.home import is_home_page

PageKind = Literal["article", "section", "feed", "sitemap"]

_SNIFFED: Final = 4096
_LINKED: Final = 5
"""Links to articles from which a page without an article of its own is a home or section page."""
_ROOTS: Final[dict[str, PageKind]] = {
    "rss": "feed",
    "rdf": "feed",
    "feed": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_JSON_FEED: Final = re.compile(r"""\A\s*\{[^<]*jsonfeed\.org\\?/version""")
_URL_LIST: Final = re.compile(r"\A\s*https?://\S+\s*(?:\n|\Z)", re.IGNORECASE)


def source_kind(body: bytes, content_type: str | None = None) -> PageKind | None:
    """Return ``feed`` or ``sitemap`` where the body is one, by its root element; ``None`` for all else.

    >>> source_kind(b'<?xml version="1.0"?><rss version="2.0"/>'), source_kind(b"<!DOCTYPE html><html>")
    ('feed', None)
    """
    try:
        start = unpack(body)[:_SNIFFED]
    except SourceError:
        return None
    text = decode(start, content_type)[0].lstrip("\ufeff \t\r\n")
    if _JSON_FEED.match(text):
        return "feed"
    if _URL_LIST.match(text):
        return "sitemap"
    return _ROOTS.get(find_root(text)[0]) if text.startswith("<") else None


def page_kind(
    body: bytes, url: str, content_type: str | None = None, *, is_article: bool = True, is_dated: bool = False
) -> PageKind:
    """Return the kind of the response to ``url``.

    ``is_article``: what the extraction says of an HTML page; ``is_dated``: whether it found a date of publication. A
    home page that leads with a long text is a section all the same, by its URL and the articles it links to.
    """
    kind = source_kind(body, content_type)
    if kind is not None:
        return kind
    looks_listing = is_home_page(urlsplit(url)) or (shape(url).score < 0 and not is_dated)
    if is_article and not looks_listing:
        return "article"
    return "section" if len(page_links(body, url, content_type).articles) >= _LINKED else "article"
