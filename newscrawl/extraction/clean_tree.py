"""Take removed pieces out of the tree and write the cleaned document."""

from __future__ import annotations

from lxml import etree, html

from newscrawl.extraction.assemble import Assembly
from newscrawl.extraction.segment import INLINE, SKIPPED

_NO_BORDER = INLINE | SKIPPED | {"br"}
"""Elements that do not part the text before them from the text behind."""


def drop(assembly: Assembly) -> None:
    """Take the pieces that an assembly names out of their tree; text that follows a dropped element stays."""
    for item in assembly.bare:
        for element, tail in item.nodes:
            if tail:
                element.tail = None
            else:
                element.text = None
    for frame in assembly.frames:
        element = frame.element
        parent = element.getparent()
        if parent is None:
            continue
        text_after = element.tail or ""
        following = element.getnext()
        element.tail = None
        runs_on = text_after.strip() or parent.tag in INLINE or (following is not None and following.tag in _NO_BORDER)
        if element.tag not in INLINE and runs_on:
            # An empty box stays, so that text after it does not run into the text before.
            box = html.Element(_box_tag(element))
            box.tail = text_after
            parent.replace(element, box)
            continue
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + text_after
        else:
            before.tail = (before.tail or "") + text_after
        parent.remove(element)


def _box_tag(element: html.HtmlElement) -> str:
    """Return the tag of the box in place of ``element``: in a paragraph its own, as a ``<div>`` ends a paragraph."""
    return str(element.tag) if next(element.iterancestors("p"), None) is not None else "div"


def serialise(tree: html.HtmlElement) -> bytes:
    """The document as UTF-8 bytes."""
    out: bytes = etree.tostring(tree, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return out
