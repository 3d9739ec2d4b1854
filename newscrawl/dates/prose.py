"""Where a date is part of what an article tells, and not its own."""

from __future__ import annotations

from newscrawl.dates.context import kinds, names_of
from newscrawl.parsing.tree import Element

_INLINE = frozenset(("b", "strong", "i", "em", "u", "mark"))
_NEAREST = 4
_SENTENCE = 4
"""Words in lower case beside a marked date, from which on they are a sentence."""


def in_caption(element: Element) -> bool:
    """Tell whether an element is, or stands in, the caption of a picture."""
    current: Element | None = element
    for _ in range(_NEAREST):
        if current is None or current.tag in ("article", "main", "body"):
            return False
        if current.tag == "figcaption" or "caption" in kinds(names_of(current)):
            return next(current.iter("h1", "h2", "h3"), None) is None
        current = current.getparent()
    return False


def within_sentence(element: Element) -> bool:
    """Tell whether inline markup sets a date off in the middle of a sentence."""
    if element.tag not in _INLINE or "date" in kinds(names_of(element)):
        return False
    parent, before = element.getparent(), element.getprevious()
    if parent is None or parent.tag not in ("p", "li", "blockquote", "dd"):
        return False
    start = (parent.text if before is None else before.tail) or ""
    words = f"{start} {element.tail or ''}".split()
    return bool(start.strip()) and sum(word.islower() for word in words) >= _SENTENCE
