"""The lines around an article's text in which its author may stand: its header, what is above it, and its footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from newscrawl.dates import is_date_line
from newscrawl.extraction.metadata.byline_labels import is_others
from newscrawl.extraction.metadata.byline_pieces import BylinePiece, Scope, in_own_footer, is_marked, pieces_of
from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.markup import NamedElement, NamedElements, names
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.tree import Element

_ABOVE: Final = 4
_HEADER: Final = 30
_BEFORE: Final = 10
"""Lines before the text that are looked at where the header is longer, or there is no headline."""
_INTO: Final = 3
"""Segments of the text's beginning that may be a byline taken for text."""
_LATE: Final = 8
"""Segments of the text's beginning among which a labelled byline may stand."""
_FOOTER: Final = 14
_NEARLY_ALL: Final = 0.8
_LINE: Final = 240
_PROSE: Final = 80
"""Characters that make a piece of the text a paragraph, and no word of a menu taken for text."""
_SHORT_TIME: Final = re.compile(
    r"\d{1,3}\+?\s?(?:-|\s)?(?:min(?:ute[ns]?|uti|utos|uten)?\.?|mins)\b|min(?:utes)? read|lesezeit|\b\d{1,2}:\d{2}\b",
    re.IGNORECASE,
)
_RIGHT: Final = re.compile(r"text-align\s?:\s?(?:right|end)|(?:text|align)-?(?:right|end)\b", re.IGNORECASE)


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
    frame: NamedElement

    @property
    def right(self) -> bool:
        """Tell whether it is aligned with the right margin."""
        element = self.frame.element
        return bool(_RIGHT.search(f"{element.get('style') or ''} {names(element)}"))

    @property
    def in_own_footer(self) -> bool:
        """Tell whether it stands in the footer of an entry, not of the site."""
        return in_own_footer(self.frame)


@dataclass(slots=True)
class BylineSurroundings:
    """Lines in reading order: ``header`` from the headline into the text, ``above`` it, ``footer`` behind the text.

    Those above are only read where somebody asks for them.
    """

    header: list[BylineLine] = field(default_factory=list)
    above: Iterable[BylineLine] = ()
    footer: list[BylineLine] = field(default_factory=list)
    title: str = ""


def surroundings(segments: list[Segment], roles: list[Role], elements: NamedElements) -> BylineSurroundings:
    """Return the lines around an article's text; ``elements``: those of the page that were looked at."""
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
    scope = Scope(elements, _around(root), _holding(segments, [*titles[-1:], *body[:1], *body[-1:]]))
    behind = [i for i in range(last, min(last + _FOOTER, len(segments))) if _within(segments[i].frame, root)]
    late = _labelled(segments, roles, range(into.stop, body[:_LATE][-1])) if body else []
    header = [*(titles[-1:]), *between, *into, *late]
    return BylineSurroundings(
        list(_lines(segments, roles, header, scope)),
        _lines(segments, roles, range(max(title - _ABOVE, 0), max(title, 0)), scope),
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


def marked_elsewhere(segments: list[Segment], roles: list[Role], elements: NamedElements) -> list[list[BylinePiece]]:
    """Return the texts anywhere on the page that are marked as an author's, whosever they are, a list each place.

    Whom a label calls something else (a reviewer, an editor) is left out wherever the name stands.
    """
    others: set[str] = set()
    found: dict[Any, list[BylinePiece]] = {}
    own = [i for i, role in enumerate(roles) if role in (Role.HEADLINE, Role.BODY)]
    scope = Scope(elements, holding=_holding(segments, own))
    steps: dict[Element, int] = {}
    for item, role in zip(segments, roles, strict=True):
        # Few pages mark any: a look at each element once is a tenth of the work of reading all pieces.
        if role is not Role.CAPTION and len(item.text) <= _LINE and is_marked(item, steps):
            place = item.frame.parent if item.frame.tag == "li" else item.frame
            pieces = [piece for piece in pieces_of(item, scope, rails=True) if piece.own or piece.linked]
            if is_others(item.text):
                others.update(piece.text for piece in pieces)
            found.setdefault(place, []).extend(pieces)
    own_pieces = ([piece for piece in pieces if piece.text not in others] for pieces in found.values())
    return [pieces for pieces in own_pieces if pieces]


def _lines(segments: list[Segment], roles: list[Role], wanted: Iterable[int], scope: Scope) -> Iterator[BylineLine]:
    for i in wanted:
        item = segments[i]
        if roles[i] is Role.CAPTION or len(item.text) > _LINE:
            continue
        pieces = list(pieces_of(item, scope))
        if not pieces:
            continue
        dated = roles[i] is Role.DATE or bool(
            len(item.text) <= 80
            and any(map(str.isdigit, item.text))
            and (_SHORT_TIME.search(item.text) or is_date_line(item.text))
        )
        heading = item.frame.tag in ("h1", "h2", "h3", "h4", "h5")
        bold = item.bold_chars >= len(item.text) - 1
        yield BylineLine(item.text, pieces, roles[i], dated, heading, bold, scope.elements.of(item.frame.element))


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


def _holding(segments: list[Segment], wanted: Iterable[int]) -> frozenset[Element]:
    """Return the elements that hold one of the segments wanted."""
    found: set[Element] = set()
    for i in wanted:
        frame: Frame | None = segments[i].frame
        while frame is not None and frame.element not in found:
            found.add(frame.element)
            frame = frame.parent
    return frozenset(found)


def _around(frame: Frame | None) -> frozenset[Element]:
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
