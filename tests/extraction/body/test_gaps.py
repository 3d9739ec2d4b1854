"""What just misses between two pieces of the body."""

from __future__ import annotations

import numpy as np
import pytest

from newscrawl.extraction.body.gaps import fill_gaps
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse

FIRST, LAST = "The ferry left at nine.", "It came back at noon."


def taken(between: str, *logits: float, before: float = 3.0) -> bool:
    """Tell whether what stands between two paragraphs is the body's; logits are given in its order."""
    page = f"<article><p>{FIRST}</p>{between}<p>{LAST}</p></article>"
    segments, _ = segment(body_of(parse(page)))
    row = np.array([before, *logits, 3.0], dtype=np.float32)
    roles = [Role.BODY if logit > 0 else Role.OUT for logit in row]
    fill_gaps(segments, roles, row)
    inner = set(roles[1:-1])
    assert len(inner) == 1, "a gap is taken as a whole"
    return inner == {Role.BODY}


@pytest.mark.parametrize(
    ("between", "logits"),
    [
        ("<p>On deck</p>", [-0.5]),
        ("<p>On deck</p>", [-0.9]),
        ("<h3>On deck</h3><p>Nine of us.</p>", [-0.4, -0.4]),
    ],
)
def test_a_gap_that_just_misses_is_the_bodys(between: str, logits: list[float]) -> None:
    assert taken(between, *logits)


@pytest.mark.parametrize(
    ("between", "logits"),
    [
        ("<p>On deck</p>", [-1.1]),
        ("<p>On deck</p><p>Nine of us.</p>", [-0.6, -0.6]),
        ("<div><p>On deck</p></div>", [-0.5]),
        ("<p>Read also: On deck</p>", [-0.5]),
        ("<p><a href='/deck'>On deck</a></p>", [-0.5]),
    ],
    ids=["far below", "far below together", "another box", "a widget's words", "a link"],
)
def test_other_gaps_stay_out(between: str, logits: list[float]) -> None:
    assert not taken(between, *logits)


def test_what_stands_above_the_body_is_no_gap() -> None:
    assert not taken("<p>On deck</p>", -0.5, before=-3.0)
