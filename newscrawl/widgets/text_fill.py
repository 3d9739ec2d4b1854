"""Lines that go with a widget's lines since of their place: between the halves of a sentence, or closed in."""

from __future__ import annotations

from typing import Final

from newscrawl.widgets.text_context import Matrix, breaks
from newscrawl.widgets.text_evidence import INDEX, LineEvidence

BROKEN: Final = -3.0
"""A line in the middle of a broken sentence goes with the widget there, if its own log odds are above this."""
CLOSED_IN: Final = -2.5
MAX_CLOSED_IN: Final = 2
MAX_WORDS: Final = 9
PROSE: Final = 32


def fill(gone: list[bool], logits: Matrix, lines: list[LineEvidence], groups: list[int]) -> list[bool]:
    """Return what goes, with the lines that only their place gives away."""
    filled = list(gone)
    inside, _, _ = breaks(lines)
    n = len(lines)
    start = 0
    while start < n:
        end = start + 1
        while end < n and bool(inside[end]) == bool(inside[start]):
            end += 1
        if inside[start] and any(gone[start:end]):
            for i in range(start, end):
                if logits[i] > BROKEN and len(lines[i].words) < PROSE:
                    filled[i] = True
        start = end
    i = 0
    while i < n:
        end = i
        while end < n and not filled[end]:
            end += 1
        if 0 < i < end < n and end - i <= MAX_CLOSED_IN:
            own = range(i, end)
            near = any(groups[k] in (groups[i - 1], groups[end]) or lines[k].mass > 0 or logits[k] > -1 for k in own)
            if near and all(_is_scrap(lines[k], logits[k]) for k in own):
                filled[i:end] = [True] * (end - i)
        i = end + 1
    return filled


def _is_scrap(line: LineEvidence, logit: float) -> bool:
    return len(line.words) <= MAX_WORDS and logit > CLOSED_IN and not line.values[INDEX["quotes"]]
