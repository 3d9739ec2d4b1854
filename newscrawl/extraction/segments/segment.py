"""Split a page into segments: the runs of text a reader sees as one line or paragraph, each with where it stands."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from lxml import etree

from newscrawl.extraction.segments.model import BODY, Frame, Segment
from newscrawl.extraction.segments.role import MARK, PARTED
from newscrawl.extraction.segments.table_rows import join_cells
from newscrawl.parsing.tree import Element
from newscrawl.text.normalise import page_text
from newscrawl.widgets.markup import is_for_screen_readers, is_tooltip, marks, name_tokens, trained_bit

SKIPPED: Final = frozenset(
    """script style noscript template svg math head iframe object embed canvas audio video map datalist""".split()
)
_SKIP: Final = 1
_BREAK: Final = 2
_IMAGE: Final = 3
_FIELD: Final = 4
_SOFT: Final = 1
_HARD: Final = 2
_UNSEEN: Final = 3
"""Borders of elements: at a soft one the text may go on; what is unseen is passed over."""
_LEAVES: Final = {**dict.fromkeys(SKIPPED, _SKIP), "br": _BREAK, "img": _IMAGE, "input": _FIELD}
"""Elements within which no text is looked for."""
INLINE: Final = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark meter nobr output q rb rp rt ruby s
    samp small span strike strong sub sup time tt u var wbr img picture source label input o:p""".split()
)
PARAGRAPHS: Final = frozenset("p li h1 h2 h3 h4 h5 h6 dd dt td figcaption".split())
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
NAMED: Final = ("class", "id", "name", "action", "data-component", "data-testid", "data-type", "data-module")
_NAMED: Final = frozenset(NAMED)
CONTROLS: Final = frozenset("button select option textarea label input optgroup".split())
_FLAGGED: Final = (
    "article main section aside nav header footer form figure figcaption table ul ol dl blockquote".split()
)
FLAGS: Final = {tag: 1 << bit for bit, tag in enumerate(_FLAGGED)}
HIDDEN: Final = 1 << 15
UNTOLD: Final = 1 << 16
"""Hidden from screen readers, and with that often from all: no figure of the models."""
MARKED: Final = 1 << 17
"""With a mark of an earlier cleaning: no figure of the models, either."""
_SHORT: Final = 60
_LONG: Final = 160
"""Characters of running text, with a mark that sentences have, and without."""
_MOST_TAGS: Final = 200
_MOST_NAMES: Final = 5_000
"""Tags, and names of elements of each, that are remembered at the most."""
_HIDDEN_STYLE: Final = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)


def segment(body: Element) -> tuple[list[Segment], list[Frame]]:
    """Return the segments of a ``<body>`` in order, and every frame that holds one (or a form field), outermost first.

    Block elements part segments, and so do two ``<br>`` and inline elements whose names speak of a widget: what stands
    on both sides of such a one is marked as going on.
    """
    run = _Run()
    frames = _walk(body, run)
    segments = join_cells(run.segments)
    _sum(segments, frames)
    return segments, frames


def _walk(body: Any, run: _Run) -> list[Frame]:
    """Walk through all elements of a body, put their texts to ``run``, and return the frames; comments part nothing.

    It is one loop, as each call in it would be made for every one of a page's thousands of elements.
    """
    frame = _body_frame(body)
    frames = [frame]
    places: dict[tuple[str, str], int] = {("", BODY): 0}
    in_link = in_bold = False
    known = _namings
    above: list[tuple[Frame, bool, bool, int]] = [(frame, False, False, _HARD)]
    # Of each open element: the frame around it, whether link and bold are around it, and its border.
    event: str
    element: Any
    walker = etree.iterwalk(body, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        tail = True
        if event == "end":
            upper, in_link, in_bold, border = above.pop()
            if border:
                run.cut(frame, border, False)
            elif element.tag in CONTROLS:
                run.control = True
            frame = upper
        elif event != "start":
            pass
        elif element is body:
            tail = False
        elif (tag := element.tag) in _LEAVES:
            _take_leaf(element, tag, frame, run)
            walker.skip_subtree()
            next(walker)  # its end
        else:
            given: list[tuple[str, str]] = element.items()
            names = _names_of(given) if given else ""
            naming = known[tag].get(names) if tag in known else None
            if naming is None:
                naming = _naming(tag, names)
            border = _HARD
            if naming.is_inline or naming.is_custom:
                in_paragraph = frame.tag in PARAGRAPHS
                if naming.is_unseen and in_paragraph:
                    walker.skip_subtree()
                    next(walker)
                    border = _UNSEEN
                elif naming.is_inline or in_paragraph:
                    soft = naming.is_soft and frame.tag != "pre"  # code has comments of its own
                    border = _SOFT if soft or (MARK, PARTED) in given else 0
            if border != _UNSEEN:
                tail = False
                above.append((frame, in_link, in_bold, border))
                if border != _HARD:
                    if tag == "a":
                        run.links += 1
                        in_link = True
                    elif tag == "b" or tag == "strong":
                        in_bold = True
                if not border:
                    frame.inner |= naming.marks
                else:
                    run.cut(frame, border, border == _HARD)
                    kind = places.setdefault((frame.signature, naming.signature), len(places))
                    flags = frame.flags | naming.flag
                    if given:
                        flags |= _flags_of(given)
                    frame = Frame(
                        element, tag, frame, frame.depth + 1, flags, naming.tokens, naming.signature, len(frames),
                        naming.all_marks, naming.all_marks, kind,
                    )  # fmt: skip
                    frames.append(frame)
                    run.control = naming.is_control
                    if border == _SOFT:
                        run.links = 1 if in_link else 0
        text: str | None = element.tail if tail else element.text
        if text:
            if not text.isspace():
                run.count(text, in_link, in_bold)
            run.pieces.append(text)
            run.nodes.append((element, tail))
    return frames


def _body_frame(body: Any) -> Frame:
    names = f"{body.get('class') or ''} {body.get('id') or ''}"
    flags = _flags_of(body.items()) & ~HIDDEN
    return Frame(body, BODY, None, 0, flags, name_tokens(names), BODY, 0, marks(names))


class _Naming:
    """What an element's tag and names say, whatever page and place they stand in."""

    __slots__ = (
        "all_marks", "flag", "is_control", "is_custom", "is_inline", "is_soft", "is_tooltip", "is_unseen", "marks",
        "signature", "tokens",
    )  # fmt: skip

    def __init__(self, tag: str, names: str) -> None:
        self.marks = marks(names) if names else 0
        self.all_marks = self.marks | marks(tag) if "-" in tag else self.marks
        self.tokens = name_tokens(names) if names else ()
        self.signature = f"{tag}.{names}"
        self.flag = FLAGS.get(tag, 0)
        self.is_inline = tag in INLINE
        self.is_custom = "-" in tag
        self.is_control = tag in CONTROLS
        self.is_tooltip = tag == "span" and is_tooltip(names)
        self.is_soft = (bool(self.marks & _soft_marks()) and not self.is_control) or self.is_tooltip
        self.is_unseen = self.is_inline and is_for_screen_readers(names)
        """Within a paragraph it is read out and not shown."""


_namings: Final[dict[str, dict[str, _Naming]]] = {}
"""Those of the elements of earlier pages, by tag and names: a site has the same on each."""


def _naming(tag: str, names: str) -> _Naming:
    """Return what tag and names say, and keep it."""
    if len(_namings) > _MOST_TAGS:
        _namings.clear()
    of_tag = _namings.setdefault(tag, {})
    if len(of_tag) > _MOST_NAMES:
        of_tag.clear()
    naming = of_tag.get(names)
    if naming is None:
        naming = of_tag[names] = _Naming(tag, names)
    return naming


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

    def count(self, text: str, in_link: bool, in_bold: bool) -> None:
        """Count a text that is not blank and about to be put to the run."""
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


def _names_of(given: list[tuple[str, str]]) -> str:
    """Return the names among an element's attributes, in one order."""
    if len(given) == 1:
        return given[0][1] if given[0][0] in _NAMED else ""
    named = [item for item in given if item[0] in _NAMED]
    if len(named) < 2:
        return named[0][1] if named else ""
    attributes = dict(named)
    return " ".join([attributes[name] for name in NAMED if name in attributes])


def _flags_of(given: list[tuple[str, str]]) -> int:
    """Return the flags that an element has by its attributes."""
    flags = 0
    for name, value in given:
        if name == "hidden" or (name == "style" and "n" in value and _HIDDEN_STYLE.search(value[:300])):
            flags |= HIDDEN
        elif name == "aria-hidden" and value == "true":
            flags |= UNTOLD
        elif name == MARK:
            flags |= MARKED
    return flags


def _count_field(element: Any, frame: Frame) -> None:
    """Count a form field, and whether it asks for a URL."""
    kind = (element.get("type") or "text").lower()
    about = f"{element.get('name')} {element.get('placeholder')} {element.get('id')}"
    frame.inner |= marks(about)
    if kind != "hidden":
        frame.inputs += 1
        if kind == "email" or "mail" in about.lower():
            frame.emails += 1


@cache
def _soft_marks() -> int:
    """Return marks of inline elements that are split off their paragraph, to be judged by themselves."""
    return sum(trained_bit(kind) for kind in ("newsletter", "related", "ad", "social", "comment", "donation", "follow"))


def in_tooltip(item: Segment) -> bool:
    """Tell whether a segment stands in an inline element that unfolds over a word of the text."""
    at: Frame | None = item.frame
    while at is not None and at.tag in INLINE:
        if _naming(at.tag, at.signature[len(at.tag) + 1 :]).is_tooltip:
            return True
        at = at.parent
    return False


def is_heading(item: Segment) -> bool:
    """Tell whether a segment stands in a heading element."""
    return item.frame.tag in HEADINGS or (item.frame.parent is not None and item.frame.parent.tag in HEADINGS)


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
