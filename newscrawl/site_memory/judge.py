"""Which pieces of a page are its site's boilerplate."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from newscrawl.site_memory.pieces import MemoryPiece
from newscrawl.site_memory.view import SiteView, Standing

LEFT_SHARE: Final = 0.1
"""Minimum share of a page's letters that must remain; else the page is not changed."""
PARAGRAPH: Final = 60
"""Letters from which a piece is not a heading, and can have one."""


def boilerplate(pieces: list[MemoryPiece], view: SiteView, breaks: Callable[[int], bool] | None = None) -> list[bool]:
    """Tell for each piece of an article, in reading order, whether it is removed.

    Short pieces are removed beside boilerplate, or where they are on nearly all pages and not a heading; ``breaks``
    tells whether a piece parts a sentence, which a heading does not. Where little or nothing would remain, nothing is
    removed: such a page is not an article with boilerplate, or not yet known well enough.
    """
    if view.is_empty:
        return [False] * len(pieces)
    standing = [view.known.get(p.mark) or view.loose.get(p.loose) if p.mark else None for p in pieces]
    gone = [s is Standing.BOILERPLATE for s in standing]
    for order in (range(len(pieces)), range(len(pieces) - 1, -1, -1)):
        for at, beside in pairwise(order):
            if gone[at] and standing[beside]:
                gone[beside] = True
    for i, s in enumerate(standing):
        if s in (Standing.LABEL, Standing.LINE) and not gone[i]:
            heads = pieces[i].heading if s is Standing.LINE and i else _heads(i, pieces, gone)
            gone[i] = not heads or (breaks is not None and breaks(i))
    if not any(gone):
        return gone
    left = sum(p.size for p, g in zip(pieces, gone, strict=True) if not g)
    whole = sum(p.size for p in pieces)
    longest = max((p.size for p, g in zip(pieces, gone, strict=True) if not g), default=0)
    if left < LEFT_SHARE * whole or longest < PARAGRAPH:
        return [False] * len(pieces)
    return gone


def _heads(at: int, pieces: list[MemoryPiece], gone: list[bool]) -> bool:
    """Tell whether a short piece may be the heading of the paragraph after it: once on the page, and without a link."""
    own = pieces[at]
    if own.linked or sum(p.mark == own.mark for p in pieces) > 1:
        return False
    return any(not gone[k] for k in range(at + 1, len(pieces)))
