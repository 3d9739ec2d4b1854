"""Boxes decided as wholes: the last short lines of a box follow the rest of it, an offer's its form."""

from __future__ import annotations

from typing import Final

from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.widgets.lexicon import LexiconHit, default_lexicon
from newscrawl.widgets.markup import bit

_BOXES: Final = ("newsletter", "related", "social", "ad", "donation", "consent", "follow", "video", "author_bio")
_TAGS: Final = frozenset(("div", "section", "aside", "ul", "ol", "form", "nav", "footer"))
_LONG: Final = 100
_FEW: Final = 5
"""Spaces from which a line that begins in lower case is the rest of a sentence."""
_MOST_SEGMENTS: Final = 60
_OFFERS: Final = ("newsletter", "donation")
_OFFER_SEGMENTS: Final = 12
_OFFER: Final = 600
"""Characters up to which a box with a form is an offer as a whole."""
_GONE: Final = 0.6


def empty_boxes(segments: list[Segment], roles: list[Role]) -> None:
    """Take what is left of a box that is a widget by name or label, and mostly gone, out of the body, in place."""
    mask = sum(bit(kind) for kind in _BOXES)
    seen: set[int] = set()
    for i, role in enumerate(roles):
        if role is not Role.BODY or not _is_leftover(segments[i]):
            continue
        at: Frame | None = segments[i].frame
        while at is not None and at.parent is not None and at.segments <= _MOST_SEGMENTS:
            if at.tag in _TAGS and at.index not in seen:
                seen.add(at.index)
                gone = _is_mostly_gone(at, segments, roles) and (at.marks & mask or _is_labelled(at, segments, roles))
                if gone or _is_offer(at, segments, roles):
                    for k in range(at.first, at.last + 1):
                        if roles[k] is Role.BODY:
                            roles[k] = Role.OUT
            at = at.parent


def _is_leftover(item: Segment) -> bool:
    """Tell whether a segment is a short line, and no rest of a sentence that the box broke."""
    rest = item.text[0].islower() and item.text.count(" ") >= _FEW
    return not item.prose and len(item.text) <= _LONG and not rest


def _is_mostly_gone(box: Frame, segments: list[Segment], roles: list[Role]) -> bool:
    """Tell whether only short lines of a box are the body's, and less of its text than what is out."""
    body = [k for k in range(box.first, box.last + 1) if roles[k] is Role.BODY]
    gone = [k for k in range(box.first, box.last + 1) if roles[k] is Role.OUT]
    if not all(_is_leftover(segments[k]) for k in body):
        return False
    size = sum(len(segments[k].text) for k in gone)
    return bool(body) and size >= _GONE * (size + sum(len(segments[k].text) for k in body))


def _is_offer(box: Frame, segments: list[Segment], roles: list[Role]) -> bool:
    """Tell whether a small box calls itself a letter's or an appeal's and has its form: an e-mail field, a button."""
    kinds = [kind for kind in _OFFERS if box.marks & bit(kind)]
    if not kinds or box.segments > _OFFER_SEGMENTS or box.chars > _OFFER:
        return False
    return box.emails > 0 or any(
        roles[k] is Role.OUT and any(hit.strength == "label" and hit.kind in kinds for hit in _hits(segments[k].text))
        for k in range(box.first, box.last + 1)
    )


def _hits(text: str) -> tuple[LexiconHit, ...]:
    return default_lexicon().hits(text)


def _is_labelled(box: Frame, segments: list[Segment], roles: list[Role]) -> bool:
    """Tell whether a box begins with a widget's label that is out."""
    text = segments[box.first].text
    return roles[box.first] is Role.OUT and len(text) < _LONG and any(hit.strength == "label" for hit in _hits(text))
