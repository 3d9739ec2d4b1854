"""Pages that the models are too timid about: prose that just misses, and outweighs all that they take."""

from __future__ import annotations

import numpy as np

from newscrawl.extraction.segment import Frame, Segment, is_prose
from newscrawl.extraction.trees import Matrix
from newscrawl.widgets.markup import bit

_MISSED = -2.5
"""Log odds from which prose counts as just missed."""
_OUTWEIGHS = 2.2
_LIFT = 1.5
_NEAR = 4
"""Frames upwards in which a name speaks of comments."""


def lift(segments: list[Segment], margins: Matrix) -> Matrix:
    """The margins, raised where prose that just misses is more than twice as long as all that is taken.

    On a page of an unknown kind the margins of the whole article lie a little too low together. Readers' comments,
    which look like an article too, neither count nor rise.
    """
    taken = missed = 0
    for item, margin in zip(segments, margins, strict=True):
        if margin > 0:
            taken += len(item.text)
        elif margin > _MISSED and _is_loose_prose(item) and not _is_comment(item):
            missed += len(item.text)
    if missed <= _OUTWEIGHS * taken:
        return margins
    raised = np.array([0.0 if _is_comment(item) else _LIFT for item in segments], dtype=np.float32)
    return margins + raised


def _is_loose_prose(item: Segment) -> bool:
    return not item.control and item.link_chars * 2 < len(item.text) and is_prose(item.text)


def _is_comment(item: Segment) -> bool:
    mark = bit("comment")
    at: Frame | None = item.frame
    for _ in range(_NEAR):
        if at is None:
            return False
        if at.marks & mark:
            return True
        at = at.parent
    return False
