from __future__ import annotations

import numpy as np
import pytest

from newscrawl.extraction.segments.context import OWN, context, context_names
from newscrawl.extraction.segments.features import names
from newscrawl.extraction.segments.numbers import PageNumbers
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse

PAGE = """<body><ul><li>Menu</li><li>About</li></ul>
<main><h2>First heading</h2><p>A long paragraph about a bridge that was opened, and about who came.</p>
<p>Another paragraph, which says at some length who paid for the bridge.</p>
<h2>More of this</h2><p>Teaser</p></main></body>"""
LOGITS = np.array([-5, -6, 1, 3, 2, -2, -3], dtype=np.float32)


def column(name: str, logits: np.ndarray = LOGITS, page: str = PAGE) -> list[float]:
    segments, frames = segment(body_of(parse(page)))
    rows = np.arange(len(segments) * len(names()), dtype=np.float32).reshape(len(segments), -1)
    matrix = context(PageNumbers(segments, frames), rows, logits)
    assert matrix.shape == (len(segments), len(context_names()))
    return [round(float(v), 3) for v in matrix[:, context_names().index(name)]]


def test_own_columns_are_those_of_the_first_matrix() -> None:
    start = names().index("in_main")
    assert column("in_main") == [start + i * len(names()) for i in range(7)]
    assert len(set(context_names())) == len(context_names())
    assert set(OWN) <= set(names())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("view+1", [-6, 1, 3, 2, -2, -3, -6]),
        ("view-6", [-6, -6, -6, -6, -6, -6, -5]),
        ("kin_before", [-9, -5, -9, 1, 3, 2, -2]),
        ("kin_after", [-6, -9, 3, 2, -2, -3, -9]),
        ("heading_next", [0, 1, 0, 0, 1, 0, 0]),
        ("heading", [-9, -9, 1, 1, 1, -2, -2]),
        ("run_steps", [-2, -1, 0, 0, 0, 1, 2]),
        ("below_best", [8, 9, 2, 0, 1, 5, 6]),
        ("median_yes", [2] * 7),
        ("count_yes", [3] * 7),
        ("best", [3] * 7),
        ("since_yes", [60, 60, 60, 60, 0, 0, 1]),
    ],
)
def test_figures(name: str, expected: list[float]) -> None:
    assert column(name) == expected


def test_rank_is_within_the_page() -> None:
    assert column("rank") == [round(k / 7, 3) for k in (1, 0, 4, 6, 5, 3, 2)]


def test_text_between_the_run_and_a_segment_is_other_text() -> None:
    other = column("run_other")
    assert other[1] == other[5] == 0  # next to the run
    assert other[0] == round(-float(np.log1p(len("About"))), 3)


def test_shares_of_a_group_leave_the_segment_itself_out() -> None:
    sure = np.array([-20, -20, 20, 20, 20, -20, -20], dtype=np.float32)
    assert column("even_frame", sure) == [-1] * 7  # each is alone in its element
    assert column("even_parent", sure) == [0, 0, 0.5, 0.5, 0.5, 0.75, 0.75]


def test_a_page_without_a_likely_segment() -> None:
    none = np.full(7, -4, dtype=np.float32)
    assert column("median_yes", none) == [-9] * 7
    assert column("run_steps", none) == [1, 2, 3, 4, 5, 6, 7]
    assert column("run_share", none) == [-1] * 7


def test_a_sentence_that_is_open_before_a_widget() -> None:
    page = "<body><p>Begins.</p><p>They said that</p><ul><li>Sign up.</li></ul><p>goes on.</p></body>"
    segments, frames = segment(body_of(parse(page)))
    rows = np.zeros((4, len(names())), dtype=np.float32)
    rows[:, names().index("ends")] = [s.text.endswith(".") for s in segments]
    matrix = context(PageNumbers(segments, frames), rows, np.array([2, 2, -3, 1], dtype=np.float32))
    assert matrix[:, context_names().index("open_before")].tolist() == [-1, 0, 1, 1]


def test_one_segment() -> None:
    one = np.array([2], dtype=np.float32)
    assert column("kin_after", one, "<body><p>Only this</p></body>") == [-9]
    assert column("mean_parent", one, "<body><p>Only this</p></body>") == [-1]
