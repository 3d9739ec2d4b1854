"""Split a page into segments: the runs of text a reader sees as one line or paragraph, each with where it stands."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from lxml import html

from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import MARK, PARTED
from newscrawl.extraction.segments.table_rows import join_cells
from newscrawl.widgets.markup import is_for_screen_readers, marks, name_tokens, trained_bit

SKIPPED = frozenset(
    """script style noscript template svg math head iframe object embed canvas audio video map datalist""".split()
)
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
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")
_HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)


def clean(text: str) -> str:
    """White space collapsed, zero-width characters gone."""
    if not text.isascii() and _ZERO_WIDTH.search(text):
        text = _ZERO_WIDTH.sub(" ", text.replace("\u00ad", ""))
    return " ".join(text.split())


class _Run:
    """Text gathered since the last border."""

    __slots__ = ("bold", "breaks", "continues", "control", "images", "link", "links", "nodes", "pieces")

    def __init__(self, continues: bool = False) -> None:
        self.continues = continues
        self.pieces: list[str] = []
        self.nodes: list[tuple[Any, bool]] = []
        self.link = self.links = self.bold = self.images = self.breaks = 0
        self.control = False


def segment(body: html.HtmlElement) -> tuple[list[Segment], list[Frame]]:
    """Return the segments of a ``<body>`` in order, and every frame that holds one (or a form field), outermost first.

    Block elements part segments, and so do two ``<br>`` and inline elements whose names speak of a widget: what stands
    on both sides of such a one is marked as going on.
    """
    soft = _soft_marks()
    names = f"{body.get('class') or ''} {body.get('id') or ''}"
    root = Frame(body, "body", None, 0, 0, name_tokens(names), "body", 0, marks(names))
    places: dict[tuple[str, str], int] = {("", "body"): 0}
    frames, segments = [root], []
    run = _Run()
    # The walk's place, and the levels above it. A border is 2: hard, 1: soft, 0: none.
    stack: list[tuple[Any, Frame, int, int, int, Any]] = []
    element, frame, in_link, in_bold, border, children = body, root, 0, 0, 2, iter(body)

    def flush(frame: Frame, bare: bool, border: int) -> None:
        nonlocal run
        text = clean("".join(run.pieces)) if run.pieces else ""
        if text:
            links = (run.link, run.links, run.bold, run.images)
            segments.append(Segment(text, frame, *links, run.control, bare, False, run.continues, run.nodes))
        if run.pieces or border == 1 or run.continues:
            run = _Run(border == 1 and (bool(text) or run.continues))
        else:
            run.images = run.links = 0

    def take(text: str | None, element: Any, tail: bool, in_link: int, in_bold: int) -> None:
        if text:
            if run.pieces and run.pieces[-1][-1:] == ")" and text[0].isupper():
                run.pieces.append(" ")  # a dateline in an element of its own
            run.pieces.append(text)
            run.nodes.append((element, tail))
            if text.isspace():
                return
            run.breaks = 0
            if in_link or in_bold:
                size = len(clean(text))
                if in_link:
                    run.link += size
                if in_bold:
                    run.bold += size

    take(body.text, body, False, 0, 0)
    while True:
        for child in children:
            tag = child.tag
            if not isinstance(tag, str) or tag in SKIPPED:
                if tag == "iframe":
                    frame.inner |= marks(child.get("src") or "")
                take(child.tail, child, True, in_link, in_bold)
                continue
            if tag == "br":
                run.breaks += 1
                if run.breaks > 1:
                    flush(frame, True, 2)
                else:
                    run.pieces.append(" ")
                take(child.tail, child, True, in_link, in_bold)
                continue
            if tag == "img":
                run.images += 1
                frame.images += 1
                take(child.tail, child, True, in_link, in_bold)
                continue
            if tag == "input":
                _field(child, frame)
                take(child.tail, child, True, in_link, in_bold)
                continue
            stack.append((element, frame, in_link, in_bold, border, children))
            attributes = dict(child.items())
            names = _names(attributes) if attributes else ""
            mask = marks(names) if names else 0
            if tag in INLINE and names and frame.tag in PARAGRAPHS and is_for_screen_readers(names):
                element, frame, in_link, in_bold, border, children = stack.pop()
                take(child.tail, child, True, in_link, in_bold)
                continue
            border = 2
            if tag in INLINE or ("-" in tag and frame.tag in PARAGRAPHS):
                if tag == "a":
                    run.links += 1
                    in_link = 1
                elif tag in ("b", "strong"):
                    in_bold = 1
                border = 1 if mask & soft and tag not in CONTROLS else 0
                if attributes.get(MARK) == PARTED:
                    border = 1
            if border:
                flush(frame, border == 2, border)
                upper, frame = frame, _frame(child, frame, attributes, names, mask, len(frames))
                frame.kind = places.setdefault((upper.signature, frame.signature), len(places))
                frames.append(frame)
                run.control = tag in CONTROLS
                if border == 1:
                    run.links = in_link
            else:
                frame.inner |= mask
            element, children = child, iter(child)
            take(child.text, child, False, in_link, in_bold)
            break
        else:
            if not stack:
                flush(frame, False, 2)
                break
            if border:
                flush(frame, False, border)
            elif element.tag in CONTROLS:
                run.control = True
            left = element
            element, frame, in_link, in_bold, border, children = stack.pop()
            take(left.tail, left, True, in_link, in_bold)
    segments = join_cells(segments)
    _sum(segments, frames)
    return segments, frames


def _frame(element: Any, upper: Frame, attributes: dict[str, str], names: str, mask: int, index: int) -> Frame:
    """Return the frame that a block element makes."""
    tag = element.tag
    flags = upper.flags | FLAGS.get(tag, 0)
    style = attributes.get("style")
    if "hidden" in attributes or (style and "n" in style and _HIDDEN_STYLE.search(style[:300])):
        flags |= HIDDEN
    if "-" in tag:
        mask |= marks(tag)
    tokens = name_tokens(names) if names else ()
    return Frame(element, tag, upper, upper.depth + 1, flags, tokens, f"{tag}.{names}", index, mask, mask)


def _names(attributes: dict[str, str]) -> str:
    """Return what an element's attributes call it."""
    if len(attributes) == 1:
        ((key, value),) = attributes.items()
        return value if key in _NAMED else ""
    return " ".join([attributes[key] for key in NAMED if key in attributes])


def _field(element: Any, frame: Frame) -> None:
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
    return (len(text) >= 60 and any(mark in text for mark in (". ", ", ", "。", "、", "，", "。"))) or len(text) >= 160


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
    for frame in reversed(frames):
        upper = frame.parent
        if upper is not None:
            upper.chars += frame.chars
            upper.link_chars += frame.link_chars
            upper.segments += frame.segments
            upper.prose += frame.prose
            upper.emails += frame.emails
            upper.inputs += frame.inputs
            upper.images += frame.images
            upper.inner |= frame.inner
            if frame.first >= 0:
                upper.first = frame.first if upper.first < 0 else min(upper.first, frame.first)
                upper.last = max(upper.last, frame.last)
