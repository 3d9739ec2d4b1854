"""The fallback for pages on which the models find next to nothing, or just miss most: a lower threshold."""

from __future__ import annotations

from typing import Final

from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.markup import bit

THIN: Final = 250
"""Characters of body below which the fallback is used."""
_MISSED: Final = -2.5
"""Log odds from which prose counts as just missed: the threshold of the fallback."""
_SURE: Final = 2.0
"""Log odds of a part of the body from which it is an article's, however short."""
_OUTWEIGHS: Final = 2.2
_FAR_LONGER: Final = 2
_OUT: Final = -10.0
_DOUBT: Final = 1.0
_MOSTLY: Final = 0.8
"""Log odds up to which comments are in doubt, and the share of the body from which it is nothing else."""
_NEAR: Final = 4
"""Frames upwards in which a name speaks of comments."""


def is_in_doubt(segments: list[Segment], roles: list[Role], logits: Matrix) -> bool:
    """Tell whether the body is thin, or most of the article just missed, and no part of it surely is an article."""
    for role, logit in zip(roles, logits.tolist(), strict=True):
        if role is Role.BODY and logit >= _SURE:
            return False
    return is_thin(segments, roles) or is_doubtful(segments, logits)


def is_thin(segments: list[Segment], roles: list[Role]) -> bool:
    """Tell whether the body found is shorter than `THIN`."""
    body, size = Role.BODY, 0
    for item, role in zip(segments, roles, strict=True):
        if role is body and (size := size + len(item.text)) >= THIN:
            return False
    return True


def is_doubtful(segments: list[Segment], logits: Matrix) -> bool:
    """Tell whether prose that just misses is more than twice as long as all that is taken.

    On a page of an unknown kind the logits of the whole article lie a little too low together. Readers' comments,
    which look like an article too, do not count.
    """
    taken = missed = 0
    for item, logit in zip(segments, logits.tolist(), strict=True):
        if logit > 0:
            taken += len(item.text)
        elif logit > _MISSED and _is_loose_prose(item) and not is_comment(item):
            missed += len(item.text)
    return missed > _OUTWEIGHS * taken


def _is_loose_prose(item: Segment) -> bool:
    return not item.control and item.link_chars * 2 < len(item.text) and item.prose


def is_comment(item: Segment) -> bool:
    """Tell whether a name near a segment speaks of readers' comments."""
    return comments_around(item) is not None


def comments_around(item: Segment) -> Frame | None:
    """Return the element near a segment whose name speaks of readers' comments, if any."""
    mark = bit("comment")
    at: Frame | None = item.frame
    for _ in range(_NEAR):
        if at is None or at.marks & mark:
            return at
        at = at.parent
    return None


def lowered(segments: list[Segment], logits: Matrix) -> Matrix:
    """Return logits by which what just misses is taken, but for buttons and other controls."""
    controls = [i for i, item in enumerate(segments) if item.control]
    again = logits - _MISSED
    again[controls] = logits[controls]
    return again


def is_far_longer(segments: list[Segment], again: list[Role], roles: list[Role]) -> bool:
    """Tell whether the body by ``again`` is not thin, and at least twice as long as that by ``roles``."""
    return _size(segments, again) >= max(THIN, _FAR_LONGER * _size(segments, roles))


def _size(segments: list[Segment], roles: list[Role]) -> int:
    return sum(len(item.text) for item, role in zip(segments, roles, strict=True) if role is Role.BODY)


def without_comments(segments: list[Segment], roles: list[Role], logits: Matrix) -> Matrix | None:
    """Return logits by which comments are none of the body, where these are next to all of it and none surely is.

    A short post with a long discussion is such a page.
    """
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    comments = [i for i in body if logits[i] < _DOUBT and is_comment(segments[i])]
    if not comments or sum(len(segments[i].text) for i in comments) < _MOSTLY * _size(segments, roles):
        return None
    again = logits.copy()
    again[[i for i, item in enumerate(segments) if is_comment(item)]] = _OUT
    return again
