"""Lines in their neighbourhood: the matrix from which each line is judged."""

from __future__ import annotations

from struct import pack
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.widgets.rejoin import CLOSERS
from newscrawl.widgets.source_block import SourceBlock
from newscrawl.widgets.text_evidence import INDEX, NAMES, LineEvidence

Matrix = NDArray[np.float32]

REACH: Final = 3
SHARED: Final = (
    "label",
    "lead_marked",
    "strong",
    "weak",
    "words",
    "final",
    "link_only",
    "stub",
    "address",
    "heading",
    "list_item",
    "is_newsletter",
    "is_related",
)
RUN: Final = (
    "mass", "same_group", "group_size", "group_place", "group_mass", "group_hits", "group_words", "group_longest",
    "mass_before", "mass_after", "gap_before", "gap_after", "run_short", "run_hits", "run_strong",
    "inside_break", "break_left", "break_right",
    "from_start", "from_end", "count", "median_words", "marked_share", "group_share",
    "related_above", "related_distance",
)  # fmt: skip
ALL_NAMES: Final = (
    *NAMES,
    *RUN,
    *(f"{name}{offset:+d}" for offset in (*range(-REACH, 0), *range(1, REACH + 1)) for name in SHARED),
    *(f"mass{offset:+d}" for offset in (*range(-REACH, 0), *range(1, REACH + 1))),
    *(f"same{offset:+d}" for offset in (*range(-REACH, 0), *range(1, REACH + 1))),
)
_AROUND: Final = len(NAMES) + len(RUN)
_MASSES: Final = _AROUND + 2 * REACH * len(SHARED)
"""Columns from which the lines around tell of themselves, and of their masses."""
SHORT: Final = 16
LOOK: Final = 12
BREAK: Final = 24
MIN_HALF: Final = 6
LONG: Final = 45


def group_numbers(blocks: list[SourceBlock]) -> list[int]:
    """Return the group (lines between two blank lines) of each block; a block without source lines is its own."""
    numbers: list[int] = []
    number = -1
    for block in blocks:
        number += 1 if not numbers or block.get("raw", "\n").startswith("\n") else 0
        numbers.append(number)
    return numbers


def matrix(blocks: list[SourceBlock], lines: list[LineEvidence]) -> Matrix:
    """Return one row of `ALL_NAMES` for each block."""
    n = len(lines)
    own = _table([value for line in lines for value in line.values], len(NAMES))
    mass = np.array([line.mass for line in lines], dtype=np.float32)
    groups = group_numbers(blocks)
    run = _runs(own, mass, groups, lines)
    shared = np.full((n + 2 * REACH, len(SHARED)), -1, dtype=np.float32)
    shared[REACH : REACH + n] = own[:, [INDEX[name] for name in SHARED]]
    masses = np.full(n + 2 * REACH, -1, dtype=np.float32)
    masses[REACH : REACH + n] = mass
    numbers = np.full(n + 2 * REACH, -9)
    numbers[REACH : REACH + n] = groups
    offsets = [*range(-REACH, 0), *range(1, REACH + 1)]
    found = np.empty((n, len(ALL_NAMES)), dtype=np.float32)
    found[:, : len(NAMES)] = own
    found[:, len(NAMES) : _AROUND] = run
    for k, offset in enumerate(offsets):
        there = slice(REACH + offset, REACH + offset + n)
        at = _AROUND + k * len(SHARED)
        found[:, at : at + len(SHARED)] = shared[there]
        found[:, _MASSES + k] = masses[there]
        found[:, _MASSES + len(offsets) + k] = numbers[there] == numbers[REACH : REACH + n]
    return found


def _table(values: list[float], width: int) -> Matrix:
    """Return rows of numbers, one behind the other, as a matrix; faster than numpy's own reading of a list."""
    return np.frombuffer(pack(f"{len(values)}d", *values)).astype(np.float32).reshape(-1, width)


def _median(numbers: NDArray[Any]) -> float:
    """Return the median, 0 of none; numpy's own imports its masked arrays."""
    half, odd = divmod(len(numbers), 2)
    return float(np.sort(numbers)[half - 1 + odd : half + 1].mean()) if len(numbers) else 0.0


def _runs(own: Matrix, mass: Matrix, groups: list[int], lines: list[LineEvidence]) -> Matrix:
    n = len(lines)
    counts = own[:, INDEX["words"]]
    words: list[float] = counts.tolist()  # whole numbers, as their sums are: plain lists are quicker to walk
    masses: list[float] = mass.tolist()
    out = np.zeros((n, len(RUN)), dtype=np.float32)
    column = {name: i for i, name in enumerate(RUN)}
    out[:, column["mass"]] = mass
    bounds: dict[int, tuple[int, int]] = {}
    for i, group in enumerate(groups):
        bounds[group] = (bounds[group][0] if group in bounds else i, i + 1)
    of_groups = {group: _of_group(masses[first:last], words[first:last]) for group, (first, last) in bounds.items()}
    related: list[float] = own[:, INDEX["is_related"]].tolist()
    inside, left_edge, right_edge = breaks(lines)
    prose = counts[counts >= SHORT]
    median = _median(prose)
    marked = float((own[:, INDEX["linked"]] > 0).sum()) / max(1, n)
    grouped = sum(bounds[g][1] - bounds[g][0] > 1 for g in groups) / max(1, n)
    before = _nearest(masses, words, range(n))
    after = _nearest(masses, words, range(n - 1, -1, -1))
    above = _related_above(related, words)
    values: list[float] = []
    for i in range(n):
        first, last = bounds[groups[i]]
        size = last - first
        low, high = i, i + 1
        while low > 0 and i - low < LOOK and words[low - 1] < SHORT:
            low -= 1
        while high < n and high - i < LOOK and words[high] < SHORT:
            high += 1
        short = masses[low:high]
        values += (
            float(size > 1), min(size, 20), (i - first) / max(1, size - 1),
            *of_groups[groups[i]],
            before[i][0], after[i][0], before[i][1], after[i][1],
            high - low, _at_least(1, short), _at_least(3, short),
            inside[i], left_edge[i], right_edge[i],
            min(i, 12), min(n - 1 - i, 12), min(n, 100), median, marked, grouped, *above[i],
        )  # fmt: skip
    out[:, 1:] = _table(values, len(RUN) - 1)
    return out


def _of_group(masses: list[float], words: list[float]) -> tuple[float, float, float, float]:
    """Return what all lines of a group have in common; once a group, which may be a text of 10 MB as a whole."""
    return max(masses), _at_least(1, masses) / len(masses), min(sum(words), 300.0), max(words)


def _at_least(limit: float, masses: list[float]) -> int:
    return len([mass for mass in masses if mass >= limit])


def _nearest(mass: list[float], words: list[float], order: range) -> list[tuple[float, float]]:
    """Return the strongest evidence before a line, fading with distance and with prose in between, and the distance."""
    out = [(0.0, 0.0)] * len(mass)
    value, distance = 0.0, float(LOOK)
    for i in order:
        out[i] = (value, distance)
        if mass[i] >= max(1.0, value):
            value, distance = mass[i], 0.0
        elif words[i] >= LONG:
            value, distance = value * 0.2, distance + 3
        else:
            value *= 0.85 if words[i] < SHORT else 0.6
        distance = min(float(LOOK), distance + 1)
    return out


def _related_above(related: list[float], words: list[float]) -> list[tuple[float, float]]:
    """Tell whether a heading of a list of articles stands above, with nothing but short lines between."""
    out = []
    distance = 0.0
    for i in range(len(words)):
        out.append((float(distance > 0), distance))
        if related[i] >= 3 and words[i] < SHORT:
            distance = 1.0
        elif distance and words[i] < LONG:
            distance = min(distance + 1, LOOK)
        else:
            distance = 0.0
    return out


def breaks(lines: list[LineEvidence]) -> tuple[list[float], list[float], list[float]]:
    """Return where a sentence breaks off and goes on further down: lines between, the left half, the right half."""
    n = len(lines)
    inside, left, right = [0.0] * n, [0.0] * n, [0.0] * n
    opened = -1
    for i, line in enumerate(lines):
        bare = line.text.rstrip(CLOSERS)
        if opened >= 0 and i - opened > 1 and line.values[INDEX["lower_start"]] and len(line.words) > 3:
            for k in range(opened + 1, i):
                inside[k] = 1.0
            left[opened] = right[i] = 1.0
            opened = -1
        if len(line.words) >= MIN_HALF and bare and (bare[-1].isalnum() or bare[-1] in ",–—-(") and line.mass < 3:
            if opened < 0 or i - opened > BREAK or len(line.words) >= len(lines[opened].words):
                opened = i  # of two lines that break off, the longer one is the sentence's first half
        elif len(line.words) >= LONG or (opened >= 0 and i - opened > BREAK):
            opened = -1
    return inside, left, right
