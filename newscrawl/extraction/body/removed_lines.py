"""The text of a removed segment, in lines."""

from __future__ import annotations

from newscrawl.extraction.segments.model import Segment
from newscrawl.parsing.tree import Element
from newscrawl.text.normalise import page_text, squeeze


def lines_of(piece: Segment) -> list[str]:
    """Return the text of a segment; links between which nothing stands, not even a space, get a line each."""
    if piece.links < 2:
        return [piece.text]
    lines, last = [""], None
    for element, is_tail in piece.nodes:
        text = (element.tail if is_tail else element.text) or ""
        link = _link_around(element.getparent() if is_tail else element)
        is_joined = not (lines[-1][-1:].isspace() or text[:1].isspace())
        if is_joined and link is not None and last is not None and link is not last:
            lines.append("")
        lines[-1] += text
        last = link
    found = [line for line in map(page_text, lines) if line]
    if squeeze("".join(found)) != squeeze(piece.text):
        return [piece.text]  # its text was put together in another way
    return found


def _link_around(element: Element | None) -> Element | None:
    while element is not None and element.tag != "a":
        element = element.getparent()
    return element
