"""A description that repeats a part of the body is given as it stands there."""

from __future__ import annotations

import pytest

from newscrawl.extraction.body.repeated import as_in_body
from newscrawl.items import Block

OPENING = "Nobody had expected the ferry to run this winter. “It’s a gift,” the mayor of Lower Quay said on Monday."
LATER = "The council voted eleven to two. Its members had argued for hours over the price of a crossing, she said."
DENSE = "昨日の朝に港で起きた火事を受け、市の消防が新しい船を買うことを決めた。住民は安心した。"


def blocks(*texts: str) -> list[Block]:
    return [{"type": "paragraph", "text": text, "time": None} for text in texts]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        (
            '"It\'s a gift," the mayor of Lower Quay said on Monday.',
            "It’s a gift,” the mayor of Lower Quay said on Monday.",
        ),
        (
            "Its members had argued for hours over the price of a crossing",
            "Its members had argued for hours over the price of a crossing",
        ),
        (
            "Its members had argued for hours over the price of a cross...",
            "Its members had argued for hours over the price of a",
        ),
        ("Nobody had expected the ferry to run ... The Quay Paper", "Nobody had expected the ferry to run"),
    ],
)
def test_sentence_of_any_paragraph_is_given_in_its_characters(description: str, expected: str) -> None:
    text = "\n".join(blocks_texts := [OPENING, LATER, "One.", "Two.", "Three."])
    found = as_in_body(description, blocks(*blocks_texts))
    assert found == expected
    assert found in text


def test_sentence_far_down_is_found() -> None:
    far = blocks(*[f"Number {i} of the short remarks." for i in range(8)], LATER)
    assert as_in_body("The council voted, eleven to two", far) == "The council voted eleven to two."


def test_script_without_spaces_has_few_long_words() -> None:
    found = as_in_body("昨日の朝に港で起きた火事を受け、市の消防が新しい船を買…", blocks(DENSE))
    assert found == "昨日の朝に港で起きた火事を受け"


@pytest.mark.parametrize(
    "description",
    [
        "Nobody had expected the ferry to run this winter, and few will board it.",
        "The council voted for the ferry.",
        "A crossing she said",
        "Ferry news",
    ],
)
def test_words_of_its_own_are_left_alone(description: str) -> None:
    assert as_in_body(description, blocks(OPENING, LATER)) == description
