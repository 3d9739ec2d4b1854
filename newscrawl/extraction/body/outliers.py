"""Pieces that the models just take, in places of a kind that surely is none of the article's."""

from __future__ import annotations

from typing import Final

from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix

_LEAST: Final = 4
_FEW: Final = 0.25
"""Pieces of one kind, and the share of them in the body up to which these are outliers."""
_SURELY_NOT: Final = -2.0
_IN_DOUBT: Final = 2.0
"""Mean log odds of a kind below which it is none of the article's, and of an outlier up to which it is in doubt."""
_OWN: Final = 400
"""Characters of the body that are left."""


def take_out_outliers(segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
    """Take pieces out of the body, in place, that look like an article's among many of their kind that do not.

    One teaser's text of a sidebar is worded like a paragraph; where it stands, ten others are not.
    """
    size = 0
    kinds: dict[int, list[int]] = {}
    for i, role in enumerate(roles):
        if role is Role.BODY:
            size += len(segments[i].text)
            kinds.setdefault(segments[i].frame.kind, []).append(i)
    odds: list[float] = logits.tolist()
    of_kind: dict[int, list[int]] = {}
    for i, item in enumerate(segments):
        if item.frame.kind in kinds:
            of_kind.setdefault(item.frame.kind, []).append(i)
    for kind, taken in kinds.items():
        group = of_kind[kind]
        if (
            len(group) >= _LEAST
            and len(taken) <= _FEW * len(group)
            and max(odds[i] for i in taken) < _IN_DOUBT
            and sum(odds[i] for i in group) < _SURELY_NOT * len(group)
        ):
            chars = sum(len(segments[i].text) for i in taken)
            if size - chars >= _OWN:
                size -= chars
                for i in taken:
                    roles[i] = Role.OUT
