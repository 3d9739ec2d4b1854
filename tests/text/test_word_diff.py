from __future__ import annotations

import doctest

import pytest

from newscrawl.text import word_diff as module
from newscrawl.text.word_diff import likeness, word_diff, words


@pytest.mark.parametrize("text", ["", "Die Fähre, 9.30 Uhr –  spät\n", "渡轮将于周一恢复运营。", "เรือเฟอร์รี่ returns"])
def test_the_words_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text


@pytest.mark.parametrize(
    ("before", "after"), [("a b c", "a x c d"), ("渡轮周一", "渡轮周二"), ("", "new"), ("old", "")]
)
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def test_long_texts_are_not_compared_word_by_word() -> None:
    assert [piece.kind for piece in word_diff("a " * 9000, "b " * 9000)] == ["removed", "added"]
    assert [piece.kind for piece in word_diff("a " * 9000, "a " * 9000)] == ["same"]


def test_likeness_and_doctests() -> None:
    assert likeness("the ferry is late", "the ferry is early") == 0.75
    assert likeness("the ferry", "Schnee fällt") == 0
    assert doctest.testmod(module).failed == 0
