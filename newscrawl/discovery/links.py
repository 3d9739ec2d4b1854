"""The links of a home or section page: feeds, articles, further sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urldefrag

from lxml import etree

from newscrawl.discovery.found import Found, plain, web_url
from newscrawl.discovery.list_pages import is_list_page
from newscrawl.discovery.url_shape import shape
from newscrawl.parsing.encoding import decode
from newscrawl.parsing.tree import Element
from newscrawl.parsing.xpath import strings
from newscrawl.text.normalise import collapse
from newscrawl.urls.site import site_name

MAX_LINKS: Final = 5_000
"""Links that are looked at where nothing else is said (NEWSCRAWL_MAX_LINKS)."""
_BASES: Final = strings("//base/@href")
_ENOUGH: Final = 3
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5"}
_BOILERPLATE = {"nav", "header", "footer"}


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names, with the title it gives to it."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a home or section page links to, each URL once, in the page's order."""

    feeds: list[FeedLink] = field(default_factory=list)
    articles: list[Found] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    """Further pages of the list, and lists by subject."""


@dataclass(slots=True)
class _Link:
    score: int
    text: str
    in_menu: bool
    is_section: bool


def page_links(body: bytes, url: str, content_type: str | None = None, *, most: int = MAX_LINKS) -> PageLinks:
    """Return the links of a page fetched from ``url``; articles and sections only those of the same site.

    An article is told by the shape of its URL (date, words, number), the length of the text that links to it, and
    where the link stands (heading, story, menu). ``most``: links that are looked at, of a page with more the first.
    """
    tree = _tree(decode(body, content_type)[0])
    if tree is None:
        return PageLinks()
    base = web_url(next(iter(_BASES(tree)), None), url) or url
    host = site_name(url)
    here = _key(url)
    best: dict[str, _Link] = {}
    for node, link_url in _anchors(tree, base, most):
        if not same_site(link_url, host) or _key(link_url) == here:
            continue
        link = _judge(node, link_url)
        known = best.get(link_url)
        if known is None:
            best[link_url] = link
        else:
            known.text = max(known.text, link.text, key=len)
            known.score = max(known.score, link.score)
            known.in_menu = known.in_menu or link.in_menu
    articles = [Found(a, link.text or None) for a, link in best.items() if link.score >= _ENOUGH]
    sections = [a for a, link in best.items() if link.score < _ENOUGH and link.is_section and link.in_menu]
    lists = [a for a, link in best.items() if link.score < _ENOUGH and is_list_page(a)]
    return PageLinks(_feeds(tree, base), articles, sections, lists)


def same_site(url: str, host: str) -> bool:
    """Tell whether ``url`` belongs to the site of ``host``: the same host, or a part of it (``sport.a.example``)."""
    other = site_name(url)
    return bool(other) and (other == host or other.endswith(f".{host}"))


def _key(url: str) -> str:
    return urldefrag(url)[0].rstrip("/").partition("://")[2].removeprefix("www.")


def _tree(text: str) -> Element | None:
    text = text.replace("\x00", "")
    if not text.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree: Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None
    return tree


def _feeds(tree: Element, base: str) -> list[FeedLink]:
    found: dict[str, FeedLink] = {}
    for node in tree.iter("link"):
        relation = (node.get("rel") or "").lower().split()
        kind = (node.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" not in relation or kind not in _FEED_TYPES:
            continue
        link_url = web_url(node.get("href"), base)
        if link_url and "comment" not in f"{link_url} {node.get('title') or ''}".lower():
            found.setdefault(link_url, FeedLink(link_url, plain(node.get("title"))))
    return list(found.values())


def _anchors(tree: Element, base: str, most: int) -> Iterator[tuple[Element, str]]:
    for number, node in enumerate(tree.iter("a")):
        if number >= most:
            return
        href = node.get("href") or ""
        if href[:1] in ("#", "") or href[:11].lower() in ("javascript:", "mailto:"):
            continue
        link_url = web_url(href, base)
        if link_url:
            yield node, urldefrag(link_url)[0]


def _judge(node: Element, link_url: str) -> _Link:
    by_url = shape(link_url)
    texts: Iterator[Any] = node.itertext()
    text = collapse(" ".join(texts))[:300]
    words = len(text.split())
    if text and ord(max(text)) > 0x2E80:
        words = max(words, len(text) // 3)
    score = by_url.score + (2 if words >= 6 else 1 if words >= 4 else 0)
    heading = any(child.tag in _HEADINGS for child in node.iterchildren(etree.Element))
    menu = story = False
    for number, above in enumerate(node.iterancestors()):
        heading = heading or (number < 3 and above.tag in _HEADINGS)
        story = story or above.tag == "article"
        menu = menu or above.tag in _BOILERPLATE or (above.get("role") or "") == "navigation"
        if number > 30:
            break
    menu = menu and not story
    if heading:
        score += 2
    elif story:
        score += 1
    if menu:
        score -= 2
    if by_url.score <= -4 or (words < 3 and not heading and by_url.score < _ENOUGH):
        score = min(score, _ENOUGH - 1)
    return _Link(score, text if words >= 3 else "", menu or words <= 3, by_url.is_section)
