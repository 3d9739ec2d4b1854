"""Words by which texts are compared, as plain Python and as compiled make them."""

from __future__ import annotations

from newscrawl.extraction.segments.features import words


def test_words_of_greek_end_in_their_final_sigma() -> None:
    assert words("ΤΗΣ ΑΣΘΕΝΕΙΑΣ, ΣΟΦΟΣ") == ["της", "ασθενειας", "σοφος"]
