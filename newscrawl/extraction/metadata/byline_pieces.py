"""What the markup around a text says of it: that it is the author's, or somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from newscrawl.extraction.metadata.markup import (
    NAMING,
    OWN_FOOTER,
    NamedElement,
    NamedElements,
    may_mean_byline,
    said,
    under,
)
from newscrawl.extraction.segments.model import Segment
from newscrawl.parsing.tree import Element, attributes_of, text_of

_LEVELS: Final = 5
"""How far up an element's names are looked at."""
_ENDS: Final = frozenset(("body", "html", "main", "article"))
"""Elements above which nothing speaks of a single text."""
_TITLE: Final = 4
"""Words of a link that make it another article's title."""
_AUTHOR_LINK: Final = re.compile(
    r"/(?:[\w-]*author|autor|auteur|autore|contributor|journalist|profile|columnist|staff|writer|reporter|editor)"
    r"s?(?:/|\?|\Z)|/(?:by|av|von)/|autoren?[-/]|[?&]_?author=",
    re.IGNORECASE,
)
_AUTHOR_PARTS: Final = (
    "aut", "/by/", "/av/", "/von/", "contributor", "journalist", "profile", "columnist", "staff", "writer", "reporter",
    "editor",
)  # fmt: skip
"""What such a link has a part of: looked for first, as pages have hundreds of links."""


@dataclass(slots=True)
class BylinePiece:
    """Text of one element, and what the markup around it says: ``own`` the author's, ``foreign`` somebody else's."""

    text: str
    own: bool = False
    rel: bool = False
    """``rel`` or ``itemprop`` says so."""
    linked: bool = False
    boxed: bool = False
    astray: bool = False
    """It links to another page of the site than an author's."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is the article's: ``around``, the elements that hold all of it, and ``holding``, those that hold a part."""

    elements: NamedElements
    """Those of the page that were looked at."""
    around: frozenset[Element] = frozenset()
    holding: frozenset[Element] = frozenset()


def pieces_of(item: Segment, scope: Scope, *, rails: bool = False) -> Iterator[BylinePiece]:
    """Yield the texts of a segment's elements that may belong to the article's own byline; ``rails``: in rails, too."""
    signs_of: dict[Any, BylinePiece | None] = {}
    for element, tail in item.nodes:
        text = " ".join(((element.tail if tail else element.text) or "").split())
        owner = element.getparent() if tail else element
        if not text or owner is None:
            continue
        if owner not in signs_of:
            named = scope.elements.of(owner)
            railed = not rails and under(named, "rail", _LEVELS, within=scope.around)
            signs_of[owner] = None if railed or _in_another(named, scope) else _signs(named, scope.around)
        if (signs := signs_of[owner]) is not None:
            yield BylinePiece(text, signs.own, signs.rel, signs.linked, signs.boxed, signs.astray)


def _signs(named: NamedElement, own: frozenset[Element]) -> BylinePiece | None:
    """Return what the markup around a text says of it, or ``None`` where it says that it is another's.

    ``own``: the elements that hold the whole article.
    """
    if under(named, "no_byline", _LEVELS, within=own) and not in_own_footer(named):
        return None
    signs = BylinePiece("")
    at: NamedElement | None = named
    for _ in range(_LEVELS):
        if at is None or at.tag in _ENDS:
            break
        if at.tag == "a":
            href = at.get("href")[:300]
            signs.linked = leads_to_author(href)
            signs.astray = not signs.linked and href.startswith("/")
            signs.rel = signs.rel or "author" in at.get("rel").split()
        signs.rel = signs.rel or "author" in at.get("itemprop")
        signs.own = signs.own or signs.rel or "byline" in at.said
        at = at.parent
    signs.boxed = under(named, "author_box", _LEVELS, within=own)
    return signs


def _in_another(named: NamedElement, scope: Scope) -> bool:
    """Tell whether an element stands in the scope of another article: one of its own, or an item that links to it."""
    at: NamedElement | None = named
    while at is not None:
        element = at.element
        if element in scope.holding:
            return False
        if (
            at.tag == "article"
            and element.find(".//a") is not None
            and next(element.iter("h1", "h2", "h3", "h4"), None) is not None
        ):
            return True
        if at.tag == "li":
            above = [named.element, *named.element.iterancestors()]
            links = (link for link in islice(element.iter("a"), _TITLE) if link not in above)
            return any(len((text_of(link) or "").split()) >= _TITLE for link in links)
        at = at.parent
    return False


def in_own_footer(named: NamedElement) -> bool:
    """Tell whether an element stands in the footer of an entry, not of the site."""
    at: NamedElement | None = named
    for _ in range(_LEVELS):
        if at is None:
            return False
        if OWN_FOOTER in at.said:
            return True
        at = at.parent
    return False


def is_marked(item: Segment, steps: dict[Element, int]) -> bool:
    """Tell whether an element near around a segment's text is marked as an author's.

    ``steps``: how far above the elements looked at already the nearest one marked is.
    """
    for element, tail in item.nodes:
        owner = element.getparent() if tail else element
        if owner is not None and _steps_to_mark(owner, steps) < _LEVELS:
            return True
    return False


def leads_to_author(href: str) -> bool:
    """Tell whether a link leads to the page of an author."""
    lower = href.lower()
    for part in _AUTHOR_PARTS:
        if part in lower:
            break
    else:
        if href.isascii():
            return False
    return _AUTHOR_LINK.search(href) is not None


def _steps_to_mark(element: Element, steps: dict[Element, int]) -> int:
    """Return how many elements up the nearest one marked as an author's is, `_LEVELS` or more where none is near."""
    if element in steps:
        return steps[element]
    unknown = [element]
    at = element.getparent()
    while at is not None and at not in steps:
        unknown.append(at)
        at = at.getparent()
    far = _LEVELS if at is None else steps[at]
    for at in unknown[::-1]:
        far = steps[at] = _LEVELS if at.tag in _ENDS else 0 if _is_own(at) else far + 1
    return far


def _is_own(element: Element) -> bool:
    """Tell whether an element itself is marked as an author's, or links to an author's page."""
    for name, value in attributes_of(element):
        if name in NAMING:
            if may_mean_byline(value) and "byline" in said(element):
                return True
        elif name == "itemprop":
            if "author" in value:
                return True
        elif name == "href" and element.tag == "a":
            if leads_to_author(value[:300]):
                return True
        elif name == "rel" and element.tag == "a" and "author" in value.split():
            return True
    return False
