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
    caches = (markup._NAMES.clear, markup._PIECES.clear, markup._words.cache_clear)
    for clear in caches:
        clear()
    assert markup.marks("barometer-line") == 1 << 17
    for clear in caches:
        clear()


def test_a_name_is_read_by_both_vocabularies() -> None:
    mask = markup.marks("c-newsletter")
    assert mask & markup.bit("newsletter")
    assert mask & markup.trained_bit("newsletter")
    assert len(markup.kinds()) < markup.TRAINED


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("article__body", {"body"}), ("c-article-bodyText", {"body"}), ("article_-body", {"body"}),
        ("post-related", {"body", "related"}), ("related_", {"related"}), ("x-mostread", {"related"}),
        ("inline-article-body", {"related", "body"}), ("xsign-upx", {"newsletter"}), ("xsign_upx", set()),
        ("lire-aussi", {"related"}), ("İlire-aussi", {"related"}), ("lire-", set()), ("l-ire-aussi", set()),
    ],
)  # fmt: skip
def test_parts_of_names_are_found_across_borders(name: str, kinds: set[str]) -> None:
    mask = markup.marks(name)
    assert {kind for kind in markup.kinds() if mask & markup.bit(kind)} == kinds
    _, _, pattern, parts = markup._current()
    found = [parts[part] for part in pattern.findall(name.lower())]
    assert all(mask & bits == bits for bits in found)


@pytest.mark.parametrize("name", ["sr-only", "u-visually-hidden", "screen_reader_text"])
def test_names_of_text_that_is_read_out(name: str) -> None:
    assert markup.is_for_screen_readers(name)
    assert not markup.is_for_screen_readers("reader-photo")


@pytest.mark.parametrize("name", ["tooltiptext", "Term_tooltipBubble__x1", "rollover-block", "footnote_tooltip"])
def test_names_of_what_unfolds_over_a_word(name: str) -> None:
    assert markup.is_tooltip(name)
    assert not markup.is_tooltip("tooltip")
