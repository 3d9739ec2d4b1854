"""Lines broken at a column: at which a text is wrapped, and which line goes on with the one before.

A break is explained by a width where the line before fits into it and the next line's first word would not have. The
width of a text is the one that explains most of its breaks, so that longer captions and short lists beside it do not
matter; headings, which text browsers set a few columns wider than paragraphs, are read with it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from newscrawl.widgets.rejoin import SPACELESS

MIN_WIDTH: Final = 40
MAX_WIDTH: Final = 240
MIN_LINE: Final = 30
MIN_PAIRS: Final = 4
FEW_PAIRS: Final = 2
EXPLAINED_SHARE: Final = 0.5
ALL_BUT_FEW: Final = 0.9
ALIGNED_SHARE: Final = 0.8
MOST_ENDED: Final = 0.6
OPEN: Final = 2
"""What a line without a full stop counts beside one that has one."""
ENDS: Final = (".", "!", "?", "…", "。", "”", "»")
HEADING_MARGIN: Final = 8
"""Columns that a text browser's headings may be wider than its paragraphs."""
_MARKER: Final = re.compile(r"\s*(?:[*+o#@•·-]|\d{1,3}[.)])\s+(?=\S)")
_WIDE: Final = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]"
)


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a text is wrapped; ``width`` is 0 where it is not. ``aligned``: a paragraph's lines have one indentation."""

    width: int = 0
    aligned: bool = False

    def goes_on(self, line: str, following: str, first: str) -> bool:
        """Tell whether ``following`` is the rest of the paragraph of ``line``; ``first`` is its first word."""
        if not self.width or (self.aligned and not _is_aligned(line, following)):
            return False
        if line.strip() == following.strip():  # a caption that stands twice
            return False
        cells = _cells(line.rstrip())
        return cells <= self.width < cells + 1 + _cells(first) or self.width < cells <= self.width + HEADING_MARGIN


def wrapping_of(lines: list[str]) -> Wrapping:
    """Return how the lines of a text are wrapped.

    A line that ends with a full stop says little: where most do, each is a paragraph of its own, and elsewhere it may
    be the end of one, so that no width need explain it. Lines that stand twice, as a box does, count once.
    """
    pairs = [(a.rstrip(), b.rstrip()) for a, b in pairwise(lines) if a.strip() and b.strip() and a.strip() != b.strip()]
    pairs = list(dict.fromkeys(pairs))
    if sum(a.endswith(ENDS) for a, _ in pairs) > MOST_ENDED * len(pairs):
        return Wrapping()
    spans = [(_cells(a), _cells(a) + _cells(first_word(b)), a, b) for a, b in pairs]
    spans = [span for span in spans if MIN_LINE <= span[0] <= MAX_WIDTH]
    steps: Counter[int] = Counter()
    for start, end, line, _ in spans:
        counts = 1 if line.endswith(ENDS) else OPEN
        steps[start] += counts
        steps[end + 1] -= counts
    best = total = width = 0
    for column in sorted(steps):
        total += steps[column]
        if total > best and column >= MIN_WIDTH:
            best, width = total, column
    count = sum(start <= width <= end for start, end, _, _ in spans)
    unended = [start <= width <= end for start, end, line, _ in spans if not line.endswith(ENDS)]
    if (
        count < FEW_PAIRS
        or (count < MIN_PAIRS and count < ALL_BUT_FEW * len(spans))
        or sum(unended) < EXPLAINED_SHARE * len(unended)
    ):
        return Wrapping()
    explained = [(a, b) for start, end, a, b in spans if start <= width <= end]
    aligned = sum(_is_aligned(a, b) for a, b in explained)
    return Wrapping(width, aligned >= ALIGNED_SHARE * len(explained))


def first_word(line: str) -> str:
    """Return what of a line would have had to fit into the one before: its first word, or a character without spaces.

    >>> first_word("  * The ferry sails"), first_word("渡し船は")
    ('The', '渡')
    """
    marker = _MARKER.match(line)
    text = line[marker.end() :] if marker else line.lstrip(" \t>")
    word = text.split(None, 1)[0] if text.strip() else ""
    return word[:1] if SPACELESS.match(word) else word


def indentation(line: str) -> int:
    """Return the columns of white space a line begins with."""
    bare = line.expandtabs(8)
    return len(bare) - len(bare.lstrip())


def _is_aligned(line: str, following: str) -> bool:
    """Whether two lines begin in one column, the first behind its bullet where it has one."""
    column = indentation(following)
    marker = _MARKER.match(line.expandtabs(8))
    return column == indentation(line) or (marker is not None and column == marker.end())


def _cells(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))
