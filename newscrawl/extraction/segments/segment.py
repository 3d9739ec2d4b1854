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
_SKIP, _BREAK, _IMAGE, _FIELD = range(1, 5)
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
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")
_HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)


def clean(text: str) -> str:
    """White space collapsed, zero-width characters gone."""
    if not text.isascii() and _ZERO_WIDTH.search(text):
        text = _ZERO_WIDTH.sub(" ", text.replace("\u00ad", ""))
    return " ".join(text.split())


def segment(body: html.HtmlElement) -> tuple[list[Segment], list[Frame]]:
    """Return the segments of a ``<body>`` in order, and every frame that holds one (or a form field), outermost first.

    Block elements part segments, and so do two ``<br>`` and inline elements whose names speak of a widget: what stands
    on both sides of such a one is marked as going on.
    """
    # One loop without calls of its own: most of a page's elements hold no text, and a call costs more than its work.
    soft = _soft_marks()
    names = f"{body.get('class') or ''} {body.get('id') or ''}"
    root = Frame(body, "body", None, 0, 0, name_tokens(names), "body", 0, marks(names))
    places: dict[tuple[str, str], int] = {("", "body"): 0}
    frames: list[Frame] = [root]
    segments: list[Segment] = []
    # The run: text gathered since the last border, in pieces, and where each stands (element, is it the tail).
    pieces: list[str] = []
    nodes: list[tuple[Any, bool]] = []
    link = links = bold = images = breaks = 0
    control = continues = False
    # The walk's place, and the levels above it. A border is 2: hard, 1: soft, 0: none.
    stack: list[tuple[Any, Frame, bool, bool, int, Any]] = []
    element: Any = body
    frame: Frame = root
    in_link = in_bold = False
    border = 2
    children: Any = iter(body)
    # What comes next: a border where the run ends (``bare``: a line break's), then text of ``owner``.
    cut = 0
    bare = False
    text: str | None = body.text
    owner: Any = body
    tail = False
    while True:
        if text:
            if pieces and text[0].isupper() and pieces[-1].endswith(")"):
                pieces.append(" ")  # a dateline in an element of its own
            pieces.append(text)
            nodes.append((owner, tail))
            if not text.isspace():
                breaks = 0
                if in_link or in_bold:
                    size = len(clean(text))
                    if in_link:
                        link += size
                    if in_bold:
                        bold += size
        child: Any = next(children, None)
        if child is None:  # the element ends
            if border:
                cut, bare = border, False
            elif element.tag in CONTROLS:
                control = True
            ended = frame
            owner, tail = element, True
            if stack:
                element, frame, in_link, in_bold, border, children = stack.pop()
                text = owner.tail
            else:
                cut = 3
                text = None
            inner = None
        else:
            tag: Any = child.tag
            inner = None
            owner, tail = child, True
            leaf = _LEAVES.get(tag, 0) if isinstance(tag, str) else _SKIP
            if leaf == _SKIP:
                if tag == "iframe":
                    frame.inner |= marks(child.get("src") or "")
                text = child.tail
                continue
            if leaf == _BREAK:
                text = child.tail
                breaks += 1
                if breaks <= 1:
                    pieces.append(" ")
                    continue
                cut, bare, ended = 2, True, frame
            elif leaf == _IMAGE:
                images += 1
                frame.images += 1
                text = child.tail
                continue
            elif leaf == _FIELD:
                _count_field(child, frame)
                text = child.tail
                continue
            else:
                given = child.items()
                attributes: dict[str, str] = dict(given)
                if len(given) == 1:
                    names = given[0][1] if given[0][0] in _NAMED else ""
                else:
                    names = " ".join([attributes[key] for key in NAMED if key in attributes]) if given else ""
                inline = tag in INLINE
                if inline and names and frame.tag in PARAGRAPHS and is_for_screen_readers(names):
                    text = child.tail
                    continue
                mask: int = marks(names) if names else 0
                stack.append((element, frame, in_link, in_bold, border, children))
                border = 2
                if inline or ("-" in tag and frame.tag in PARAGRAPHS):
                    if tag == "a":
                        links += 1
                        in_link = True
                    elif tag == "b" or tag == "strong":
                        in_bold = True
                    border = 1 if (mask & soft and tag not in CONTROLS) or attributes.get(MARK) == PARTED else 0
                element, children = child, iter(child)
                text, tail = child.text, False
                if not border:
                    frame.inner |= mask
                    continue
                cut, bare, ended = border, border == 2, frame
                inner = _frame(child, frame, attributes, names, mask, len(frames))
                inner.kind = places.setdefault((frame.signature, inner.signature), len(places))
                frames.append(inner)
                frame = inner
        if cut:
            if pieces:
                joined = clean("".join(pieces))
                if joined:
                    segments.append(
                        Segment(joined, ended, link, links, bold, images, control, bare, False, continues, nodes)
                    )
                continues = cut == 1 and (bool(joined) or continues)
                pieces, nodes = [], []
                link = links = bold = images = breaks = 0
                control = False
            elif cut == 1 or continues:
                continues = cut == 1 and continues
                nodes = []
                link = links = bold = images = breaks = 0
                control = False
            else:
                images = links = 0
            if cut == 3:
                break
            if inner is not None:
                control = inner.tag in CONTROLS
                if cut == 1:
                    links = 1 if in_link else 0
            cut = 0
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
    for frame in frames[::-1]:
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
