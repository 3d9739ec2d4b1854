"""Take removed pieces out of the tree and write the cleaned document."""

from __future__ import annotations

from lxml import etree, html

from newscrawl.extraction.assemble import Assembly


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
        tail = element.tail
        if tail:
            before = element.getprevious()
            if before is None:
                parent.text = (parent.text or "") + tail
            else:
                before.tail = (before.tail or "") + tail
        element.tail = None
        parent.remove(element)


def serialise(tree: html.HtmlElement) -> bytes:
    """The document as UTF-8 bytes."""
    out: bytes = etree.tostring(tree, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return out
