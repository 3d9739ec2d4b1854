"""Sitemaps, their indexes and news sitemaps: bytes in, entries out.

Formats: sitemaps.org/protocol.html, and Google's news extension (developers.google.com/search/docs, "News sitemaps").
A list of URLs, one a line, is one, too; so is a feed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from newscrawl.discovery.bodies import MAX_UNPACKED, text_of
from newscrawl.discovery.feed_entry import local_name
from newscrawl.discovery.feeds import parse_feed
from newscrawl.discovery.found import Found, SourceError, plain, web_url
from newscrawl.discovery.xml_text import end_of, find_root, mend_xml, refuse_other_than_xml

MAX_ENTRIES: Final = 50_000
"""The protocol's own limit, where nothing else is said (NEWSCRAWL_MAX_SITEMAP_ENTRIES)."""
_ROWS = ("url", "sitemap")
_NAMES = {"loc", "lastmod", "publication_date", "title", "language"}


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names; ``modified`` as it stands there."""

    url: str
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class SitemapContent:
    """What a sitemap says: ``entries``, or ``children`` of an index.

    ``is_news``: entries have the news extension. ``damaged``: it is truncated, or longer than allowed.
    """

    entries: list[Found] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    is_news: bool = False
    damaged: bool = False


def parse_sitemap(
    body: bytes, url: str, content_type: str | None = None, *, most: int = MAX_ENTRIES, size: int = MAX_UNPACKED
) -> SitemapContent:
    """Return what the sitemap fetched from ``url`` says; only HTTP URLs, each once, in order.

    ``most``: entries that are read, of one with more the first. ``size``: bytes it may have, unpacked. Raises
    `SourceError` where it is larger or none.
    """
    text = text_of(body, content_type, size)
    lines = _lines(text)
    if lines:
        return SitemapContent(entries=lines[:most], damaged=len(lines) > most)
    root, start = find_root(text)
    refuse_other_than_xml(text, root)
    if root in ("rss", "feed", "rdf"):
        feed = parse_feed(body, url, content_type, most=most, size=size)
        return SitemapContent(entries=feed.entries, damaged=feed.damaged)
    if root not in ("urlset", "sitemapindex"):
        raise SourceError("no-sitemap", f"the response is XML of another kind (<{root}>)")
    is_closed, is_last_whole = end_of(text, root, _ROWS)
    rows = list(_rows(mend_xml(text[start:]).encode("utf-8", "replace")))
    if not is_last_whole and rows:
        rows.pop()  # its URL may be truncated
    if not is_closed and not rows:
        raise SourceError("truncated", "the sitemap is truncated before its first entry")
    is_long = len(rows) > most
    rows = rows[:most]
    damaged = not is_closed or is_long
    if root == "sitemapindex":
        children = {c: Child(c, row.get("lastmod")) for row in rows if (c := web_url(row.get("loc"), url))}
        return SitemapContent(children=list(children.values()), damaged=damaged)
    entries = {a: _found(a, row) for row in rows if (a := web_url(row.get("loc"), url))}
    is_news = any("publication_date" in row for row in rows)
    return SitemapContent(entries=list(entries.values()), is_news=is_news, damaged=damaged)


def _rows(data: bytes) -> Iterator[dict[str, str]]:
    """Yield the texts of each ``<url>`` or ``<sitemap>``, with one element in memory at a time."""
    row: dict[str, str] = {}
    events = etree.iterparse(
        io.BytesIO(data), events=("end",), recover=True, resolve_entities=False, no_network=True, huge_tree=True
    )
    try:
        for _, node in events:
            name = local_name(node)
            if name in _ROWS:
                if row:
                    yield row
                row = {}
                node.clear()
                while node.getprevious() is not None:
                    del node.getparent()[0]
            elif name in _NAMES and not _in_media(node):
                row.setdefault(name, "".join(node.itertext()).strip()[:8000])
    except etree.XMLSyntaxError:
        return


def _in_media(node: Any) -> bool:
    """Tell whether a title or place belongs to a picture or video of the entry."""
    parent = node.getparent()
    return parent is not None and local_name(parent) in ("image", "video")


def _found(url: str, row: dict[str, str]) -> Found:
    return Found(
        url,
        plain(row.get("title")),
        row.get("publication_date", "")[:100] or None,
        row.get("lastmod", "")[:100] or None,
        row.get("language", "")[:20] or None,
    )


def _lines(text: str) -> list[Found]:
    start = text.lstrip("\ufeff \t\r\n")
    if start[:8].lower() not in ("https://",) and start[:7].lower() != "http://":
        return []
    lines = (line.strip() for line in start.splitlines())
    return [Found(url) for line in lines if line[:4].lower() == "http" and (url := web_url(line, line))]
