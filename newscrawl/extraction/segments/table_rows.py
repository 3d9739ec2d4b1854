"""Rows of tables: their short cells make one segment, as a reader reads them."""

from __future__ import annotations

from typing import Final

from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import MARK

_CELLS: Final = ("td", "th")
_CELL: Final = 60
_ROW: Final = 400


def join_cells(segments: list[Segment]) -> list[Segment]:
    """Return segments with the short cells of a table's row put together; a table that lays out a page stays in pieces.

    A cell that an earlier cleaning marked stood apart from the one before: between them was what it took out.
    """
    out: list[Segment] = []
    for item in segments:
        last = out[-1] if out else None
        if (
            last is not None
            and item.frame.tag in _CELLS
            and len(item.text) <= _CELL
            and len(last.text) <= _ROW
            and (row := item.frame.parent) is not None
            and (
                last.frame is row or (last.frame.tag in _CELLS and last.frame.parent is row and len(last.text) <= _CELL)
            )
            and item.frame.element.get(MARK) is None
        ):
            last.text += f" {item.text}"
            last.cells = (*(last.cells or (last.frame,)), item.frame)
            last.frame = row
            last.link_chars += item.link_chars
            last.links += item.links
            last.bold_chars += item.bold_chars
            last.images += item.images
            last.nodes += item.nodes
        else:
            out.append(item)
    return out
