"""Source lines become blocks."""

import pytest

from newscrawl.extraction.plain_text.lines import read_blocks
from newscrawl.extraction.plain_text.wrapping import Wrapping, wrapping_of

PROSE = "The council had voted twice on the matter and nobody in the room expected the mayor to change her mind now."
WRAPPED = """The delegation travelled by night train along the coast and reached
the old harbour before dawn, where nobody was waiting for it. The hotels
were closed for the season, and the taxi drivers, who had heard of regu-
lations to come, were on strike.

On the second day the mayor received the visitors in the town hall and
showed them the plans of a bridge that her grandfather had drawn."""


def texts(source):
    return [block["text"] for block in read_blocks(source)]


def test_hard_wrapped_paragraphs_are_unwrapped():
    assert texts(WRAPPED)[0].endswith("who had heard of regulations to come, were on strike.")
    assert len(texts(WRAPPED)) == 2


def test_lines_of_their_own_stay_apart():
    source = f"{PROSE}\n{PROSE} Twice.\nA third paragraph."
    assert texts(source) == source.split("\n")


def test_a_line_that_goes_on_in_lower_case_is_the_rest_of_the_one_before():
    assert texts("With my sign-up I agree to the\n[terms](#)\nof the service.") == [
        "With my sign-up I agree to the terms of the service."
    ]


def test_sub_headings_are_told_by_their_place():
    blocks = read_blocks(f"{PROSE}\n\nA second bridge\n\n{PROSE}\n\n“Very long”\n\nA short one.\n\n{PROSE}")
    assert [b["type"] for b in blocks] == ["paragraph", "heading", "paragraph", "paragraph", "paragraph", "paragraph"]


def test_sub_heading_after_the_rest_of_a_sentence():
    for rest, kind in (
        ("of boats since the ferry had been sold off.", "heading"),
        ("Five boats and counting", "paragraph"),
    ):
        assert [b["type"] for b in read_blocks(f"{PROSE}\n\n{rest}\n\nA second bridge\n\n{PROSE}")][2] == kind


@pytest.mark.parametrize("source", ["Title\n=====\n\nText.", "# Title\n\nText.", "**Title**\n\nText."])
def test_marked_headings(source):
    assert [(b["type"], b["text"]) for b in read_blocks(source)] == [("heading", "Title"), ("paragraph", "Text.")]


def test_source_lines_are_kept_with_the_blank_line_before_them():
    blocks = read_blocks("One.\nTwo.\n\n[Three](#)")
    assert [b["raw"] for b in blocks] == ["\nOne.", "Two.", "\n[Three](#)"]


@pytest.mark.parametrize(
    "source",
    ["", "\n\n", "\x00\x01", "---", "\ud800", "[" * 5000, "*" * 5000, "**a " * 5000, "> " * 5000, "a\u2028b\x0bc\rd"],
)
def test_any_text_is_read(source):
    assert all(block["text"] and "\n" not in block["text"] for block in read_blocks(source))


def test_width_is_zero_where_lines_are_paragraphs():
    assert wrapping_of([PROSE, PROSE, "Short.", PROSE]) == Wrapping()
