"""What the names and the place of an element tell of the date in it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal
from urllib.parse import urljoin, urlsplit

from newscrawl.dates.candidate import Role
from newscrawl.parsing.tree import Element, attributes_of
from newscrawl.text.package_data import table

_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAMES = ("class", "id", "itemprop", "property", "data-testid", "data-component", "data-qa")
Belonging = Literal["article", "boilerplate", "foreign"]
_BOILERPLATE_TAGS = frozenset(("nav", "footer", "aside", "form", "figure", "blockquote"))
_DEEPEST = 120
_MAX_CARDS = 200
_CARDS = frozenset(("article", "li"))
_DATE_PATH = re.compile(r"(?:/[a-z-]{1,20})?/?\d{4}(?:[/-]\d{1,2}){0,2}/?\Z")


@cache
def _words() -> dict[str, frozenset[str]]:
    data = table("dates/context.toml")
    return {entry["kind"]: frozenset(entry["tokens"]) for entry in data["words"]}


@lru_cache(maxsize=8192)
def kinds(name: str) -> frozenset[str]:
    """Return the kinds of word in a class name or id: those of ``data/dates/context.toml``.

    >>> sorted(kinds("entry-date published")), sorted(kinds("relatedPosts"))
    (['date', 'published'], ['foreign'])
    """
    parts = [p.lower() for p in _PARTS.findall(name[:300])]
    tokens = {*parts, *(a + b for a, b in pairwise(parts))}
    return frozenset(kind for kind, words in _words().items() if tokens & words)


def names_of(element: Element) -> str:
    """Return what an element is called: class, id, itemprop, and the names test suites give."""
    given = dict(attributes_of(element))
    return " ".join([part for name in _NAMES if (part := given.get(name))])


def role_of(element: Element) -> Role:
    """Return the role an element's own names give it."""
    found = kinds(names_of(element))
    if "modified" in found and "published" not in found:
        return "modified"
    if ("published" in found and "modified" not in found) or element.get("pubdate") is not None:
        return "published"
    return "unknown"


class DateSurroundings:
    """What the elements of a page belong to. ``own``: what holds the headline or the body, whatever its name."""

    def __init__(self, own: frozenset[Element], url: str) -> None:
        """``url``: the page's own URL."""
        self.own, self.url = own, url
        self._cards: dict[Element, bool] = {}
        self._kinds: dict[Element, frozenset[str]] = {}

    def of(self, element: Element, *, near: bool = False, by_links_only: bool = False) -> Belonging:
        """Tell whether an element is the article's, stands in a frame, or is another's.

        ``near``: it stands right below the headline, where names mislead (``entry-comments-link``, ``sidebar-left``)
        and only a link to another page tells. ``by_links_only``: elsewhere, too, only comments go by their names.
        """
        result: Belonging = "article"
        current: Element | None = element
        for _ in range(_DEEPEST):
            if current is None or current in self.own:
                break
            tag = current.tag
            found = self._kinds.get(current)
            if found is None:
                found = self._kinds[current] = frozenset() if tag == "body" else kinds(names_of(current))
            if not near and ("comment" in found or ("foreign" in found and not by_links_only)):
                return "foreign"
            away = tag == "a" and _leads_away(current.get("href"), self.url) and not (near and _in_date(current))
            if away or (tag in _CARDS and self._is_card(current)):
                return "foreign"
            if not near and (tag in _BOILERPLATE_TAGS or ("boilerplate" in found and "date" not in found)):
                result = "boilerplate"
            current = current.getparent()
        return result

    def _is_card(self, element: Element) -> bool:
        """Tell whether an element has a heading that links: a teaser, unless nothing else is known of the page."""
        if not self.own:
            return False
        if element not in self._cards:
            self._cards[element] = len(self._cards) < _MAX_CARDS and _has_linked_heading(element)
        return self._cards[element]


def _in_date(link: Element) -> bool:
    """Tell whether a link stands in an element that holds a date by name: the date itself links to an archive."""
    parent = link.getparent()
    return parent is not None and "date" in kinds(names_of(parent))


def _leads_away(href: str | None, url: str) -> bool:
    if not href or href.startswith(("#", "javascript:")):
        return False
    try:
        target, here = urlsplit(urljoin(url, href)), urlsplit(url)
    except ValueError:
        return True
    path = target.path.rstrip("/")
    if f"{here.path}/".startswith(f"{path}/"):
        return False  # the page itself, or a folder above it: a section, and no other article
    if path and target.netloc and f"{here.netloc}{here.path}".rstrip("/").endswith(f"/{target.netloc}{path}"):
        return False  # the page itself, which was fetched from an archive
    return not _DATE_PATH.match(path)


def _has_linked_heading(card: Element) -> bool:
    for heading in card.iter("h2", "h3", "h4"):
        parent = heading.getparent()
        if (parent is not None and parent.tag == "a") or heading.find(".//a") is not None:
            return True
    return False
