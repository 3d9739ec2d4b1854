"""Where each segment stands, as numbers: its elements, their names, and its neighbours."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extraction.segments.elements import FLAGS, HIDDEN
from newscrawl.extraction.segments.model import Frame
from newscrawl.extraction.segments.name_odds import NameOdds
from newscrawl.extraction.segments.numbers import TAGS, Indices, floats
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.markup import TRAINED, trained_bit, trained_kinds

_ALL_TAGS: Final = np.arange(len(TAGS))[:, None]
_ALL_FLAGS: Final = np.array([*FLAGS.values(), HIDDEN], dtype=np.int64)[:, None]
_BOXES: Final = ("newsletter", "related", "social", "comment", "ad", "author_bio", "donation", "consent", "video")
_FAR: Final = 12.0

PLACE: Final = (
    *(f"tag_{t}" for t in TAGS), *(f"in_{t}" for t in FLAGS), "hidden", "depth", "names_own", "names_parent",
    "names_min", "names_max", "names_sum", "names_near", "parent_chars", "parent_links", "parent_prose",
    "parent_segments", "grand_chars", "grand_links", "grand_prose", "grand_segments", "great_prose",
    "great_links", "best_share", "in_main", "main_distance", "main_depth", "form_chars", "form_distance",
    "emails", "inputs", "branch_chars", "branch_links", "branch_prose", "branch_segments",
    *(f"mark_{k}" for k in trained_kinds()), *(f"box_{k}" for k in _BOXES), "sig_count", "sig_chars", "sig_links",
    "sig_prose",
)  # fmt: skip
_Numbers = NDArray[np.float32]
_Level = tuple[slice, Indices]
"""The frames of one depth, which stand together in the table, and the parent of each."""
_NAMED: Final = 0
_FORM: Final = 1
_BRANCH: Final = 2
_BOXED: Final = slice(3, 3 + len(_BOXES))
"""What `_nearest` looks for: columns of what is wanted."""


def main_frame(frames: list[Frame], table: Indices) -> Frame:
    """Return the deepest frame that holds the bulk of the page's prose; ``table``: the numbers of the frames."""
    depth, prose = table[0], table[6]
    return frames[int(np.where(prose >= 0.75 * (frames[0].prose or 1), depth, 0).argmax())]


@cache
def _box_bits() -> Indices:
    return np.array([trained_bit(kind) for kind in _BOXES], dtype=np.int64)


@cache
def _mark_bits() -> Indices:
    return np.int64(1) << (TRAINED + np.arange(len(trained_kinds()), dtype=np.int64))


def place_features(
    frames: list[Frame], table: Indices, numbers: Indices, main: Frame, odds: NameOdds, out: Matrix
) -> None:
    """Write the figures of the segments into ``out``, a (len(PLACE), n) matrix.

    ``table`` and ``numbers``: those of the frames and of the segments.
    """
    count = len(frames)
    order = table[0].argsort(kind="stable")
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(count)
    depth, flags, marks, inner, *sizes, emails, inputs, parent, tags = table.take(order, axis=1)
    parent = rank.take(parent)
    own = floats(odds.strongest(frames)).take(order)
    levels = _levels(depth, parent)
    chars, links, prose, held = np.array(sizes, dtype=np.float32)
    some = np.maximum(chars, 1)
    sums = np.stack([np.log1p(chars), links / some, np.log1p(prose), np.log1p(held)])

    off = np.ones(count, dtype=bool)
    """Not on the way down from the body to the main frame."""
    at_frame: Frame | None = main
    while at_frame is not None:
        off[rank[at_frame.index]] = False
        at_frame = at_frame.parent
    wanted = np.empty((count, 3 + len(_BOXES)), dtype=bool)
    wanted[:, _NAMED] = own != 0
    wanted[:, _FORM] = emails + inputs > 0
    wanted[:, _BRANCH] = ~(off & off.take(parent))
    wanted[:, _BOXED] = (inner[:, None] & _box_bits()) != 0
    wanted[~off, _BOXED] = False
    at = rank.take(numbers[9])
    found = _nearest(wanted, parent, len(levels)).take(at, axis=0).T
    is_found = wanted.ravel().take(found)
    found //= wanted.shape[1]

    up = parent.take(at)
    over = parent.take(up)
    branch = found[_BRANCH]
    left = np.where(off.take(at), parent.take(branch), branch)
    left_depth, own_depth = depth.take(left), depth.take(at)
    row = len(TAGS)
    out[:row] = tags.take(at) == _ALL_TAGS
    out[row : row + len(_ALL_FLAGS)] = (flags.take(at) & _ALL_FLAGS) != 0
    row += len(_ALL_FLAGS)
    out[row] = own_depth
    _write_names(own, parent, levels, at, out[row + 1 : row + 6])
    out[row + 6] = own.take(found[_NAMED])
    out[row + 7 : row + 11] = sums.take(up, axis=1)
    out[row + 11 : row + 15] = sums.take(over, axis=1)
    out[row + 15 : row + 17] = sums[2:0:-1].take(parent.take(over), axis=1)  # prose, links
    out[row + 17] = prose.take(up) / (main.prose or 1)
    out[row + 18] = left == rank[main.index]
    out[row + 19] = own_depth - left_depth
    out[row + 20] = main.depth - left_depth
    holder, holds = found[_FORM], is_found[_FORM]
    out[row + 21] = np.where(holds, sums[0].take(holder), 0)
    out[row + 22] = np.where(holds, np.minimum(own_depth - depth.take(holder), 99), 99)
    out[row + 23] = emails.take(holder)
    out[row + 24] = inputs.take(holder)
    out[row + 25 : row + 29] = sums.take(branch, axis=1)
    out[row + 27] = prose.take(branch) / some.take(branch)
    row += 29
    kinds = len(_mark_bits())
    out[row : row + kinds] = _steps_to_marks(marks, parent).take(at, axis=0).T
    row += kinds
    out[row : row + len(_BOXES)] = np.where(is_found[_BOXED], sums[0].take(found[_BOXED]), _FAR)
    _write_alike(numbers, out[row + len(_BOXES) :])


def _levels(depth: Indices, parent: Indices) -> list[_Level]:
    """Return the levels below the body's, from the top down."""
    borders = np.cumsum(np.bincount(depth)).tolist()
    return [(slice(start, end), parent[start:end]) for start, end in pairwise(borders)]


def _nearest(wanted: NDArray[np.bool_], parent: Indices, height: int) -> Indices:
    """Return for each frame the first of it and those above it that is one of ``wanted``, else the body.

    ``wanted`` has a column for each of several kinds; returned are indices into it as one row. ``height``: of the
    tree. Each step doubles how far up all have looked, so there are few of them.
    """
    here = np.arange(wanted.size).reshape(wanted.shape)
    at: Indices = np.where(wanted, here, here.take(parent, axis=0))
    for _ in range(height.bit_length()):
        at = at.take(at)
    return at


def _write_names(own: _Numbers, parent: Indices, levels: list[_Level], segments: Indices, out: Matrix) -> None:
    """Write the evidence of names: own, the parent's, and lowest, highest and sum on the way up to the body."""
    extremes, total = np.stack([np.minimum(own, 0), -np.maximum(own, 0)]), own.copy()
    at = parent
    for _ in range(len(levels).bit_length()):  # each time of twice as many frames
        extremes = np.minimum(extremes, extremes.take(at, axis=1))
        at = at.take(at)
    for here, up in levels:
        total[here] += total.take(up)
    out[0] = own.take(segments)
    out[1] = own.take(parent.take(segments))
    out[2:4] = extremes.take(segments, axis=1)
    np.negative(out[3], out=out[3])
    out[4] = total.take(segments)


def _steps_to_marks(marks: Indices, parent: Indices) -> NDArray[np.int8]:
    """Return for each kind of name how many frames up it stands; `_FAR` where that is as far or further."""
    own = (marks[:, None] & _mark_bits()) != 0
    away = np.where(own, np.int8(0), np.int8(_FAR))
    at = parent
    for bit in range(int(_FAR).bit_length()):
        away = np.minimum(away, away.take(at, axis=0) + np.int8(1 << bit))
        at = at.take(at)
    return away


def _write_alike(numbers: Indices, out: Matrix) -> None:
    """Of a segment's kind of place: how many segments stand in such ones, how long, how much linked, how much prose."""
    size, links, prose, kind = numbers[0], numbers[1], numbers[8], numbers[10]
    number, chars = np.bincount(kind), np.bincount(kind, size)
    linked, running = np.bincount(kind, np.minimum(links, size)), np.bincount(kind, size * prose)
    several = np.maximum(number, 1)
    out[0] = np.log1p(number).take(kind)
    out[1] = np.log1p(chars / several).take(kind)
    out[2] = (linked / np.maximum(chars, 1)).take(kind)
    out[3] = np.log1p(running).take(kind)
