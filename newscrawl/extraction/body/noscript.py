"""Articles that stand in ``<noscript>`` only: what a reader without scripts sees."""

from __future__ import annotations

from lxml.html import HtmlElement

_LEAST = 250


def unwrap_noscript(body: HtmlElement) -> bool:
    """Make blocks of the ``<noscript>`` elements that hold paragraphs, in place; return whether there were any."""
    found = [
        element
        for element in body.iter("noscript")
        if next(element.iter("p"), None) is not None and len(element.text_content().strip()) >= _LEAST
    ]
    for element in found:
        element.tag = "div"
    return bool(found)
