"""The second look at each line: what the first look thought of the lines around it."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from newscrawl.widgets.source_block import SourceBlock
from newscrawl.widgets.text_context import ALL_NAMES, LOOK, RUN, Matrix, group_numbers
from newscrawl.widgets.text_evidence import INDEX, NAMES

REACH: Final = 4
OFFSETS: Final = (*range(-REACH, 0), *range(1, REACH + 1))
ADDED: Final = (
    "margin",
    *(f"margin{offset:+d}" for offset in OFFSETS),
    "group_margin", "group_margin_max", "group_margin_rest", "span_margin", "span_margin_max",
    "before_max", "after_max", "short_run_margin", "short_run_max",
)  # fmt: skip
STAGE_TWO_NAMES: Final = (*ALL_NAMES, *ADDED)
LIMIT: Final = 8.0
SHORT: Final = 16
INSIDE: Final = len(NAMES) + RUN.index("inside_break")


def with_logits(blocks: list[SourceBlock], rows: Matrix, logits: Matrix) -> Matrix:
    """Return the first look's rows with its logits of each line and its neighbours: one row of `STAGE_TWO_NAMES`."""
    n = len(rows)
    capped = np.clip(logits, -LIMIT, LIMIT).astype(np.float32)
    padded = np.concatenate([np.full(REACH, -LIMIT), capped, np.full(REACH, -LIMIT)]).astype(np.float32)
    at = np.arange(REACH, REACH + n)
    added = np.zeros((n, len(ADDED)), dtype=np.float32)
    added[:, 0] = capped
    for k, offset in enumerate(OFFSETS):
        added[:, 1 + k] = padded[at + offset]
    base = 1 + len(OFFSETS)
    inside = rows[:, INSIDE] > 0
    short = rows[:, INDEX["words"]] < SHORT
    added[:, base] = added[:, base + 1] = capped  # of a group of one line
    for first, last in _stretches(np.array(group_numbers(blocks))):
        own = capped[first:last]
        total = np.add.reduce(own)
        added[first:last, base] = total / (last - first)
        added[first:last, base + 1] = np.maximum.reduce(own)
        added[first:last, base + 2] = (total - own) / (last - first - 1)
    for column, is_in in ((base + 3, inside), (base + 7, short)):
        added[is_in, column] = added[is_in, column + 1] = capped[is_in]
        for first, last in _stretches(is_in):
            if is_in[first]:
                own = capped[first:last]
                added[first:last, column] = np.add.reduce(own) / (last - first)  # as `mean`, at a third of its cost
                added[first:last, column + 1] = np.maximum.reduce(own)
    wide = np.full(n + 2 * LOOK, -LIMIT, dtype=np.float32)
    wide[LOOK : LOOK + n] = capped
    strongest = sliding_window_view(wide, LOOK).max(axis=1)
    added[:, base + 5] = strongest[:n]
    added[:, base + 6] = strongest[LOOK + 1 :]
    return np.hstack([rows, added]).astype(np.float32)


def _stretches(values: np.ndarray) -> list[tuple[int, int]]:
    """Return runs of two and more equal values, as (first, past the last)."""
    edges = [0, *(np.flatnonzero(values[1:] != values[:-1]) + 1).tolist(), len(values)]
    return [(a, b) for a, b in pairwise(edges) if b - a > 1]
