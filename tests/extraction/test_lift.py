from __future__ import annotations

import numpy as np

from newscrawl.extraction.lift import lift
from newscrawl.extraction.segment import segment
from newscrawl.extraction.tree import parse

PROSE = "The harbour was closed, the council said, and all boats stayed in for the whole of the week."


def raised(markup: str, margins: list[float]) -> list[bool]:
    """For each segment, whether its margin rose."""
    segments, _ = segment(parse(f"<html><body>{markup}</body></html>").body)
    before = np.array(margins, dtype=np.float32)
    return [bool(after > own) for own, after in zip(before, lift(segments, before), strict=True)]


def test_article_of_which_all_just_misses_rises() -> None:
    assert raised(f"<p>{PROSE}</p>" * 4, [-0.5, -1.2, -0.8, 0.2]) == [True] * 4
    assert raised(f"<p>{PROSE}</p>" * 3, [-0.5, -1.2, -0.8]) == [True] * 3, "where nothing is taken too"


def test_page_of_which_most_is_taken_stays() -> None:
    assert raised(f"<p>{PROSE}</p>" * 4, [3, 2, -0.5, -0.5]) == [False] * 4


def test_what_is_far_from_an_article_does_not_count() -> None:
    assert raised(f"<p>{PROSE}</p>" * 4, [3, -5, -5, -5]) == [False] * 4
    links = f"<p><a href='/a'>{PROSE}</a></p>" * 3
    assert raised(f"<p>{PROSE}</p>{links}", [3, -1, -1, -1]) == [False] * 4


def test_comments_neither_count_nor_rise() -> None:
    comments = f'<section class="comments">{"".join(f"<p>{PROSE}</p>" for _ in range(4))}</section>'
    assert raised(f"<p>{PROSE}</p>{comments}", [3, -1, -1, -1, -1]) == [False] * 5
    assert raised(f"<p>{PROSE}</p>{comments}", [-1, -1, -1, -1, -1]) == [True, False, False, False, False]
