"""Take removed pieces out of the tree and write the cleaned document."""

from __future__ import annotations

from lxml import etree, html

from newscrawl.extraction.body.assemble import Assembly
from newscrawl.extraction.segments.role import MARK, PARTED
from newscrawl.extraction.segments.segment import INLINE, PARAGRAPHS, SKIPPED
from newscrawl.widgets.rejoin import SPACELESS

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
            box = html.Element(*_box(element, inline))
            box.tail = f" {text_after}" if inline and _are_glued(text_before, text_after) else text_after
            parent.replace(element, box)
            continue
        element.tail = None
        if before is None:
            parent.text = text_before + text_after
        else:
            before.tail = text_before + text_after
        parent.remove(element)


def _text_before(element: html.HtmlElement) -> str:
    before = element.getprevious()
    return (element.getparent().text if before is None else before.tail) or ""


def _needs_box(element: html.HtmlElement) -> bool:
    """Tell whether text may stand behind a block element."""
    following = element.getnext()
    return bool((element.tail or "").strip()) or element.getparent().tag in INLINE or _is_inline(following)


def _runs_on(element: html.HtmlElement) -> bool:
    """Tell whether text follows an inline element in its paragraph."""
    while not (element.tail or "").strip():
        following = element.getnext()
        if following is None:
            element = element.getparent()
            if element.tag not in INLINE:
                return False
            continue
        if not _is_inline(following):
            return False
        if _has_text(following):
            return True
        element = following
    return True


def _runs_up(element: html.HtmlElement) -> bool:
    """Tell whether text stands before an inline element in its paragraph."""
    while not _text_before(element).strip():
        before = element.getprevious()
        if before is None:
            element = element.getparent()
            if element.tag not in INLINE:
                return False
            continue
        if not _is_inline(before) or before.get(MARK) == PARTED:  # parted already
            return False
        if _has_text(before):
            return True
        element = before
    return True


def _is_inline(element: html.HtmlElement | None) -> bool:
    """Tell whether the text before an element and the text behind may be one piece."""
    if element is None:
        return False
    tag = element.tag
    return not isinstance(tag, str) or tag in _NO_BORDER or ("-" in tag and element.getparent().tag in PARAGRAPHS)


def _has_text(element: html.HtmlElement) -> bool:
    return isinstance(element.tag, str) and element.tag not in SKIPPED and any(map(str.strip, element.itertext()))


def _are_glued(left: str, right: str) -> bool:
    """Tell whether two words would be read as one."""
    return left[-1:].isalnum() and right[:1].isalnum() and not SPACELESS.match(left[-1])


def _box(element: html.HtmlElement, inline: bool) -> tuple[str, dict[str, str]]:
    """Tag and attributes of the box in place of an element: in a paragraph its own, as a ``<div>`` ends a paragraph."""
    if inline:
        return "span", {MARK: PARTED}
    tag = str(element.tag) if next(element.iterancestors("p"), None) is not None else "div"
    return tag, {MARK: PARTED} if "-" in tag else {}


def serialise(tree: html.HtmlElement) -> bytes:
    """Return the document as UTF-8 bytes."""
    out: bytes = etree.tostring(tree, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return out
