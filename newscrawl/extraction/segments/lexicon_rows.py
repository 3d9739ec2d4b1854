"""What the lexicon of widget words says of a segment, as numbers."""

from __future__ import annotations

from typing import Final

from newscrawl.extraction.segments.features import LEXICON
from newscrawl.widgets.lexicon import LexiconHit, default_lexicon

_STRENGTH: Final = {"label": 3.0, "lead": 2.0, "strong": 2.0, "button": 1.0, "weak": 0.5}
_LONGEST: Final = 1500
_AT: Final = {name: i for i, name in enumerate(LEXICON)}


def rows(texts: list[str]) -> list[list[float]]:
    """Return a row of `LEXICON` figures a text: the sum of all strengths, hits by strength, hits by kind."""
    return [_row(hits) for hits in default_lexicon().hits_of([text[:_LONGEST] for text in texts])]


def _row(hits: tuple[LexiconHit, ...]) -> list[float]:
    row = [0.0] * len(LEXICON)
    for hit in hits:
        row[0] += _STRENGTH[hit.strength]
        row[_AT[hit.strength]] += 1
        row[_AT.get(hit.kind, _AT["other"])] += 1
    return row
