"""Whole numbers of a page's frames and segments as matrices, gathered in one pass for all figures."""

from __future__ import annotations

from struct import pack
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extraction.segments.elements import HEADINGS
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.parsing.trees import Matrix

Indices = NDArray[np.int64]

TAGS: Final = (
    "p", "div", "li", "h1", "h2", "h3", "h4", "td", "span", "section", "blockquote", "figcaption", "a",
    "button", "article",
)  # fmt: skip
_TAG_NUMBERS: Final = {tag: number for number, tag in enumerate(TAGS)}
_OTHER_TAG: Final = -1


class PageNumbers:
    """The whole numbers of a page's segments and frames, from which the figures of both models are computed."""

    __slots__ = ("frames", "segments")

    def __init__(self, segments: list[Segment], frames: list[Frame]) -> None:
        self.segments = _segment_numbers(segments)
        self.frames = _frame_numbers(frames)


def _frame_numbers(frames: list[Frame]) -> Indices:
    """Return a (12, n) matrix of frames.

    Its rows: depth, flags, marks, marks within, characters, characters of links, of prose, segments, fields for a mail
    address, other fields, index of the parent (of the body itself), and tag, as its number in `TAGS`, else -1.
    """
    return matrix(
        [f.depth for f in frames],
        [f.flags for f in frames],
        [f.marks for f in frames],
        [f.inner for f in frames],
        [f.chars for f in frames],
        [f.link_chars for f in frames],
        [f.prose for f in frames],
        [f.segments for f in frames],
        [f.emails for f in frames],
        [f.inputs for f in frames],
        [0 if f.parent is None else f.parent.index for f in frames],
        [_TAG_NUMBERS.get(f.tag, _OTHER_TAG) for f in frames],
    )


def _segment_numbers(segments: list[Segment]) -> Indices:
    """Return a (12, n) matrix of segments.

    Its rows: characters, characters of links, links, bold characters, images, is it a control, does it stand bare, does
    it continue the one before, is it prose, index of its frame, kind of place, and is that frame a heading.
    """
    return matrix(
        [len(s.text) for s in segments],
        [s.link_chars for s in segments],
        [s.links for s in segments],
        [s.bold_chars for s in segments],
        [s.images for s in segments],
        [s.control for s in segments],
        [s.bare for s in segments],
        [s.continues for s in segments],
        [s.prose for s in segments],
        [s.frame.index for s in segments],
        [s.frame.kind for s in segments],
        [s.frame.tag in HEADINGS for s in segments],
    )


def matrix(*rows: list[int]) -> Indices:
    """Return rows of whole numbers as a matrix; packed, since numpy takes two to four times as long to read lists."""
    form = f"{len(rows[0])}q"
    return np.frombuffer(b"".join([pack(form, *row) for row in rows]), dtype=np.int64).reshape(len(rows), -1)


def floats(values: list[float]) -> Matrix:
    """Return numbers as an array, packed like `matrix`."""
    return np.frombuffer(pack(f"{len(values)}f", *values), dtype=np.float32)


def last_before(wanted: NDArray[np.bool_], none: int) -> Indices:
    """Return for each place the last one before it that is one of ``wanted``; ``none`` where there is not any."""
    found = np.empty(len(wanted), dtype=np.int64)
    found[0] = none
    found[1:] = np.maximum.accumulate(np.where(wanted, np.arange(len(wanted)), none))[:-1]
    return found
