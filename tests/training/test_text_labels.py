"""Roles of the lines of rendered pages, and the shapes that texts are given."""

from __future__ import annotations

import random

from training.text_labels import Truth, label_lines, marked_texts
from training.text_shapes import cut, flatten, wrap

FIRST = "The harbour council voted on Monday to rebuild the northern pier before the winter storms arrive."
SECOND = "Fishermen had asked for the work for years, since the old planks no longer carried a loaded cart."
BODY = f"{FIRST}\nA vote after midnight\n{SECOND}"
PAGE = f"""<html><body><ul><li>Weather<li>Sport</ul><h1>Pier to be rebuilt</h1><p>{FIRST}<h2>A vote after midnight</h2>
<figure><img src=a><figcaption>The northern pier in autumn, seen from the sea</figcaption></figure><p>{SECOND}</html>"""
LINES = [
    "Weather", "Pier to be", "rebuilt", "", "By Ada Quill", "", FIRST, "A vote after midnight",
    "The northern pier in autumn, seen from the sea", SECOND, "", "Reuters", "Subscribe to our letter from the coast",
]  # fmt: skip


def roles(lines: list[str] = LINES, **changes: object) -> list[str | None]:
    known = {"body": BODY, "headline": "Pier to be rebuilt", "authors": ["Ada Quill"], "marked": marked_texts(PAGE)}
    return label_lines(lines, Truth(**{**known, **changes}), "en")


def test_each_line_gets_its_role() -> None:
    assert roles() == [
        "leftover", "headline", "headline", None, "byline", None, "paragraph", "heading", "caption", "paragraph", None,
        "source", "leftover",
    ]  # fmt: skip


def test_a_line_above_the_text_that_the_summary_holds_is_the_standfirst() -> None:
    summary = "The old pier has been closed to carts for years"
    lines = ["Pier to be rebuilt", summary, *LINES[6:]]
    assert roles(lines, standfirst=summary)[:2] == ["headline", "standfirst"]
    assert roles(lines)[:2] == ["headline", "leftover"]


def test_where_only_passages_are_known_the_rest_is_undecided() -> None:
    truth = Truth(inside=[FIRST], outside=["Subscribe to our letter from the coast"])
    assert label_lines([FIRST, SECOND, LINES[-1]], truth, "en") == ["paragraph", None, "leftover"]


def test_a_line_that_holds_a_passage_is_of_its_kind() -> None:
    truth = Truth(inside=["before the winter storms"], outside=["letter from the"])
    assert label_lines([FIRST, LINES[-1]], truth, "en") == ["paragraph", "leftover"]


def test_a_title_repeated_below_the_text_is_no_headline() -> None:
    assert roles([*LINES, "Pier to be rebuilt"])[-1] == "leftover"


def test_a_page_without_elements_has_no_marked_texts() -> None:
    assert not any(marked_texts("").values())


def test_a_cut_keeps_all_of_the_text() -> None:
    lines = list(zip(LINES, roles(), strict=True))
    inside = [line for line in lines if line[1] in ("paragraph", "heading")]
    for seed in range(30):
        _, left = cut(lines, random.Random(seed))
        assert [line for line in left if line in inside] == inside


def test_nothing_is_cut_out_of_a_page_whose_text_was_not_found() -> None:
    assert cut([("Weather", "leftover")], random.Random(1)) == ("none", [])


def test_wrapped_pieces_keep_the_role_of_their_line() -> None:
    pieces = wrap([(FIRST + " " + SECOND, "paragraph"), ("", None)], random.Random(2))
    assert len(pieces) > 2
    assert {role for _, role in pieces[:-1]} == {"paragraph"}
    assert " ".join(text for text, _ in pieces).split() == (FIRST + " " + SECOND).split()


def test_a_flattened_text_has_no_blank_lines() -> None:
    assert flatten([("a", "headline"), ("", None), ("b", "paragraph")], random.Random(3)) == [
        ("a", "headline"),
        ("b", "paragraph"),
    ]
