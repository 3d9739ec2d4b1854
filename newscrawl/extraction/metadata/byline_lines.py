"""The lines around an article's text in which its author may stand: its header, what is above it, and its footer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from newscrawl.dates import is_date_line
from newscrawl.extraction.metadata.markup import names, says, under
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role

_LEVELS = 5
"""How far up an element's names are looked at."""
_ENDS = frozenset(("body", "html", "main", "article"))
"""Elements above which nothing speaks of a single text."""
_ABOVE = 4
_HEADER = 30
_BEFORE = 10
"""Lines before the text that are looked at where the header is longer, or there is no headline."""
_INTO = 3
"""Segments of the text's beginning that may be a byline taken for text."""
_FOOTER = 14
_LINE = 240
_PROSE = 80
"""Characters that make a piece of the text a paragraph, and no word of a menu taken for text."""
_OWN_FOOTER = re.compile(r"(?:entry|post|article|story)[-_]?\w{0,8}footer", re.IGNORECASE)
_AUTHOR_LINK = re.compile(
    r"/(?:[\w-]*author|autor|auteur|autore|contributor|journalist|profile|columnist|staff|writer|reporter|editor)"
    r"s?(?:/|\?|\Z)|/(?:by|av|von)/|autoren?[-/]|[?&]_?author=",
    re.IGNORECASE,
)
_SHORT_TIME = re.compile(
    r"\d{1,3}\+?\s?(?:-|\s)?(?:min(?:ute[ns]?|uti|utos|uten)?\.?|mins)\b|min(?:utes)? read|lesezeit|\b\d{1,2}:\d{2}\b",
    re.IGNORECASE,
)
_RIGHT = re.compile(r"text-align\s?:\s?(?:right|end)|(?:text|align)-?(?:right|end)\b", re.IGNORECASE)


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


@dataclass(slots=True)
class BylineLine:
    """A line a reader sees: its text, its pieces, and whether it is a date or reading time."""

    text: str
    pieces: list[BylinePiece]
    role: Role
    dated: bool
    heading: bool
    set_apart: bool
    """Bold throughout."""
    right: bool
    """Aligned with the right margin."""


@dataclass(slots=True)
class BylineSurroundings:
    """Lines in reading order: ``header`` from the headline into the text, ``above`` it, ``footer`` behind the text."""

    header: list[BylineLine] = field(default_factory=list)
    above: list[BylineLine] = field(default_factory=list)
    footer: list[BylineLine] = field(default_factory=list)
    title: str = ""


def surroundings(segments: list[Segment], roles: list[Role]) -> BylineSurroundings:
    """Return the lines around an article's text."""
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    body = body[next((at for at, i in enumerate(body) if len(segments[i].text) >= _PROSE), 0) :]
    titles = [i for i, role in enumerate(roles) if role is Role.HEADLINE and (not body or i < body[0])]
    if not body and not titles:
        return BylineSurroundings()
    first, last = (body[0], body[-1]) if body else (len(segments), titles[-1] + _HEADER)
    title = titles[-1] if titles else max(first - _BEFORE, 0) - 1
    into = range(first, body[:_INTO][-1] + 1) if body else range(0)
    between = list(range(title + 1, min(first, len(segments))))
    if len(between) > _HEADER:
        between = [*between[: _HEADER - _BEFORE], *between[-_BEFORE:]]
    root = _common(segments[title].frame if titles else None, *(segments[i].frame for i in (body[:1] + body[-1:])))
    behind = [i for i in range(last, min(last + _FOOTER, len(segments))) if _within(segments[i].frame, root)]
    header = [*(titles[-1:]), *between, *into]
    return BylineSurroundings(
        list(_lines(segments, roles, header)),
        list(_lines(segments, roles, range(max(title - _ABOVE, 0), max(title, 0)))),
        list(_lines(segments, roles, behind)),
        segments[title].text if titles else "",
    )


def marked_elsewhere(segments: list[Segment], roles: list[Role]) -> list[BylinePiece]:
    """Return the texts anywhere on the page that are marked as an author's, whosever they are."""
    found = []
    marked: dict[Any, bool] = {}
    for item, role in zip(segments, roles, strict=True):
        # Few pages mark any: a look at each element once is a tenth of the work of reading all pieces.
        if role is not Role.CAPTION and len(item.text) <= _LINE and _is_marked(item, marked):
            found += [piece for piece in _pieces(item) if piece.own]
    return found


def _is_marked(item: Segment, marked: dict[Any, bool]) -> bool:
    """Tell whether an element around a segment's text is marked as an author's; ``marked``: those looked at already."""
    for element, tail in item.nodes:
        at = element.getparent() if tail else element
        for _ in range(_LEVELS):
            if at is None or at.tag in _ENDS:
                break
            own = marked.get(at)
            if own is None:
                own = marked[at] = _is_own(at)
            if own:
                return True
            at = at.getparent()
    return False


def _is_own(element: Any) -> bool:
    """Tell whether an element itself is marked as an author's."""
    if element.tag == "a" and "author" in (element.get("rel") or "").split():
        return True
    return "author" in (element.get("itemprop") or "") or says(element, "byline")


def _lines(segments: list[Segment], roles: list[Role], wanted: Any) -> Iterator[BylineLine]:
    for i in wanted:
        item = segments[i]
        if roles[i] is Role.CAPTION or len(item.text) > _LINE:
            continue
        pieces = list(_pieces(item))
        if not pieces:
            continue
        dated = roles[i] is Role.DATE or bool(
            len(item.text) <= 80
            and any(map(str.isdigit, item.text))
            and (_SHORT_TIME.search(item.text) or is_date_line(item.text))
        )
        right = bool(_RIGHT.search(f"{item.frame.element.get('style') or ''} {names(item.frame.element)}"))
        heading = item.frame.tag in ("h1", "h2", "h3", "h4", "h5")
        yield BylineLine(item.text, pieces, roles[i], dated, heading, item.bold_chars >= len(item.text) - 1, right)


def _pieces(item: Segment) -> Iterator[BylinePiece]:
    """Yield the texts of a segment's elements that may belong to the article's own byline."""
    seen: dict[Any, BylinePiece | None] = {}
    for element, tail in item.nodes:
        text = " ".join(((element.tail if tail else element.text) or "").split())
        owner = element.getparent() if tail else element
        if not text or owner is None:
            continue
        if owner not in seen:
            seen[owner] = _signs(owner)
        if (signs := seen[owner]) is not None:
            yield BylinePiece(text, signs.own, signs.rel, signs.linked, signs.boxed, signs.astray)


def _signs(element: Any) -> BylinePiece | None:
    """Return what the markup around a text says of it, or ``None`` where it says that it is another's."""
    if under(element, "no_byline", _LEVELS) and not _in_own_footer(element):
        return None
    signs = BylinePiece("")
    at = element
    for _ in range(_LEVELS):
        if at is None or at.tag in _ENDS:
            break
        if at.tag == "a":
            href = (at.get("href") or "")[:300]
            signs.linked = bool(_AUTHOR_LINK.search(href))
            signs.astray = not signs.linked and href.startswith("/")
            signs.rel = signs.rel or "author" in (at.get("rel") or "").split()
        signs.rel = signs.rel or "author" in (at.get("itemprop") or "")
        signs.own = signs.own or signs.rel or says(at, "byline")
        at = at.getparent()
    signs.boxed = under(element, "author_box", _LEVELS)
    return signs


def _in_own_footer(element: Any) -> bool:
    """Tell whether an element stands in the footer of an entry, not of the site."""
    return any(_OWN_FOOTER.search(names(above)) for above in [element, *element.iterancestors()][:_LEVELS])


def _common(*frames: Frame | None) -> Frame | None:
    """Return the deepest frame around all of ``frames``."""
    given = [frame for frame in frames if frame is not None]
    if not given:
        return None
    at: Frame | None = given[0]
    while at is not None and not all(_within(other, at) for other in given):
        at = at.parent
    while (
        at is not None and at.parent is not None and at.tag not in ("article", "section", "main", "div", "td", "body")
    ):
        at = at.parent
    return at


def _within(frame: Frame, around: Frame | None) -> bool:
    at: Frame | None = frame
    while at is not None and at is not around:
        at = at.parent
    return at is around
