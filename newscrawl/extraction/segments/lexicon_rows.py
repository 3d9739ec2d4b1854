"""What the lexicon of widget words says of a segment, as numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from newscrawl.extraction.segments.features import LEXICON
from newscrawl.widgets.lexicon import default_lexicon

_STRENGTH: Final = {"label": 3.0, "lead": 2.0, "strong": 2.0, "button": 1.0, "weak": 0.5}
_LONGEST: Final = 1500
_SHORT: Final = 100
_AT: Final = {name: i for i, name in enumerate(LEXICON)}


def rows(texts: list[str]) -> list[list[float]]:
    """Return a row of `LEXICON` figures a text: the sum of all strengths, hits by strength, hits by kind."""
    return [_menu_row(text) if len(text) <= _SHORT else _row(text) for text in texts]


@lru_cache(maxsize=8192)
def _menu_row(text: str) -> list[float]:
    """Return the row of a short text; menus and labels come again on each page of a site, and within one."""
    return _row(text)


def _row(text: str) -> list[float]:
    row = [0.0] * len(LEXICON)
    for hit in default_lexicon().hits(text[:_LONGEST]):
        row[0] += _STRENGTH[hit.strength]
        row[_AT[hit.strength]] += 1
        row[_AT.get(hit.kind, _AT["other"])] += 1
    return row
