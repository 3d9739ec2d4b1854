"""RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, and JSON Feed: bytes in, entries out.

Formats: rssboard.org/rss-specification, web.resource.org/rss/1.0, RFC 4287, jsonfeed.org/version/1.1. Feeds that are
not well-formed are read as far as browsers and readers read them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from newscrawl.discovery.bodies import text_of
from newscrawl.discovery.feed_entry import ENTRIES, local_name, read_entry, text_in
from newscrawl.discovery.found import Found, SourceError, plain, web_url
from newscrawl.discovery.xml_text import end_of, find_root, mend_xml, refuse_other_than_xml

MAX_ENTRIES: Final = 10_000
"""Entries that are read where nothing else is said (NEWSCRAWL_MAX_FEED_ENTRIES)."""
MAX_BYTES: Final = 20 * 1024 * 1024
"""Bytes, unpacked, likewise (NEWSCRAWL_MAX_FEED_MB)."""
_ROOTS = ("rss", "rdf", "feed", "channel")


@dataclass(frozen=True, slots=True)
class FeedContent:
    """What a feed says; ``damaged`` where it is truncated or not well-formed and entries may be missing."""

    entries: list[Found] = field(default_factory=list)
    title: str | None = None
    damaged: bool = False


def parse_feed(
    body: bytes, url: str, content_type: str | None = None, *, most: int = MAX_ENTRIES, size: int = MAX_BYTES
) -> FeedContent:
    """Return the entries of a feed that was fetched from ``url``; URLs absolute, each once, in order.

    ``most``: entries that are read, of one with more the first. ``size``: bytes it may have, unpacked. Raises
    `SourceError` where it is larger or no feed; its message says what it is.
    """
    text = text_of(body, content_type, size)
    if text.lstrip("\ufeff \t\r\n")[:1] == "{":
        return _json_feed(text, url, most)
    root, start = find_root(text)
    refuse_other_than_xml(text, root)
    if root in ("urlset", "sitemapindex"):
        raise SourceError("no-feed", "the response is a sitemap: use the spider sitemap")
    if root not in _ROOTS:
        raise SourceError("no-feed", f"the response is XML of another kind (<{root}>)")
    is_closed, is_last_whole = end_of(text, root, ENTRIES)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
    try:
        tree = etree.fromstring(mend_xml(text[start:]).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise SourceError("damaged", "the XML cannot be read") from None
    if tree is None:
        raise SourceError("damaged", "the XML cannot be read")
    nodes = [node for node in tree.iter(etree.Element) if local_name(node) in ENTRIES]
    if not is_last_whole and nodes:
        nodes.pop()  # its URL may be truncated
    if not nodes and not is_closed:
        raise SourceError("truncated", "the feed is truncated before its first entry")
    found = [entry for node in nodes[:most] if (entry := read_entry(node, url))]
    return FeedContent(_each_once(found), _title_of(tree), not is_closed or len(nodes) > most)


def _title_of(tree: Any) -> str | None:
    for node in tree.iter(etree.Element):
        if local_name(node) in ENTRIES:
            return None
        if local_name(node) == "title":
            return plain(text_in(node))
    return None


def _each_once(found: list[Found]) -> list[Found]:
    return list({entry.url: entry for entry in reversed(found)}.values())[::-1]


def _json_feed(text: str, url: str, most: int) -> FeedContent:
    try:
        data = json.loads(text.lstrip("\ufeff"), strict=False)
    except (ValueError, RecursionError):
        raise SourceError("damaged", "the JSON cannot be read") from None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise SourceError("no-feed", "the response is JSON, but no JSON Feed: it has no items")
    found = []
    for item in items[:most]:
        if not isinstance(item, dict):
            continue
        get = {name: value for name, value in item.items() if isinstance(value, str)}.get
        identity = get("id", "")
        link = web_url(get("url") or get("external_url") or (identity if identity[:4] == "http" else ""), url)
        if link:
            title = plain(get("title"))
            found.append(Found(link, title, get("date_published"), get("date_modified"), get("language")))
    return FeedContent(_each_once(found), plain(str(data.get("title") or "")), len(items) > most)
