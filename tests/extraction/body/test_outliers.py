"""Pieces among many of their kind that are surely none of the article's."""

from __future__ import annotations

import numpy as np
import pytest

from newscrawl.extraction.body.outliers import take_out_outliers
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse

ARTICLE = "<article>" + "<p>The tide mill of Anvik grinds again, and the village bakes.</p>" * 8 + "</article>"


def in_body(logits: list[float], *, article: str = ARTICLE, kinds: int = 1) -> int:
    """Return how many of the pieces beside an article are in the body after it; a piece's logit tells whether before.

    ``kinds``: how many kinds of places they stand in.
    """
    pieces = "".join(f"<div class='brief place-{'abcd'[n % kinds]}'>Brief piece {n}.</div>" for n in range(len(logits)))
    segments, _ = segment(body_of(parse(f"<main>{article}<section>{pieces}</section></main>")))
    row = [5.0] * (len(segments) - len(logits)) + logits
    roles = [Role.BODY if logit > 0 else Role.OUT for logit in row]
    take_out_outliers(segments, roles, np.array(row, dtype=np.float32))
    assert all(role is Role.BODY for role in roles[: -len(logits)])
    return sum(role is Role.BODY for role in roles[-len(logits) :])


def test_outlier_goes() -> None:
    assert in_body([-5, -4, -5, 1.5]) == 0


@pytest.mark.parametrize(
    ("logits", "left"),
    [
        ([-5, -5, 1.5], 1),
        ([-5, -4, -5, 2.5], 1),
        ([-5, -5, -5, 1.5, 1.5], 2),
        ([-2, -2, -2, 1.5], 1),
    ],
    ids=["few of the kind", "a sure one", "many of the kind", "doubtful kind"],
)
def test_others_stay(logits: list[float], left: int) -> None:
    assert in_body(logits) == left


def test_pieces_of_other_kinds_tell_nothing() -> None:
    assert in_body([-5, -4, -5, 1.5], kinds=4) == 1


def test_what_is_most_of_the_body_stays() -> None:
    assert in_body([-5, -4, -5, 1.5], article="<p>The tide mill of Anvik grinds again.</p>") == 1
