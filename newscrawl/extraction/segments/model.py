"""Frames and segments: a page's block elements, and the runs of text that stand in them.

Both are written out, not as dataclasses: a page has hundreds, and where the code is compiled, the ``__init__`` that
`dataclasses` makes stays interpreted.
"""

from __future__ import annotations

from typing import Any, Final

BODY: Final = "body"
"""Tag and signature of the outermost frame."""


class Frame:
    """A block element on the way from the body to a segment, with sums over the segments within it."""

    __slots__ = (
        "chars", "depth", "element", "emails", "first", "flags", "images", "index", "inner", "inputs", "kind", "last",
        "link_chars", "marks", "names", "parent", "prose", "segments", "signature", "tag",
    )  # fmt: skip

    def __init__(
        self,
        element: Any,
        tag: str,
        parent: Frame | None,
        depth: int,
        flags: int,
        names: tuple[str, ...],
        signature: str,
        index: int,
        marks: int,
        inner: int = 0,
        kind: int = 0,
    ) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.depth = depth
        self.flags = flags
        self.names = names
        self.signature = signature
        self.index = index
        self.marks = marks
        """What its own names speak of (`newscrawl.widgets.markup`)."""
        self.inner = inner
        """What any name within it speaks of."""
        self.kind = kind
        """The kind of place, numbered within the page: its tag and names with its parent's."""
        self.chars = self.link_chars = self.prose = self.segments = self.emails = self.inputs = self.images = 0
        self.first = self.last = -1


class Segment:
    """A run of text. ``continues``: it goes on in the paragraph of the one before; ``time``: of a live blog's entry."""

    __slots__ = (
        "bare", "bold_chars", "cells", "continues", "control", "frame", "images", "is_rest", "link_chars", "links",
        "nodes", "prose", "text", "time",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        frame: Frame,
        link_chars: int,
        links: int,
        bold_chars: int,
        images: int,
        control: bool,
        bare: bool,
        continues: bool,
        nodes: list[tuple[Any, bool]],
    ) -> None:
        self.text = text
        self.frame = frame
        self.link_chars = link_chars
        self.links = links
        self.bold_chars = bold_chars
        self.images = images
        self.control = control
        self.bare = bare
        self.continues = continues
        self.nodes = nodes
        """Where its text stands: (element, is it the element's tail)."""
        self.prose = False
        """It looks like running text (`is_prose`)."""
        self.time: str | None = None
        self.is_rest = False
        """An earlier cleaning put it to the block before."""
        self.cells: tuple[Frame, ...] = ()
        """Those of a table's row that were put together."""

    @property
    def box(self) -> Frame:
        """The frame around its own, or its own where that is the outermost."""
        return self.frame.parent or self.frame
