"""Take removed pieces out of the tree and write the cleaned document."""

from __future__ import annotations

from typing import Final

from lxml import etree

from newscrawl.extraction.body.assemble import Assembly
from newscrawl.extraction.segments.elements import INLINE, PARAGRAPHS, SKIPPED
from newscrawl.extraction.segments.role import MARK, PARTED
from newscrawl.parsing.tree import Element, text_of
from newscrawl.widgets.rejoin import SPACELESS

_PARSER: Final = etree.HTMLParser()
"""Makes elements with names that etree itself takes for no names, as ``o:p``."""
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
        before = element.getprevious()
        text_before, text_after = _text_before(element), element.tail or ""
        inline = element.tag in INLINE
        if _runs_on(element) and _runs_up(element) if inline else _needs_box(element):
            # An empty box stays, so that text after it does not run into the text before.
            box = _PARSER.makeelement(*_box(element, inline))
            box.tail = f" {text_after}" if inline and _are_glued(text_before, text_after) else text_after
            parent.replace(element, box)
            continue
        element.tail = None
        if before is None:
            parent.text = text_before + text_after
        else:
            before.tail = text_before + text_after
        parent.remove(element)


def _text_before(element: Element) -> str:
    before = element.getprevious()
    if before is not None:
        return before.tail or ""
    parent = element.getparent()
    return "" if parent is None else parent.text or ""


def _is_in(element: Element, tags: frozenset[str]) -> bool:
    """Tell whether the element right around one has one of the tags."""
    parent = element.getparent()
    return parent is not None and parent.tag in tags


def _needs_box(element: Element) -> bool:
    """Tell whether text may stand behind a block element."""
    return bool((element.tail or "").strip()) or _is_in(element, INLINE) or _is_inline(element.getnext())


def _runs_on(element: Element) -> bool:
    """Tell whether text follows an inline element in its paragraph."""
    while not (element.tail or "").strip():
        following = element.getnext()
        if following is None:
            parent = element.getparent()
            if parent is None or parent.tag not in INLINE:
                return False
            element = parent
            continue
        if not _is_inline(following):
            return False
        if _has_text(following):
            return True
        element = following
    return True


def _runs_up(element: Element) -> bool:
    """Tell whether text stands before an inline element in its paragraph."""
    while not _text_before(element).strip():
        before = element.getprevious()
        if before is None:
            parent = element.getparent()
            if parent is None or parent.tag not in INLINE:
                return False
            element = parent
            continue
        if not _is_inline(before) or before.get(MARK) == PARTED:  # parted already
            return False
        if _has_text(before):
            return True
        element = before
    return True


def _is_inline(element: Element | None) -> bool:
    """Tell whether the text before an element and the text behind may be one piece."""
    if element is None:
        return False
    tag = element.tag
    return tag in _NO_BORDER or ("-" in tag and _is_in(element, PARAGRAPHS))


def _has_text(element: Element) -> bool:
    return element.tag not in SKIPPED and bool(text_of(element).strip())


def _are_glued(left: str, right: str) -> bool:
    """Tell whether two words would be read as one."""
    return left[-1:].isalnum() and right[:1].isalnum() and not SPACELESS.match(left[-1])


def _box(element: Element, inline: bool) -> tuple[str, dict[str, str]]:
    """Tag and attributes of the box in place of an element: in a paragraph its own, as a ``<div>`` ends a paragraph."""
    if inline:
        return "span", {MARK: PARTED}
    tag = element.tag if next(element.iterancestors("p"), None) is not None else "div"
    return tag, {MARK: PARTED} if "-" in tag else {}


def serialise(tree: Element) -> bytes:
    """Return the document as UTF-8 bytes."""
    out: bytes = etree.tostring(tree, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return out
