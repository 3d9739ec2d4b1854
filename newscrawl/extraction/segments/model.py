"""Frames and segments: a page's block elements, and the runs of text that stand in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, eq=False)
class Frame:
    """A block element on the way from the body to a segment, with sums over the segments within it."""

    element: Any
    tag: str
    parent: Frame | None
    depth: int
    flags: int
    names: tuple[str, ...]
    signature: str
    index: int = 0
    marks: int = 0
    """What its own names speak of (`newscrawl.widgets.markup`)."""
    inner: int = 0
    """What any name within it speaks of."""
    kind: int = 0
    """The kind of place, numbered within the page: its tag and names with its parent's."""
    chars: int = 0
    link_chars: int = 0
    prose: int = 0
    segments: int = 0
    emails: int = 0
    inputs: int = 0
    images: int = 0
    first: int = -1
    last: int = -1


@dataclass(slots=True, eq=False)
class Segment:
    """A run of text. ``continues``: it goes on in the paragraph of the one before; ``time``: of a live blog's entry."""

    text: str
    frame: Frame
    link_chars: int = 0
    links: int = 0
    bold_chars: int = 0
    images: int = 0
    control: bool = False
    bare: bool = False
    prose: bool = False
    """It looks like running text (`is_prose`)."""
    continues: bool = False
    nodes: list[tuple[Any, bool]] = field(default_factory=list)
    """Where its text stands: (element, is it the element's tail)."""
    time: str | None = None
    is_rest: bool = False
    """An earlier cleaning put it to the block before."""
    cells: tuple[Frame, ...] = ()
    """Those of a table's row that were put together."""
