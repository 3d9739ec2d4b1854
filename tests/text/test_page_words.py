from __future__ import annotations

import re

import pytest

from newscrawl.text.normalise import normal, unaccented_in_place, unaccented_line
from newscrawl.text.page_words import has_between, normal_lines, unaccented_lines, words_of_lines

CODES = (*range(0x3100), 0x4E2D, 0xAC00, 0xD800, 0xFB01, 0xFF10, 0x1D400, 0x1F600)
TEXTS = [
    "",
    "À LIRE aussi_24: l’Été",
    "ΟΔΟΣ Σας",
    "İstanbul’da",
    "漢字・ニュース 12",
    "Plain words",
    "أخبار ١٢",
    "🔥 Breaking",
]


def test_a_line_without_accents_has_the_words_in_their_places() -> None:
    for text in TEXTS:
        line = unaccented_line(text)
        assert len(line) == len(text)
        assert line.split() == re.findall(r"[^\W_]+", unaccented_in_place(text))


def test_many_lines_are_the_same_as_each_by_itself() -> None:
    characters = [f"{chr(code)} A{chr(code)}b" for code in CODES]
    for texts in (TEXTS, characters, ["Plain", "", "words"], []):
        assert unaccented_lines(texts) == [unaccented_line(text) for text in texts]


def test_normal_lines_are_the_same_as_each_by_itself() -> None:
    composed = ["e\u0301te\u0301 a Paris", "\u1100\u1161 \uac00\u11a8", "\uac00\u3133 \uac00", "Weiß… ﬁn", "½ …"]
    marked = [f"e{chr(code)}xyz abc\uac00{chr(code)}" for code in CODES]
    for texts in (TEXTS, composed, marked, ["x " * 3000], []):
        assert normal_lines(texts) == [normal(text) for text in texts]


def test_a_range_is_told_from_signs_above_it() -> None:
    assert [has_between(text, "\u3040", "\u9fff") for text in TEXTS] == [False] * 4 + [True] + [False] * 3


@pytest.mark.parametrize("rest", ["", " And so it goes on_and on — in ΟΔΟΣ Σας, İzmir"])
def test_words_of_lines_are_in_lower_case_whatever_stands_between_them(rest: str) -> None:
    for code in CODES:
        lines = f"A{chr(code)}_B {rest}\nÉ"
        assert words_of_lines(lines) == [re.findall(r"\w+", line.lower()) for line in lines.split("\n")], hex(code)
