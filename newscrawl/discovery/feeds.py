"""RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, and JSON Feed: bytes in, entries out.

Formats: rssboard.org/rss-specification, web.resource.org/rss/1.0, RFC 4287, jsonfeed.org/version/1.1. Feeds that are
not well-formed are read as far as browsers and readers read them.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from lxml import etree

from newscrawl.discovery.bodies import decode, is_cut, mend_xml, refuse_other_than_xml, root_name, unpack
from newscrawl.discovery.found import Found, SourceError, web_address

MAX_ENTRIES: Final = 10_000
"""Entries that are read where nothing else is said (NEWSCRAWL_MAX_FEED_ENTRIES)."""
MAX_BYTES: Final = 20 * 1024 * 1024
"""Bytes, unpacked, likewise (NEWSCRAWL_MAX_FEED_MB)."""
_CORE = {None, "", "rss", "rdf", "atom", "a10", "atom10", "atom03"}
_TERMS = {"dc", "dcterms", "dct", "dc10"}
_PUBLISHED = ("pubdate", "published", "issued", "date", "created")
_MODIFIED = ("updated", "modified")
_MAX_CHILDREN = 100
_TAG = re.compile(r"<[^<>]{0,500}>")
_ROOTS = ("rss", "rdf", "feed", "channel")


@dataclass(frozen=True, slots=True)
class FeedContent:
    """What a feed says; ``damaged`` where it is cut or not well-formed and entries may be missing."""

    entries: list[Found] = field(default_factory=list)
    title: str | None = None
    damaged: bool = False


def parse_feed(
    body: bytes, url: str, content_type: str | None = None, *, most: int = MAX_ENTRIES, size: int = MAX_BYTES
) -> FeedContent:
    """Return the entries of a feed that was fetched from ``url``; addresses absolute, each once, in order.

    ``most``: entries that are read, of one with more the first. ``size``: bytes it may have, unpacked. Raises
    `SourceError` where it is larger or no feed; its message says what it is.
    """
    text = decode(unpack(body, size), content_type)
    if text.lstrip("\ufeff \t\r\n")[:1] == "{":
        return _json_feed(text, url, most)
    refuse_other_than_xml(text)
    root = root_name(text)
    if root in ("urlset", "sitemapindex"):
        raise SourceError("no-feed", "the answer is a sitemap: use the spider sitemap")
    if root not in _ROOTS:
        raise SourceError("no-feed", f"the answer is XML of another kind (<{root}>)")
    cut = is_cut(text, root)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
    try:
        tree = etree.fromstring(mend_xml(text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise SourceError("damaged", "the XML cannot be read") from None
    if tree is None:
        raise SourceError("damaged", "the XML cannot be read")
    nodes = [node for node in tree.iter(etree.Element) if _local(node) in ("item", "entry")]
    if cut and nodes:
        nodes.pop()  # its address may be cut
    found = [entry for node in nodes[:most] if (entry := _entry(node, url))]
    if not nodes and cut:
        raise SourceError("truncated", "the feed is cut before its first entry")
    return FeedContent(_each_once(found), _title_of(tree), cut or len(nodes) > most)


def plain(text: str | None) -> str | None:
    """Return a title without markup and entities, on one line; ``None`` where nothing is left.

    >>> plain("<b>Ferry</b> &amp;amp; harbour")
    'Ferry & harbour'
    """
    if not text:
        return None
    text = text[:2000]
    for _ in range(2):
        if "&" in text:
            text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    return " ".join(text.split())[:500] or None


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _prefix(node: Any) -> str | None:
    tag = str(node.tag).rpartition("}")[2]
    return tag.partition(":")[0].lower() if ":" in tag else (node.prefix or "").lower()


def _children(node: Any, *, deep: bool) -> Iterator[tuple[str, str | None, Any]]:
    found = islice(node.iterdescendants(etree.Element), _MAX_CHILDREN) if deep else node.iterchildren(etree.Element)
    for child in found:
        name = _local(child)
        if deep and name in ("item", "entry"):
            return
        yield name, _prefix(child), child


def _text(node: Any) -> str:
    return "".join(node.itertext()).strip()


def _entry(node: Any, url: str, *, deep: bool = False) -> Found | None:
    """Return an entry; ``deep``: a tag that was not closed may have swallowed what follows it."""
    base = node.get("{http://www.w3.org/XML/1998/namespace}base") or url
    links: dict[int, str] = {}
    title = None
    dates: dict[str, str] = {}
    for name, prefix, child in _children(node, deep=deep):
        if name == "origlink":
            links.setdefault(0, _text(child))
        elif prefix not in _CORE and prefix not in _TERMS:
            continue
        elif name == "link":
            rank, link = _link(child)
            if link:
                links.setdefault(rank, link)
        elif name in ("guid", "id"):
            if child.get("isPermaLink", child.get("ispermalink", "true")).lower() != "false":
                text = _text(child)
                if text[:4].lower() == "http":
                    links.setdefault(5, text)
        elif name == "title" and title is None and prefix in _CORE:
            title = _text(child)
        elif name in _PUBLISHED or name in _MODIFIED:
            dates.setdefault(name, _text(child)[:100])
    about = node.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    if about:
        links.setdefault(6, about)
    address = next((found for _, link in sorted(links.items()) if (found := web_address(link, base))), None)
    if address is None:
        return None if deep or len(node) > _MAX_CHILDREN else _entry(node, url, deep=True)
    published = next((dates[name] for name in _PUBLISHED if dates.get(name)), None)
    modified = next((dates[name] for name in _MODIFIED if dates.get(name)), None)
    return Found(address, plain(title), published, modified)


def _link(node: Any) -> tuple[int, str]:
    """Return how good a link is (lower is better) and where it leads."""
    href = node.get("href")
    if href is None:
        return 1, _text(node) or (node.tail or "").strip()
    relation = (node.get("rel") or "alternate").lower()
    if relation != "alternate":
        return 9, ""
    return (2 if "html" in (node.get("type") or "html").lower() else 3), href


def _title_of(tree: Any) -> str | None:
    for node in tree.iter(etree.Element):
        if _local(node) in ("item", "entry"):
            return None
        if _local(node) == "title":
            return plain(_text(node))
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
        raise SourceError("no-feed", "the answer is JSON, but no JSON Feed: it has no items")
    found = []
    for item in items[:most]:
        if not isinstance(item, dict):
            continue
        get = {name: value for name, value in item.items() if isinstance(value, str)}.get
        identity = get("id", "")
        address = web_address(get("url") or get("external_url") or (identity if identity[:4] == "http" else ""), url)
        if address:
            title = plain(get("title"))
            found.append(Found(address, title, get("date_published"), get("date_modified"), get("language")))
    return FeedContent(_each_once(found), plain(str(data.get("title") or "")), len(items) > most)
