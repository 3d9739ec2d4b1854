"""Where on a page its dates may stand: one walk over the tree, in document order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

_SKIP = frozenset(("script", "style", "noscript", "template", "svg", "head", "option", "textarea", "iframe", "button"))
_YEAR = re.compile(r"(?:19|20)\d\d|\d[./-]\d{1,2}[./-]\d\d|\d ?[年월]")
_RELATIVE = re.compile(
    r"\b\d{1,3}\s?[^\W\d]{1,12}\.? (?:ago|fa|temu|önce|siden|sedan|geleden|назад|тому|lalu|sitten)\b"
    r"|\d ?(?:시간|分鐘|分钟|小时|小時|時間|分) ?[前전]"
    r"|\b(?:il y a|vor|hace|há|πριν|před|prije|acum) \d"
    r"|\b(?:today|heute|aujourd'hui|hoy|oggi|hoje|dziś|gestern|hier|yesterday)\b.{0,12}\d\d?[:.h]\d\d",
    re.IGNORECASE,
)
_LONG = 110
_WORD = re.compile(r"\w+")
_HEADINGS = frozenset(("h1", "h2"))
_MAX_HITS = 150


@dataclass(slots=True)
class Hit:
    """An element that holds a date, and its place in document order."""

    element: HtmlElement
    order: int
    is_time: bool


@dataclass(slots=True)
class Page:
    """``headline`` and where it stands, where the body begins and ends (document order), and what holds dates."""

    headline: HtmlElement | None = None
    headline_at: int = 0
    body_from: int = 1 << 30
    body_to: int = 1 << 30
    hits: list[Hit] = field(default_factory=list)

    body: HtmlElement | None = None

    def own(self) -> frozenset[HtmlElement]:
        """What holds the headline or the body: it is no teaser, whatever its name."""
        own: set[HtmlElement] = set()
        if self.headline is not None:
            own.update(self.headline.iterancestors())
        if self.body is not None:
            own.add(self.body)
            own.update(self.body.iterancestors())
        return frozenset(own)


def look_over(tree: HtmlElement, titles: list[str]) -> Page:
    """Walk the tree once. ``titles``: what the page calls itself, to know its headline among the headings."""
    page = Page()
    wanted = [set(_WORD.findall(t.casefold())) for t in titles if t]
    headings: list[tuple[float, int, HtmlElement]] = []
    paragraphs: list[tuple[int, HtmlElement | None]] = []
    body = tree.find("body")
    for order, element in enumerate((tree if body is None else body).iter("*")):
        tag = element.tag
        if tag in _SKIP:
            if element.tail and _dated(element.tail):
                parent = element.getparent()
                if parent is not None:
                    page.hits.append(Hit(parent, order, False))
            continue
        if tag in _HEADINGS:
            like = _likeness(element, wanted)
            headings.append((like + (0.5 if tag == "h1" else 0.0), order, element))
        if tag == "time" or element.get("itemprop") in ("datePublished", "dateModified", "dateCreated"):
            page.hits.append(Hit(element, order, True))
            if element.tail and _dated(element.tail):
                _add(page, element.getparent(), order)
            continue
        text = element.text
        if text and _dated(text):
            _add(page, element, order)
        if tag == "p":
            length = len(text or "")
            if length < _LONG and len(element):
                length = sum(len(t) for t in element.itertext("*"))
            if length >= _LONG:
                paragraphs.append((order, element.getparent()))
        if element.tail and _dated(element.tail):
            _add(page, element.getparent(), order)
    _settle(page, headings, paragraphs)
    return page


def _add(page: Page, element: HtmlElement | None, order: int) -> None:
    if element is not None and len(page.hits) < _MAX_HITS:
        page.hits.append(Hit(element, order, False))


def _dated(text: str) -> bool:
    if len(text) < 5 or text.isspace():
        return False
    return (_YEAR.search(text) is not None and len(text) < 400) or (
        len(text) < 120 and _RELATIVE.search(text) is not None
    )


def _likeness(element: HtmlElement, wanted: list[set[str]]) -> float:
    words = set(_WORD.findall("".join(element.itertext("*"))[:400].casefold()))
    return max((len(words & w) / max(len(words | w), 1) for w in wanted), default=0.0) if words else -1.0


def _settle(
    page: Page, headings: list[tuple[float, int, HtmlElement]], paragraphs: list[tuple[int, HtmlElement | None]]
) -> None:
    if headings:
        best = max(headings, key=lambda h: (h[0], -h[1]))
        if best[0] > 0.3:
            page.headline_at, page.headline = best[1], best[2]
    after = [(order, parent) for order, parent in paragraphs if order > page.headline_at]
    if after:
        parents = [parent for _, parent in after]
        main = max(set(parents), key=parents.count)
        inside = [order for order, parent in after if parent is main]
        page.body_from, page.body_to, page.body = after[0][0], inside[-1], main
