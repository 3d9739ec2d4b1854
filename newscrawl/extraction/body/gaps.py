"""Gaps in the body: what the models just miss between two pieces of one box that they take."""

from __future__ import annotations

from typing import Final

from newscrawl.extraction.body.siblings import is_told
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix

_LEAST: Final = -1.0
"""Log odds of a gap, all its segments together, from which it is the body's."""


def fill_gaps(segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
    """Take, in place, the segments between two of the body that as a whole just miss, in the box of the one before."""
    odds: list[float] = logits.tolist()
    last = -1
    for i in [i for i, role in enumerate(roles) if role is Role.BODY]:
        if 0 <= last < i - 1 and sum(odds[last + 1 : i]) > _LEAST:
            gap, box = segments[last + 1 : i], segments[last].box
            if all(item.box is box and not _is_other(item) for item in gap):
                roles[last + 1 : i] = [Role.BODY] * len(gap)
        last = i


def _is_other(item: Segment) -> bool:
    """Tell whether a segment is mostly a link or has a widget's words."""
    return item.link_chars * 2 >= len(item.text) or is_told(item.text)
