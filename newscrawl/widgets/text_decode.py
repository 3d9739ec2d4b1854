"""From each line's logit to runs of lines that are a widget's."""

from __future__ import annotations

from functools import cache
from typing import Final

from newscrawl.parsing.trees import ObliviousTrees
from newscrawl.widgets.source_block import SourceBlock
from newscrawl.widgets.text_context import Matrix
from newscrawl.widgets.text_stage import with_logits

SWITCH: Final = 0.9
"""Log odds that a widget begins or ends between two lines of one group, less those that it goes on."""
SWITCH_GROUP: Final = 0.35
"""The same between two groups."""


@cache
def models() -> tuple[ObliviousTrees, ObliviousTrees]:
    """Return the trained classifiers of lines (training/text_lines.py): the first look and the second."""
    return ObliviousTrees.load("text_lines"), ObliviousTrees.load("text_lines_context")


def look(blocks: list[SourceBlock], rows: Matrix) -> Matrix:
    """Return the log odds that each line is a widget's."""
    first, second = models()
    return second.predict(with_logits(blocks, rows, first.predict(rows)))


def decode(logits: Matrix, groups: list[int], bias: float = 0.0) -> list[bool]:
    """Return which lines are a widget's: the likeliest sequence, since widgets come in runs.

    ``logits``: log odds of each line; ``bias`` is taken off each.
    """
    best = [0.0, 0.0]
    paths: list[tuple[int, int]] = []
    for i, logit in enumerate(logits):
        cost = 0.0 if not i else SWITCH if groups[i] == groups[i - 1] else SWITCH_GROUP
        stay_out, come_out = best[0], best[1] - cost
        stay_in, go_in = best[1], best[0] - cost
        paths.append((int(come_out > stay_out), int(stay_in >= go_in)))
        gain = (float(logit) - bias) / 2
        best = [max(stay_out, come_out) - gain, max(stay_in, go_in) + gain]
    out = [False] * len(paths)
    state = int(best[1] > best[0])
    for i in range(len(paths) - 1, -1, -1):
        out[i] = bool(state)
        state = paths[i][state]
    return out
