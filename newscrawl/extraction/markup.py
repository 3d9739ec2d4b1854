"""What class names, ids and test ids say, by the word lists of ``newscrawl/data/names/markup.toml``."""

from __future__ import annotations

from functools import cache

from lxml.html import HtmlElement

from newscrawl.extraction.lexicon import load


@cache
def words(kind: str) -> tuple[str, ...]:
    """Return the words of one kind."""
    return tuple(load("markup")[kind])


def names(element: HtmlElement) -> str:
    """Return class, id and test id of an element in lower case, on one line."""
    given = (element.get(attribute) for attribute in ("class", "id", "data-testid", "data-component"))
    return " ".join(filter(None, given)).lower()


def says(element: HtmlElement, kind: str) -> bool:
    """Tell whether the names of an element hold a word of ``kind``."""
    own = names(element)
    return bool(own) and any(word in own for word in words(kind))


def under(element: HtmlElement, kind: str, levels: int = 6) -> bool:
    """Tell whether an element or one of the ``levels`` above it is named with a word of ``kind``."""
    node: HtmlElement | None = element
    for _ in range(levels + 1):
        if node is None or node.tag in {"body", "html", "main"}:
            return False
        if says(node, kind):
            return True
        node = node.getparent()
    return False
