"""One entry of a feed in XML: its URL, title and dates, as the element holds them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any, Final

from lxml import etree

from newscrawl.discovery.found import Found, plain, web_url

ENTRIES: Final = ("item", "entry")
_CORE: Final = {"", "rss", "rdf", "atom", "a10", "atom10", "atom03"}
_CORE_SPACES: Final = {"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/"}
_TERMS: Final = {"dc", "dcterms", "dct", "dc10"}
_TERM_SPACES: Final = {
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
    "http://purl.org/dc/elements/1.0/",
}
_PUBLISHED: Final = ("pubdate", "published", "issued", "date", "created")
_MODIFIED: Final = ("updated", "modified")
_OF_OTHERS: Final = {"source", "image", "textinput", "author", "contributor", "content", "group"}
"""Elements whose links are not the entry's own."""
_MAX_CHILDREN: Final = 100
_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def read_entry(node: Any, url: str) -> Found | None:
    """Return the entry of an element of the feed at ``url``; ``None`` where it names no page."""
    found = _read(node, url, node.iterchildren(etree.Element))
    if found is None and len(node) <= _MAX_CHILDREN:
        found = _read(node, url, _swallowed(node))
    return found


def local_name(node: Any) -> str:
    """Return an element's name without prefix, in lower case."""
    return str(node.tag).rpartition("}")[2].rpartition(":")[2].lower()


def text_in(node: Any) -> str:
    """Return the text of an element and all within it."""
    return "".join(node.itertext()).strip()


def _read(node: Any, url: str, children: Iterator[Any]) -> Found | None:
    links: dict[int, tuple[str, Any]] = {}
    title = None
    dates: dict[str, str] = {}
    for child in children:
        name = local_name(child)
        is_core = _is_of(child, _CORE, _CORE_SPACES) or _space(child) == _space(node)
        if name == "origlink" or is_core:
            rank, link = _link(name, child)
            if link:
                links.setdefault(rank, (link, child))
        if name == "title" and title is None and is_core:
            title = text_in(child)
        elif name in _PUBLISHED + _MODIFIED and (is_core or _is_of(child, _TERMS, _TERM_SPACES)):
            dates.setdefault(name, text_in(child)[:100])
    if about := node.get(_ABOUT):
        links.setdefault(6, (about, node))
    made = (web_url(link, _base(child, url)) for _, (link, child) in sorted(links.items()))
    whole = next(filter(None, made), None)
    if whole is None:
        return None
    published = next((dates[name] for name in _PUBLISHED if dates.get(name)), None)
    modified = next((dates[name] for name in _MODIFIED if dates.get(name)), None)
    return Found(whole, plain(title), published, modified)


def _swallowed(node: Any) -> Iterator[Any]:
    """Yield what an element that was not closed holds, up to the next entry."""
    waiting = list(node.iterchildren(etree.Element))[::-1]
    for _ in range(_MAX_CHILDREN):
        if not waiting:
            return
        child = waiting.pop()
        if local_name(child) in ENTRIES:
            return
        yield child
        if local_name(child) not in _OF_OTHERS:
            waiting += list(child.iterchildren(etree.Element))[::-1]


def _link(name: str, node: Any) -> tuple[int, str]:
    """Return how good a link is (lower is better) and where it leads, ``""`` where nowhere."""
    if name == "origlink":  # where a counter leads to
        text = text_in(node)
        return 0, text if text[:4].lower() == "http" else ""
    if name in ("guid", "id"):
        text = text_in(node)
        is_link = node.get("isPermaLink", node.get("ispermalink", "true")).lower() != "false"
        return 5, text if is_link and text[:4].lower() == "http" else ""
    if name != "link":
        return 9, ""
    href = node.get("href")
    if href is None:
        return 1, text_in(node) or (node.tail or "").strip()
    if (node.get("rel") or "alternate").lower() != "alternate":
        return 9, ""
    return (2 if "html" in (node.get("type") or "html").lower() else 3), href


def _base(node: Any, url: str) -> str:
    """Return the URL that a relative one in ``node`` is resolved against (XML Base)."""
    given = [base for above in (node, *node.iterancestors()) if (base := above.get(_BASE))]
    return reduce(lambda base, next_base: web_url(next_base, base) or base, reversed(given), url)


def _space(node: Any) -> str:
    """Return the namespace of an element, its prefix where that is not declared."""
    tag = str(node.tag)
    return tag[1:].partition("}")[0] if tag[:1] == "{" else tag.rpartition(":")[0]


def _is_of(node: Any, prefixes: set[str], spaces: set[str]) -> bool:
    space = _space(node)
    prefix = (node.prefix or "") if "://" in space else space
    return prefix.lower() in prefixes or space in spaces
