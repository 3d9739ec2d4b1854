"""Where each segment stands, as numbers: its elements, their names, and its neighbours."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.name_odds import NameOdds
from newscrawl.extraction.segments.segment import FLAGS, HIDDEN
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.markup import TRAINED, trained_bit, trained_kinds

_TAGS: Final = (
    "p", "div", "li", "h1", "h2", "h3", "h4", "td", "span", "section", "blockquote", "figcaption", "a",
    "button", "article",
)  # fmt: skip
_TAG_NUMBERS: Final = {tag: number for number, tag in enumerate(_TAGS)}
_ALL_TAGS: Final = np.arange(len(_TAGS), dtype=np.int8)[:, None]
_ALL_FLAGS: Final = np.array([*FLAGS.values(), HIDDEN], dtype=np.int64)[:, None]
_BOXES: Final = ("newsletter", "related", "social", "comment", "ad", "author_bio", "donation", "consent", "video")
_FAR: Final = 12.0

PLACE: Final = (
    *(f"tag_{t}" for t in _TAGS), *(f"in_{t}" for t in FLAGS), "hidden", "depth", "names_own", "names_parent",
    "names_min", "names_max", "names_sum", "names_near", "parent_chars", "parent_links", "parent_prose",
    "parent_segments", "grand_chars", "grand_links", "grand_prose", "grand_segments", "great_prose",
    "great_links", "best_share", "in_main", "main_distance", "main_depth", "form_chars", "form_distance",
    "emails", "inputs", "branch_chars", "branch_links", "branch_prose", "branch_segments",
    *(f"mark_{k}" for k in trained_kinds()), *(f"box_{k}" for k in _BOXES), "sig_count", "sig_chars", "sig_links",
    "sig_prose",
)  # fmt: skip
_Numbers = NDArray[np.float32]
_Indices = NDArray[np.int64]
_Level = tuple[slice, _Indices]
"""The frames of one depth, which stand together in the table, and the parent of each."""


def main_frame(frames: list[Frame]) -> Frame:
    """Return the deepest frame that holds the bulk of the page's prose."""
    main = frames[0]
    total = main.prose or 1
    for frame in frames:
        if frame.prose >= 0.75 * total and frame.depth > main.depth:
            main = frame
    return main


@cache
def _box_bits() -> tuple[int, ...]:
    return tuple(trained_bit(kind) for kind in _BOXES)


def place_features(segments: list[Segment], frames: list[Frame], main: Frame, odds: NameOdds) -> Matrix:
    """Return the (len(PLACE), n) matrix of the segments; computed for all frames at once, level by level."""
    ordered = sorted(frames, key=attrgetter("depth"))
    rank = np.empty(len(frames), dtype=np.int64)
    rank[_whole(ordered, "index")] = np.arange(len(frames))
    at = np.fromiter([s.frame.index for s in segments], dtype=np.int64, count=len(segments))
    table = _frame_table(ordered, rank, main, odds)
    return np.vstack([table.take(rank.take(at), axis=1), _alike(segments)])


def _column(frames: list[Frame], name: str) -> _Numbers:
    return np.fromiter(map(attrgetter(name), frames), dtype=np.float32, count=len(frames))


def _whole(frames: list[Frame], name: str) -> _Indices:
    return np.fromiter(map(attrgetter(name), frames), dtype=np.int64, count=len(frames))


def _own_odds(frames: list[Frame], odds: NameOdds) -> _Numbers:
    """Return each frame's strongest word, by distance from 0."""
    alike = {frame.signature: frame for frame in frames}
    known = {name: odds.strongest(f.tag, f.names) if f.names else 0.0 for name, f in alike.items()}
    return np.array([known[frame.signature] for frame in frames], dtype=np.float32)


def _levels(depth: _Indices, parent: _Indices) -> list[_Level]:
    """Return the levels below the body's, from the top down."""
    borders = np.cumsum(np.bincount(depth)).tolist()
    return [(slice(start, end), parent[start:end]) for start, end in pairwise(borders)]


def _frame_table(frames: list[Frame], rank: _Indices, main: Frame, odds: NameOdds) -> Matrix:
    """Return the figures of all frames; ``frames`` in order of depth, ``rank``: where each stands in it."""
    count = len(frames)
    parent = rank.take(np.fromiter([f.parent.index if f.parent else 0 for f in frames], dtype=np.int64, count=count))
    depth, flags = _whole(frames, "depth"), _whole(frames, "flags")
    levels = _levels(depth, parent)
    tags = np.fromiter([_TAG_NUMBERS.get(f.tag, -1) for f in frames], dtype=np.int8, count=count)
    grand = parent.take(parent)
    great = parent.take(grand)
    chars, links, prose, size = (_column(frames, n) for n in ("chars", "link_chars", "prose", "segments"))
    some = np.maximum(chars, 1)
    sums = np.stack([np.log1p(chars), links / some, np.log1p(prose), np.log1p(size)])
    log_chars, linked, log_prose, many = sums
    branch, left = _ways(rank, parent, len(levels), main)
    left_depth = depth.take(left)
    columns = [
        *(tags == _ALL_TAGS),
        *((flags & _ALL_FLAGS) != 0),
        depth,
        *_names(_own_odds(frames, odds), parent, levels),
        *sums.take(parent, axis=1),
        *sums.take(grand, axis=1),
        log_prose.take(great), linked.take(great),
        prose.take(parent) / (main.prose or 1),
        left == rank[main.index], depth - left_depth, main.depth - left_depth,
        *_forms(frames, parent, len(levels), depth, log_chars),
        log_chars.take(branch), linked.take(branch), (prose / some).take(branch), many.take(branch),
    ]  # fmt: skip
    marks = _marks(frames, parent, len(levels), log_chars, left)
    return np.vstack([np.stack(columns, dtype=np.float32, casting="unsafe"), *marks])


def _nearest(wanted: NDArray[np.bool_], parent: _Indices, height: int) -> _Indices:
    """Return for each frame the first of it and those above it that is one of ``wanted``, else the body.

    ``wanted`` may have a column for each of several kinds; returned are indices into it as one row. ``height``: of the
    tree. Each step doubles how far up all have looked, so there are few of them.
    """
    here = np.arange(wanted.size).reshape(wanted.shape)
    at: _Indices = np.where(wanted, here, here.take(parent, axis=0)).ravel()
    for _ in range(height.bit_length()):
        at = at.take(at)
    return at


def _names(own: _Numbers, parent: _Indices, levels: list[_Level]) -> list[_Numbers]:
    """Evidence of names: own, the parent's, and lowest, highest, sum and nearest on the way up to the body."""
    low, high, total = np.minimum(own, 0), np.maximum(own, 0), own.copy()
    at = parent
    for _ in range(len(levels).bit_length()):  # each time of twice as many frames
        low, high = np.minimum(low, low.take(at)), np.maximum(high, high.take(at))
        at = at.take(at)
    for here, up in levels:
        total[here] += total.take(up)
    return [own, own.take(parent), low, high, total, own.take(_nearest(own != 0, parent, len(levels)))]


def _forms(frames: list[Frame], parent: _Indices, height: int, depth: _Indices, log_chars: _Numbers) -> list[_Numbers]:
    """Size of the smallest frame around that holds a form field, how far up it is, and its fields."""
    emails, inputs = _column(frames, "emails"), _column(frames, "inputs")
    has = (emails + inputs) > 0
    holder = _nearest(has, parent, height)
    holds = has.take(holder)
    steps = np.where(holds, np.minimum(depth - depth.take(holder), 99), 99).astype(np.float32)
    return [np.where(holds, log_chars.take(holder), 0), steps, emails.take(holder), inputs.take(holder)]


def _ways(rank: _Indices, parent: _Indices, height: int, main: Frame) -> tuple[_Indices, _Indices]:
    """Return where the way down leaves that from the body to the main frame: the branch, and the frame left."""
    off = np.ones(len(rank), dtype=bool)
    at_frame: Frame | None = main
    while at_frame is not None:
        off[rank[at_frame.index]] = False
        at_frame = at_frame.parent
    branch = _nearest(~(off & off.take(parent)), parent, height)
    return branch, np.where(off, parent.take(branch), branch)


def _marks(frames: list[Frame], parent: _Indices, height: int, log_chars: _Numbers, left: _Indices) -> list[Matrix]:
    """For each kind of name, how many frames up it stands; for each kind of box, the size of the smallest with one."""
    shifts = TRAINED + np.arange(len(trained_kinds()))
    own = (_whole(frames, "marks")[:, None] >> shifts) & 1 == 1
    away = np.where(own, 0.0, _FAR).astype(np.float32)
    at = parent
    for bit in range(int(_FAR).bit_length()):
        away = np.minimum(away, away.take(at, axis=0) + (1 << bit))
        at = at.take(at)
    boxed = (_whole(frames, "inner")[:, None] & np.array(_box_bits())) != 0
    boxed[left == np.arange(len(frames))] = False
    box = np.where(boxed, log_chars[:, None], np.float32(_FAR))
    return [away.T, box.take(_nearest(boxed, parent, height)).reshape(box.shape).T]


def _alike(segments: list[Segment]) -> Matrix:
    """Of a segment's kind of place: how many segments stand in such ones, how long, how much linked, how much prose."""
    count = len(segments)
    kind = np.fromiter([s.frame.kind for s in segments], dtype=np.int64, count=count)
    size = np.fromiter([len(s.text) for s in segments], dtype=np.int64, count=count)
    links = np.fromiter([s.link_chars for s in segments], dtype=np.int64, count=count)
    prose = np.fromiter([s.prose for s in segments], dtype=np.bool_, count=count)
    number, chars = np.bincount(kind), np.bincount(kind, size)
    linked, running = np.bincount(kind, np.minimum(links, size)), np.bincount(kind, size * prose)
    several = np.maximum(number, 1)
    figures = [np.log1p(number), np.log1p(chars / several), linked / np.maximum(chars, 1), np.log1p(running)]
    return np.stack(figures, dtype=np.float32, casting="same_kind").take(kind, axis=1)
