"""The lines around an article's text in which its author may stand: its header, what is above it, and its footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from newscrawl.dates import is_date_line
from newscrawl.extraction.metadata.lexicon import lexicon
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
_LATE = 8
"""Segments of the text's beginning among which a labelled byline may stand."""
_FOOTER = 14
_NEARLY_ALL = 0.8
_TITLE = 4
"""Words of a link that make it another article's title."""
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
    in_own_footer: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What is the article's: ``around``, the elements that hold all of it, and ``holding``, those that hold a part."""

    around: frozenset[Any] = frozenset()
    holding: frozenset[Any] = frozenset()


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
    body = _behind_headline(segments, roles, body)
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
    scope = Scope(_around(root), _holding(segments, [*titles[-1:], *body[:1], *body[-1:]]))
    behind = [i for i in range(last, min(last + _FOOTER, len(segments))) if _within(segments[i].frame, root)]
    late = _labelled(segments, roles, range(into.stop, body[:_LATE][-1])) if body else []
    header = [*(titles[-1:]), *between, *into, *late]
    return BylineSurroundings(
        list(_lines(segments, roles, header, scope)),
        list(_lines(segments, roles, range(max(title - _ABOVE, 0), max(title, 0)), scope)),
        list(_lines(segments, roles, behind, scope)),
        segments[title].text if titles else "",
    )


def _labelled(segments: list[Segment], roles: list[Role], wanted: Iterable[int]) -> list[int]:
    """Return the segments that begin with a label of authors and are no text: a byline below a summary."""
    return [
        i
        for i in wanted
        if roles[i] is not Role.BODY
        and len(segments[i].text) <= _LINE
        and lexicon().by.match(f"{segments[i].text.lower()} ")
    ]


def _behind_headline(segments: list[Segment], roles: list[Role], body: list[int]) -> list[int]:
    """Return the body's segments without those before the headline, where nearly all of the text stands behind it."""
    title = next((i for i, role in enumerate(roles) if role is Role.HEADLINE), -1)
    behind = [i for i in body if i > title]
    if len(behind) == len(body) or not behind:
        return body
    most = sum(len(segments[i].text) for i in behind) > _NEARLY_ALL * sum(len(segments[i].text) for i in body)
    return behind if most else body


def marked_elsewhere(segments: list[Segment], roles: list[Role]) -> list[list[BylinePiece]]:
    """Return the texts anywhere on the page that are marked as an author's, whosever they are, a list each place."""
    found: dict[Any, list[BylinePiece]] = {}
    scope = Scope(holding=_holding(segments, [i for i, role in enumerate(roles) if role in (Role.HEADLINE, Role.BODY)]))
    marked: dict[Any, bool] = {}
    for item, role in zip(segments, roles, strict=True):
        # Few pages mark any: a look at each element once is a tenth of the work of reading all pieces.
        if role is not Role.CAPTION and len(item.text) <= _LINE and _is_marked(item, marked):
            place = item.frame.parent if item.frame.tag == "li" else item.frame
            pieces = [piece for piece in _pieces(item, scope, rails=True) if piece.own or piece.linked]
            found.setdefault(place, []).extend(pieces)
    return [pieces for pieces in found.values() if pieces]


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
    """Tell whether an element itself is marked as an author's, or links to an author's page."""
    if element.tag == "a":
        href = (element.get("href") or "")[:300]
        if "author" in (element.get("rel") or "").split() or _AUTHOR_LINK.search(href):
            return True
    return "author" in (element.get("itemprop") or "") or says(element, "byline")


def _lines(segments: list[Segment], roles: list[Role], wanted: Iterable[int], scope: Scope) -> Iterator[BylineLine]:
    for i in wanted:
        item = segments[i]
        if roles[i] is Role.CAPTION or len(item.text) > _LINE:
            continue
        pieces = list(_pieces(item, scope))
        if not pieces:
            continue
        dated = roles[i] is Role.DATE or bool(
            len(item.text) <= 80
            and any(map(str.isdigit, item.text))
            and (_SHORT_TIME.search(item.text) or is_date_line(item.text))
        )
        right = bool(_RIGHT.search(f"{item.frame.element.get('style') or ''} {names(item.frame.element)}"))
        heading = item.frame.tag in ("h1", "h2", "h3", "h4", "h5")
        bold = item.bold_chars >= len(item.text) - 1
        closing = _in_own_footer(item.frame.element)
        yield BylineLine(item.text, pieces, roles[i], dated, heading, bold, right, closing)


def _pieces(item: Segment, scope: Scope, *, rails: bool = False) -> Iterator[BylinePiece]:
    """Yield the texts of a segment's elements that may belong to the article's own byline; ``rails``: in rails, too."""
    seen: dict[Any, BylinePiece | None] = {}
    for element, tail in item.nodes:
        text = " ".join(((element.tail if tail else element.text) or "").split())
        owner = element.getparent() if tail else element
        if not text or owner is None:
            continue
        if owner not in seen:
            railed = not rails and under(owner, "rail", _LEVELS, within=scope.around)
            seen[owner] = None if railed or _in_another(owner, scope) else _signs(owner, scope.around)
        if (signs := seen[owner]) is not None:
            yield BylinePiece(text, signs.own, signs.rel, signs.linked, signs.boxed, signs.astray)


def _signs(element: Any, own: frozenset[Any]) -> BylinePiece | None:
    """Return what the markup around a text says of it, or ``None`` where it says that it is another's.

    ``own``: the elements that hold the whole article.
    """
    if under(element, "no_byline", _LEVELS, within=own) and not _in_own_footer(element):
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
    signs.boxed = under(element, "author_box", _LEVELS, within=own)
    return signs


def _in_another(element: Any, scope: Scope) -> bool:
    """Tell whether an element stands in the scope of another article: one of its own, or an item that links to it."""
    above = [element, *element.iterancestors()]
    for at in above:
        if at in scope.holding:
            return False
        if (
            at.tag == "article"
            and at.find(".//a") is not None
            and next(at.iter("h1", "h2", "h3", "h4"), None) is not None
        ):
            return True
        if at.tag == "li":
            links = (link for link in islice(at.iter("a"), _TITLE) if link not in above)
            return any(len((link.text_content() or "").split()) >= _TITLE for link in links)
    return False


def _in_own_footer(element: Any) -> bool:
    """Tell whether an element stands in the footer of an entry, not of the site."""
    return any(
        _OWN_FOOTER.search(names(above)) for above in islice(chain((element,), element.iterancestors()), _LEVELS)
    )


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


def _holding(segments: list[Segment], wanted: Iterable[int]) -> frozenset[Any]:
    """Return the elements that hold one of the segments wanted."""
    found: set[Any] = set()
    for i in wanted:
        frame: Frame | None = segments[i].frame
        while frame is not None and frame.element not in found:
            found.add(frame.element)
            frame = frame.parent
    return frozenset(found)


def _around(frame: Frame | None) -> frozenset[Any]:
    """Return the elements of a frame and of those around it."""
    found = []
    while frame is not None:
        found.append(frame.element)
        frame = frame.parent
    return frozenset(found)


def _within(frame: Frame, around: Frame | None) -> bool:
    at: Frame | None = frame
    while at is not None and at is not around:
        at = at.parent
    return at is around
