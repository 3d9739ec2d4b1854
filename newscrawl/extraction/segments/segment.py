"""Split a page into segments: the runs of text a reader sees as one line or paragraph, each with where it stands."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from lxml import etree, html

from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import MARK, PARTED
from newscrawl.extraction.segments.table_rows import join_cells
from newscrawl.text.normalise import page_text
from newscrawl.widgets.markup import is_for_screen_readers, marks, name_tokens, trained_bit

SKIPPED = frozenset(
    """script style noscript template svg math head iframe object embed canvas audio video map datalist""".split()
)
_SKIP, _BREAK, _IMAGE, _FIELD = range(1, 5)
_SOFT, _HARD = 1, 2
"""Borders of elements: at a soft one the text may go on."""
_LEAVES = {**dict.fromkeys(SKIPPED, _SKIP), "br": _BREAK, "img": _IMAGE, "input": _FIELD}
"""Elements within which no text is looked for."""
INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark meter nobr output q rb rp rt ruby s
    samp small span strike strong sub sup time tt u var wbr img picture source label input o:p""".split()
)
PARAGRAPHS = frozenset("p li h1 h2 h3 h4 h5 h6 dd dt td figcaption".split())
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
NAMED = ("class", "id", "name", "action", "data-component", "data-testid", "data-type", "data-module")
_NAMED = frozenset(NAMED)
CONTROLS = frozenset("button select option textarea label input optgroup".split())
_FLAGGED = "article main section aside nav header footer form figure figcaption table ul ol dl blockquote".split()
FLAGS = {tag: 1 << bit for bit, tag in enumerate(_FLAGGED)}
HIDDEN = 1 << 15
_SHORT = 60
_LONG = 160
"""Characters of running text, with a mark that sentences have, and without."""
_HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)


def segment(body: html.HtmlElement) -> tuple[list[Segment], list[Frame]]:
    """Return the segments of a ``<body>`` in order, and every frame that holds one (or a form field), outermost first.

    Block elements part segments, and so do two ``<br>`` and inline elements whose names speak of a widget: what stands
    on both sides of such a one is marked as going on.
    """
    walk = _Walk(body)
    walk.through(body)
    segments = join_cells(walk.segments)
    _sum(segments, walk.frames)
    return segments, walk.frames


class _Naming:
    """What an element's tag and names say, whatever page and place they stand in."""

    __slots__ = ("all_marks", "flag", "is_custom", "is_inline", "is_soft", "marks", "signature", "tokens")

    def __init__(self, tag: str, names: str) -> None:
        self.marks = marks(names) if names else 0
        self.all_marks = self.marks | marks(tag) if "-" in tag else self.marks
        self.tokens = name_tokens(names) if names else ()
        self.signature = f"{tag}.{names}"
        self.flag = FLAGS.get(tag, 0)
        self.is_inline = tag in INLINE
        self.is_custom = "-" in tag
        self.is_soft = bool(self.marks & _soft_marks()) and tag not in CONTROLS


@lru_cache(maxsize=20_000)
def _naming(tag: str, names: str) -> _Naming:
    return _Naming(tag, names)


class _Walk:
    """A walk through a body: its frames and segments so far, where it stands, and the text since the last border."""

    __slots__ = (
        "above", "bold", "breaks", "continues", "control", "frame", "frames", "has_text", "images", "in_bold",
        "in_link", "link", "links", "nodes", "pieces", "places", "segments",
    )  # fmt: skip

    def __init__(self, body: Any) -> None:
        names = f"{body.get('class') or ''} {body.get('id') or ''}"
        self.frame = Frame(body, "body", None, 0, 0, name_tokens(names), "body", 0, marks(names))
        self.frames: list[Frame] = [self.frame]
        self.places: dict[tuple[str, str], int] = {("", "body"): 0}
        self.segments: list[Segment] = []
        self.above: list[tuple[Frame, bool, bool, int]] = []
        """Of each open element: frame, link and bold around it, and its border."""
        self.in_link = self.in_bold = False
        self.pieces: list[str] = []
        self.nodes: list[tuple[Any, bool]] = []
        """Where each piece stands: (element, is it the element's tail)."""
        self.link = self.links = self.bold = self.images = self.breaks = 0
        self.has_text = self.control = self.continues = False

    def through(self, body: Any) -> None:
        """Walk through all elements of the body; comments part nothing."""
        walker = etree.iterwalk(body, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "end":
                self._leave(element)
            elif event != "start":
                if text := element.tail:
                    self._add(text, element, True)
            elif element is body:
                self._enter_body(body)
            elif not self._enter(element):
                walker.skip_subtree()
                next(walker)  # its end
                if text := element.tail:
                    self._add(text, element, True)

    def _enter_body(self, body: Any) -> None:
        self.above.append((self.frame, False, False, _HARD))
        if text := body.text:
            self._add(text, body, False)

    def _enter(self, element: Any) -> bool:
        """Begin an element; return whether it is one whose content is looked at."""
        tag: str = element.tag
        if tag in _LEAVES:
            self._take_leaf(element, _LEAVES[tag])
            return False
        frame = self.frame
        given: list[tuple[str, str]] = element.items()
        names = _names_of(given) if given else ""
        naming = _naming(tag, names)
        border = _HARD
        in_link, in_bold = self.in_link, self.in_bold
        if naming.is_inline or naming.is_custom:
            in_paragraph = frame.tag in PARAGRAPHS
            if naming.is_inline and names and in_paragraph and is_for_screen_readers(names):
                return False
            if naming.is_inline or in_paragraph:
                border = _SOFT if naming.is_soft or (MARK, PARTED) in given else 0
        self.above.append((frame, in_link, in_bold, border))
        if border != _HARD:
            if tag == "a":
                self.links += 1
                self.in_link = True
            elif tag == "b" or tag == "strong":
                self.in_bold = True
        if border:
            self._cut(border, border == _HARD)
            self._begin(element, tag, given, naming)
            self.control = tag in CONTROLS
            if border == _SOFT:
                self.links = 1 if self.in_link else 0
        else:
            frame.inner |= naming.marks
        if text := element.text:
            self._add(text, element, False)
        return True

    def _leave(self, element: Any) -> None:
        """End an element, and take the text behind it."""
        frame, in_link, in_bold, border = self.above.pop()
        if border:
            self._cut(border, False)
        elif element.tag in CONTROLS:
            self.control = True
        self.frame, self.in_link, self.in_bold = frame, in_link, in_bold
        if text := element.tail:
            self._add(text, element, True)

    def _take_leaf(self, element: Any, kind: int) -> None:
        """Take an element within which no text is looked for."""
        if kind == _BREAK:
            self.breaks += 1
            if self.breaks > 1:
                self._cut(_HARD, True)
            else:
                self.pieces.append(" ")
        elif kind == _IMAGE:
            self.images += 1
            self.frame.images += 1
        elif kind == _FIELD:
            _count_field(element, self.frame)
        elif element.tag == "iframe":
            self.frame.inner |= marks(element.get("src") or "")

    def _begin(self, element: Any, tag: str, given: list[tuple[str, str]], naming: _Naming) -> None:
        """Begin the frame that a block element makes."""
        upper = self.frame
        flags = upper.flags | naming.flag
        if given and _is_hidden(given):
            flags |= HIDDEN
        mask, signature = naming.all_marks, naming.signature
        frame = Frame(
            element, tag, upper, upper.depth + 1, flags, naming.tokens, signature, len(self.frames), mask, mask,
            self.places.setdefault((upper.signature, signature), len(self.places)),
        )  # fmt: skip
        self.frames.append(frame)
        self.frame = frame

    def _add(self, text: str, owner: Any, tail: bool) -> None:
        """Put a text to the run."""
        if not text.isspace():
            if self.pieces and text[0].isupper() and self.pieces[-1].endswith(")"):
                self.pieces.append(" ")  # a dateline in an element of its own
            self.breaks = 0
            self.has_text = True
            if self.in_link or self.in_bold:
                size = len(page_text(text))
                if self.in_link:
                    self.link += size
                if self.in_bold:
                    self.bold += size
        self.pieces.append(text)
        self.nodes.append((owner, tail))

    def _cut(self, border: int, bare: bool) -> None:
        """End the run, at a line break or border that stands in its frame (``bare``) or at the frame's own end."""
        soft = border == _SOFT
        if self.pieces:
            text = page_text("".join(self.pieces)) if self.has_text else ""
            if text:
                self.segments.append(
                    Segment(
                        text, self.frame, self.link, self.links, self.bold, self.images, self.control, bare, False,
                        self.continues, self.nodes,
                    )
                )  # fmt: skip
            self.continues = soft and (bool(text) or self.continues)
            self.pieces = []
        elif soft or self.continues:
            self.continues = soft and self.continues
        else:
            self.images = self.links = 0
            return
        self.nodes = []
        self.link = self.links = self.bold = self.images = self.breaks = 0
        self.has_text = self.control = False


def _names_of(given: list[tuple[str, str]]) -> str:
    """Return the names among an element's attributes, in one order."""
    if len(given) == 1:
        return given[0][1] if given[0][0] in _NAMED else ""
    named = [item for item in given if item[0] in _NAMED]
    if len(named) < 2:
        return named[0][1] if named else ""
    attributes = dict(named)
    return " ".join([attributes[name] for name in NAMED if name in attributes])


def _is_hidden(given: list[tuple[str, str]]) -> bool:
    for name, value in given:
        if name == "hidden" or (name == "style" and "n" in value and _HIDDEN_STYLE.search(value[:300])):
            return True
    return False


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
        frame, size = item.frame, len(item.text)
        frame.chars += size
        frame.link_chars += min(item.link_chars, size)
        frame.segments += 1
        item.prose = is_prose(item.text)
        if item.prose and item.link_chars * 2 < size:
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
        upper.images += frame.images
        if frame.inputs:
            upper.inputs += frame.inputs
            upper.emails += frame.emails
        if frame.segments:
            upper.chars += frame.chars
            upper.link_chars += frame.link_chars
            upper.segments += frame.segments
            upper.prose += frame.prose
            upper.first = frame.first if upper.first < 0 else min(upper.first, frame.first)
            upper.last = max(upper.last, frame.last)
