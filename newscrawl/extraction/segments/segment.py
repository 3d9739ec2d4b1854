"""Split a page into segments: the runs of text a reader sees as one line or paragraph, each with where it stands."""

from __future__ import annotations

from itertools import chain
from typing import Any, Final

from newscrawl.extraction.segments.elements import (
    HIDDEN,
    NAMINGS,
    PARAGRAPHS,
    SKIPPED,
    flags_of,
    names_of,
    naming_of,
)
from newscrawl.extraction.segments.model import BODY, Frame, Segment
from newscrawl.extraction.segments.role import MARK, PARTED
from newscrawl.extraction.segments.table_rows import join_cells
from newscrawl.parsing.tree import Element
from newscrawl.text.normalise import page_text
from newscrawl.widgets.markup import marks, tokens_and_marks

_SKIP: Final = 1
_BREAK: Final = 2
_IMAGE: Final = 3
_FIELD: Final = 4
_NONE: Final = 0
_CONTROL: Final = 1
_SOFT: Final = 2
_HARD: Final = 3
_LEAF: Final = 4
_WITHIN: Final = 5
"""Borders of elements: at a soft one the text may go on, and a control has none but is told of. What is within a leaf
is passed over, as is what is unseen.
"""
_LEAVES: Final = {**dict.fromkeys(SKIPPED, _SKIP), "br": _BREAK, "img": _IMAGE, "input": _FIELD}
"""Elements within which no text is looked for."""
_SHORT: Final = 60
_LONG: Final = 160
"""Characters of running text, with a mark that sentences have, and without."""


def segment(body: Element) -> tuple[list[Segment], list[Frame]]:
    """Return the segments of a ``<body>`` in order, and every frame that holds one, outermost first.

    Block elements part segments, and so do two ``<br>`` and inline elements whose names speak of a widget: what stands
    on both sides of such a one is marked as going on.
    """
    run = _Run()
    frames = _walk(body, run)
    segments = join_cells(run.segments)
    _sum(segments, frames)
    frames = [frame for frame in frames if frame.segments or frame.parent is None]
    for index, frame in enumerate(frames):
        frame.index = index
    return segments, frames


def _walk(body: Any, run: _Run) -> list[Frame]:
    """Walk through all elements of a body, put their texts to ``run``, and return the frames; comments part nothing.

    It is one loop, as each call in it would be made for every one of a page's thousands of elements. The elements that
    end before one begins are known by its parent, which costs half as much as `etree.iterwalk`.
    """
    frame = _body_frame(body)
    frames = [frame]
    places: dict[tuple[str, str], int] = {("", BODY): 0}
    in_link = in_bold = False
    known = NAMINGS
    above: list[tuple[Any, Frame, bool, bool, int]] = [(body, frame, False, False, _HARD)]
    # Of each open element: itself, the frame around it, whether link and bold are around it, and its border.
    run.put(body, body.text, False, False, False)
    element: Any
    for element in chain(body.iterdescendants(), (None,)):
        parent = body if element is None else element.getparent()
        while True:
            before, upper, link_above, bold_above, border = above[-1]
            if before is parent:
                break
            above.pop()
            if border == _CONTROL:
                run.control = True
            elif border and border < _LEAF:
                run.cut(frame, border, False)
            frame, in_link, in_bold = upper, link_above, bold_above
            if border != _WITHIN:
                run.put(before, before.tail, True, in_link, in_bold)
        if element is None:
            run.cut(frame, _HARD, False)
            break
        if border >= _LEAF:
            above.append((element, frame, in_link, in_bold, _WITHIN))
            continue
        tag = element.tag
        if type(tag) is not str:  # a comment
            run.put(element, element.tail, True, in_link, in_bold)
            continue
        of_tag = known.get(tag)
        if of_tag is None and tag in _LEAVES:
            _take_leaf(element, tag, frame, run)
            above.append((element, frame, in_link, in_bold, _LEAF))
            continue
        given: list[tuple[str, str]] = element.items()
        names = names_of(given) if given else ""
        naming = of_tag.get(names) if of_tag is not None else None
        if naming is None:
            naming = naming_of(tag, names)
        border = _HARD
        if naming.is_inline or naming.is_custom:
            in_paragraph = frame.tag in PARAGRAPHS
            if naming.is_unseen and in_paragraph:
                above.append((element, frame, in_link, in_bold, _LEAF))
                continue
            if naming.is_inline or in_paragraph:
                if (naming.is_soft and frame.tag != "pre") or (MARK, PARTED) in given:
                    border = _SOFT  # within <pre>, code has comments of its own
                else:
                    border = _CONTROL if naming.is_control else _NONE
        above.append((element, frame, in_link, in_bold, border))
        if border != _HARD:
            if tag == "a":
                run.links += 1
                in_link = True
            elif tag == "b" or tag == "strong":
                in_bold = True
        if border <= _CONTROL:
            frame.inner |= naming.marks
        else:
            run.cut(frame, border, border == _HARD)
            kind = places.setdefault((frame.signature, naming.signature), len(places))
            flags = frame.flags | naming.flag
            if given:
                flags |= flags_of(given)
            frame = Frame(
                element, tag, frame, frame.depth + 1, flags, naming.tokens, naming.signature, len(frames),
                naming.all_marks, naming.all_marks, kind,
            )  # fmt: skip
            frames.append(frame)
            run.control = naming.is_control
            if border == _SOFT:
                run.links = 1 if in_link else 0
        run.put(element, element.text, False, in_link, in_bold)
    return frames


def _body_frame(body: Any) -> Frame:
    names = f"{body.get('class') or ''} {body.get('id') or ''}"
    flags = flags_of(body.items()) & ~HIDDEN
    tokens, mask = tokens_and_marks(names)
    return Frame(body, BODY, None, 0, flags, tokens, BODY, 0, mask)


class _Run:
    """The text since the last border, and the segments so far."""

    __slots__ = (
        "bold", "breaks", "continues", "control", "has_text", "images", "link", "links", "nodes", "pieces", "segments",
    )  # fmt: skip

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.pieces: list[str] = []
        self.nodes: list[tuple[Any, bool]] = []
        """Where each piece stands: (element, is it the element's tail)."""
        self.link = self.links = self.bold = self.images = self.breaks = 0
        self.has_text = self.control = self.continues = False

    def put(self, element: Any, text: str | None, is_tail: bool, in_link: bool, in_bold: bool) -> None:
        """Put an element's text to the run, or its tail."""
        if not text:
            return
        if not text.isspace():
            if self.pieces and text[0].isupper() and self.pieces[-1].endswith(")"):
                self.pieces.append(" ")  # a dateline in an element of its own
            self.breaks = 0
            self.has_text = True
            if in_link or in_bold:
                size = len(page_text(text))
                if in_link:
                    self.link += size
                if in_bold:
                    self.bold += size
        self.pieces.append(text)
        self.nodes.append((element, is_tail))

    def cut(self, frame: Frame, border: int, bare: bool) -> None:
        """End the run, at a line break or border that stands in its frame (``bare``) or at the frame's own end."""
        soft = border == _SOFT
        if self.pieces:
            text = page_text("".join(self.pieces)) if self.has_text else ""
            if text:
                self.segments.append(
                    Segment(
                        text, frame, self.link, self.links, self.bold, self.images, self.control, bare, self.continues,
                        self.nodes,
                    )
                )  # fmt: skip
                self.nodes = []
            else:
                self.nodes.clear()
            self.continues = soft and (bool(text) or self.continues)
            self.pieces.clear()
        elif soft or self.continues:
            self.continues = soft and self.continues
        else:
            self.images = self.links = 0
            return
        self.link = self.links = self.bold = self.images = self.breaks = 0
        self.has_text = self.control = False


def _take_leaf(element: Any, tag: str, frame: Frame, run: _Run) -> None:
    """Take an element within which no text is looked for."""
    kind = _LEAVES[tag]
    if kind == _BREAK:
        run.breaks += 1
        if run.breaks > 1:
            run.cut(frame, _HARD, True)
        else:
            run.pieces.append(" ")
    elif kind == _IMAGE:
        run.images += 1
        frame.images += 1
    elif kind == _FIELD:
        _count_field(element, frame)
    elif tag == "iframe":
        frame.inner |= marks(element.get("src") or "")


def _count_field(element: Any, frame: Frame) -> None:
    """Count a form field, and whether it asks for a URL."""
    kind = (element.get("type") or "text").lower()
    about = f"{element.get('name')} {element.get('placeholder')} {element.get('id')}"
    frame.inner |= marks(about)
    if kind != "hidden":
        frame.inputs += 1
        if kind == "email" or "mail" in about.lower():
            frame.emails += 1


def is_prose(text: str) -> bool:
    """A cheap test for running text: long enough, with a mark that sentences have."""
    size = len(text)
    return size >= _LONG or (
        size >= _SHORT and (", " in text or ". " in text or "。" in text or "，" in text or "、" in text)
    )


def _sum(segments: list[Segment], frames: list[Frame]) -> None:
    """Add each segment's figures to its frame, then each frame's to its parent's."""
    for index, item in enumerate(segments):
        frame, size, linked = item.frame, len(item.text), item.link_chars
        frame.chars += size
        frame.link_chars += linked if linked < size else size
        frame.segments += 1
        if is_prose(item.text):
            item.prose = True
            if linked * 2 < size:
                frame.prose += size
        if frame.first < 0:
            frame.first = index
        frame.last = index
        for cell in item.cells:
            cell.first = index if cell.first < 0 else cell.first
            cell.last = max(cell.last, index)
    for frame in frames[:0:-1]:
        upper = frame.parent
        if upper is None:
            continue
        upper.inner |= frame.inner
        if frame.images:
            upper.images += frame.images
        if frame.inputs:
            upper.inputs += frame.inputs
            upper.emails += frame.emails
        if frame.segments:
            upper.chars += frame.chars
            upper.link_chars += frame.link_chars
            upper.segments += frame.segments
            upper.prose += frame.prose
            if upper.first < 0 or frame.first < upper.first:
                upper.first = frame.first
            if frame.last > upper.last:
                upper.last = frame.last
