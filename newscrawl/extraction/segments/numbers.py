"""Whole numbers of a page's frames and segments as matrices, gathered in one pass for all figures."""

from __future__ import annotations

from struct import pack
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extraction.segments.elements import HEADINGS
from newscrawl.extraction.segments.model import Frame, Segment

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
    number = _TAG_NUMBERS.get
    found: list[int] = []
    for f in frames:
        found.extend(
            (
                f.depth, f.flags, f.marks, f.inner, f.chars, f.link_chars, f.prose, f.segments, f.emails, f.inputs,
                0 if f.parent is None else f.parent.index, number(f.tag, _OTHER_TAG),
            )
        )  # fmt: skip
    return _matrix(found, 12)


def _segment_numbers(segments: list[Segment]) -> Indices:
    """Return a (12, n) matrix of segments.

    Its rows: characters, characters of links, links, bold characters, images, is it a control, does it stand bare, does
    it continue the one before, is it prose, index of its frame, kind of place, and is that frame a heading.
    """
    found: list[int] = []
    for s in segments:
        found.extend(
            (
                len(s.text), s.link_chars, s.links, s.bold_chars, s.images, s.control, s.bare, s.continues, s.prose,
                s.frame.index, s.frame.kind, s.frame.tag in HEADINGS,
            )
        )  # fmt: skip
    return _matrix(found, 12)


def _matrix(rows: list[int], width: int) -> Indices:
    """Return rows of numbers, one behind the other, as columns; faster than numpy's own reading of a list."""
    numbers = np.frombuffer(pack(f"{len(rows)}q", *rows), dtype=np.int64)
    return np.ascontiguousarray(numbers.reshape(-1, width).T)


def last_before(wanted: NDArray[np.bool_], none: int) -> Indices:
    """Return for each place the last one before it that is one of ``wanted``; ``none`` where there is not any."""
    found = np.empty(len(wanted), dtype=np.int64)
    found[0] = none
    found[1:] = np.maximum.accumulate(np.where(wanted, np.arange(len(wanted)), none))[:-1]
    return found
