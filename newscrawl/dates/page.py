"""Where on a page its dates may stand: a walk over the tree, or only around the headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from newscrawl.parsing.tree import Element, text_of
from newscrawl.text.normalise import caseless_words

_SKIP: Final = frozenset(
    ("script", "style", "noscript", "template", "svg", "head", "option", "textarea", "iframe", "button")
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d|\d[./-](?:\d{1,2}|[^\W\d]{3,9})[./-]\d\d|\d ?[年월]")
_DIGIT: Final = re.compile(r"\d")
_AGO: Final = re.compile(
    r"\b\d{1,3}\s?[^\W\d]{1,12}\.? (?:ago|fa|temu|önce|siden|sedan|geleden|назад|тому|lalu|sitten)\b"
    r"|\d ?(?:시간|分鐘|分钟|小时|小時|時間|分) ?[前전]"
    r"|\b(?:il y a|vor|hace|há|πριν|před|prije|acum) \d",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"\d[:.h]\d\d", re.IGNORECASE)
_TIMED: Final = re.compile(
    r"\b\d{1,2}\.? [^\W\d]{3,12}\.?,? .{0,4}\d\d?[:.h]\d\d|\b[^\W\d]{3,12}\.? \d{1,2},? .{0,4}\d\d?:\d\d"
    r"|\b(?:today|heute|aujourd'hui|hoy|oggi|hoje|dziś|gestern|hier|yesterday)\b.{0,12}\d\d?[:.h]\d\d",
    re.IGNORECASE,
)
"""A day without its year and a time: only looked for where there is one of the clock."""
_LONG: Final = 110
"""Characters that make a text a paragraph of a body."""
_BRIEF: Final = 120
_TEXT_BOXES: Final = frozenset(("div", "td", "section", "article", "main"))
_MAX_HITS: Final = 400
_BEFORE, _AFTER = 60, 160
_BEYOND_BODY: Final = 8
_DUBLIN_CORE: Final = frozenset(("dc:date", "dc:created", "dcterms:created", "dcterms:issued", "dcterms:modified"))
_DATING: Final = frozenset(("itemprop", "datetime", "property", "title"))
_DATE_PROPERTIES: Final = frozenset(("datePublished", "dateModified", "dateCreated"))


@dataclass(slots=True)
class DateElement:
    """An element that holds a date, and its place in document order."""

    element: Element
    order: int
    is_time: bool
    piece: str = ""
    """The run of text in which the date stands, between two tags."""


@dataclass(slots=True)
class PageLayout:
    """``headline`` and where it stands, where the body begins and ends (document order), and what holds dates."""

    headline: Element | None = None
    headline_at: int = 0
    body: Element | None = None
    body_from: int = 1 << 30
    body_to: int = 1 << 30
    hits: list[DateElement] = field(default_factory=list)

    def own(self) -> frozenset[Element]:
        """Return what holds the headline or the body: it is no teaser, whatever its name."""
        own: set[Element] = set()
        for element in (self.headline, self.body):
            if element is not None:
                own.update(element.iterancestors())
        if self.body is not None:
            own.add(self.body)
        return frozenset(own)


def look_over(tree: Element, titles: list[str], *, head_only: bool = False) -> PageLayout:
    """Find what holds dates. ``titles``: what the page calls itself, to know its headline among the headings.

    ``head_only``: look only around the headline, if there is one; enough where tags give the dates already.
    """
    body = tree.find("body")
    root = tree if body is None else body
    page = PageLayout(headline=_headline(root, titles))
    paragraphs: list[tuple[int, Element | None]] = []
    if head_only and page.headline is not None:
        before = [(-n, e) for n, e in enumerate(islice(_preceding(page.headline), _BEFORE), start=1)]
        for order, element in before[::-1]:
            _visit(page, element, order, paragraphs)
        paragraphs.clear()
        for order, element in enumerate(islice(_following(page.headline), _AFTER)):
            _visit(page, element, order, paragraphs)
            if paragraphs and order > paragraphs[0][0] + _BEYOND_BODY:
                break
    else:
        for order, element in enumerate(root.iter("*")):
            if element is page.headline:
                page.headline_at = order
            _visit(page, element, order, paragraphs)
    _settle(page, paragraphs)
    return page


def _headline(root: Element, titles: list[str]) -> Element | None:
    wanted = [set(caseless_words(title)) for title in titles if title]
    best, found = 0.3, None
    for element in islice(root.iter("h1", "h2"), 60):
        bonus = 0.5 if element.tag == "h1" else -0.1
        if 1.0 + bonus > best and (like := _likeness(element, wanted) + bonus) > best:
            best, found = like, element
    return found


def _likeness(element: Element, wanted: list[set[str]]) -> float:
    words = set(caseless_words(text_of(element)[:400]))
    return max((len(words & w) / max(len(words | w), 1) for w in wanted), default=0.0) if words else -1.0


def _following(element: Element) -> Iterator[Element]:
    """Yield the element and those after it in document order; what lies in scripts and the like is passed over."""
    current: Element | None = element
    while current is not None:
        yield current
        child = current[0] if len(current) and current.tag not in _SKIP else None
        while child is None and current is not None:
            child = current.getnext()
            if child is None:
                current = current.getparent()
        current = child


def _preceding(element: Element) -> Iterator[Element]:
    """Yield the elements before one, the nearest first, without ancestors."""
    current: Element | None = element
    while current is not None:
        before = current.getprevious()
        if before is None:
            current = current.getparent()
            continue
        while len(before) and before.tag not in _SKIP:
            yield before
            before = before[-1]
        yield before
        current = before


def _visit(page: PageLayout, element: Element, order: int, paragraphs: list[tuple[int, Element | None]]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    if tail and len(tail) > 4 and not tail.isspace():
        if _dated(tail):
            _add(page, element.getparent(), order, tail)
        if len(tail) >= _LONG:
            paragraphs.append((order, element.getparent()))
    if tag in _SKIP or not isinstance(tag, str):
        return
    if tag == "time" or _names_date(element):
        if len(page.hits) < _MAX_HITS:
            page.hits.append(DateElement(element, order, True))
        return
    length = len(text) if text else 0
    is_blank = text is None or text.isspace()
    if text and length >= 4 and not is_blank and _dated(text):
        _add(page, element, order, text)
    if tag == "p":
        if length < _LONG and len(element):
            length = sum(len(t) for t in element.itertext("*"))
        if length >= _LONG:
            paragraphs.append((order, element.getparent()))
    elif length >= _LONG and tag in _TEXT_BOXES and not is_blank:
        paragraphs.append((order, element))


def _names_date(element: Element) -> bool:
    """Tell whether an attribute holds the date: microdata, RDFa, hAtom's ``abbr`` or an element that tells times."""
    if _DATING.isdisjoint(element.keys()):  # nearly all, at the cost of asking for one attribute
        return False
    get = element.get
    if get("itemprop") in _DATE_PROPERTIES or get("datetime"):
        return True
    if (rdfa := get("property")) and get("content"):
        return rdfa.rpartition(":")[2] in _DATE_PROPERTIES or rdfa in _DUBLIN_CORE
    return element.tag == "abbr" and bool(get("title"))


def _add(page: PageLayout, element: Element | None, order: int, piece: str) -> None:
    if element is not None and len(page.hits) < _MAX_HITS:
        page.hits.append(DateElement(element, order, False, piece[:_LONG]))


def _dated(text: str) -> bool:
    """Tell whether a text that is not blank may hold a date."""
    if _DIGIT.search(text, 0, 400) is None:
        return False
    if _YEAR.search(text, 0, 400 if len(text) < 400 else 60) is not None:
        return True
    if len(text) >= _BRIEF:
        return False
    return _AGO.search(text) is not None or (_CLOCK.search(text) is not None and _TIMED.search(text) is not None)


def _settle(page: PageLayout, paragraphs: Iterable[tuple[int, Element | None]]) -> None:
    after = [(order, parent) for order, parent in paragraphs if order > page.headline_at and parent is not None]
    if after:
        parents = [parent for _, parent in after]
        main = max(dict.fromkeys(parents), key=parents.count)  # the first of several with as many: always the same
        inside = [order for order, parent in after if parent is main]
        page.body_from, page.body_to, page.body = after[0][0], inside[-1], main
