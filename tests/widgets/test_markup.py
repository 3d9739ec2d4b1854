"""Names in markup, and the vocabulary that the models were trained with."""

from __future__ import annotations

import pytest

from newscrawl.compiled import form
from newscrawl.widgets import markup


@pytest.mark.skipif(form() == "compiled", reason="compiled functions call each other, not what replaces them")
def test_a_word_added_to_the_table_changes_no_input_of_the_models(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds, words, pattern, parts = markup._current()
    monkeypatch.setattr(
        markup, "_current", lambda: ((*kinds, "weather"), words | {"barometer": 1 << 17}, pattern, parts)
    )
    markup.marks.cache_clear()
    markup._marks.cache_clear()
    assert markup.marks("barometer-line") == 1 << 17
    markup.marks.cache_clear()
    markup._marks.cache_clear()


def test_a_name_is_read_by_both_vocabularies() -> None:
    mask = markup.marks("c-newsletter")
    assert mask & markup.bit("newsletter")
    assert mask & markup.trained_bit("newsletter")
    assert len(markup.kinds()) < markup.TRAINED


@pytest.mark.parametrize("name", ["sr-only", "u-visually-hidden", "screen_reader_text"])
def test_names_of_text_that_is_read_out(name: str) -> None:
    assert markup.is_for_screen_readers(name)
    assert not markup.is_for_screen_readers("reader-photo")


@pytest.mark.parametrize("name", ["tooltiptext", "Term_tooltipBubble__x1", "rollover-block", "footnote_tooltip"])
def test_names_of_what_unfolds_over_a_word(name: str) -> None:
    assert markup.is_tooltip(name)
    assert not markup.is_tooltip("tooltip")
