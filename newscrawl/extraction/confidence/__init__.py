"""How sure a record is of its body: the chance that body and removals are right, learned from the pass's own scores."""

from __future__ import annotations

from newscrawl.extraction.confidence import page, text
from newscrawl.extraction.confidence.model import Signals, load

__all__ = ["Signals", "doubts_of"]


def doubts_of(signals: Signals) -> list[str]:
    """Return the main reasons in words why a document's confidence is lower than usual, the strongest first."""
    kind = page if signals.keys() == page.WORDS.keys() else text
    return load(kind.MODEL, tuple(kind.WORDS)).doubts(signals, kind.WORDS)
