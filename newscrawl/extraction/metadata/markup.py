"""What class names, ids and test ids say, by the word lists of ``newscrawl/data/names/markup.toml``."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from lxml.html import HtmlElement

from newscrawl.extraction.metadata.lexicon import load

_TOKEN = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+(?![a-z])")
_NAMED = ("class", "id", "data-testid", "data-component")
_MAX_NAMES = 600
_STATE = re.compile(r"(?<![\w-])(?:has|hasnt|is|isnt|no|not|without|with)-\S{1,200}|(?<!\S)\S{0,200}[\[\]:]\S{0,200}")
"""A class that says how an element is or looks, not what: "hasnt-bio", "md:[grid-area:sidebar]"."""


@cache
def words(kind: str) -> tuple[str, ...]:
    """Return the words of one kind."""
    return tuple(load("markup")[kind])


@cache
def _lists(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the single words of one kind, and those of several parts."""
    return tuple(w for w in words(kind) if w.isalpha()), tuple(w for w in words(kind) if not w.isalpha())


def names(element: HtmlElement) -> str:
    """Return class, id and test id of an element on one line."""
    get = element.get
    given = " ".join([value for attribute in _NAMED if (value := get(attribute))])
    return _without_states(given) if given else ""


@lru_cache(maxsize=8192)
def _without_states(given: str) -> str:
    return _STATE.sub("", given[:_MAX_NAMES])


@lru_cache(maxsize=8192)
def means(given: str, kind: str) -> bool:
    """Tell whether names hold a word of ``kind``, as a part of their own ("articleByline") or the beginning of one.

    >>> means("c-articleByline__text", "byline"), means("sometimes", "no_byline")
    (True, False)
    """
    single, compound = _lists(kind)
    tokens = [token.lower() for token in _TOKEN.findall(given)]
    if any(token.startswith(single) for token in tokens):
        return True
    lower = given.lower()
    return any(word in lower for word in compound)


def says(element: HtmlElement, kind: str) -> bool:
    """Tell whether the names of an element hold a word of ``kind``."""
    own = names(element)
    return bool(own) and means(own, kind)


def under(element: HtmlElement, kind: str, levels: int = 6, *, within: frozenset[HtmlElement] = frozenset()) -> bool:
    """Tell whether an element or one of ``levels`` above it, within its article, is named with a word of ``kind``.

    ``within``: elements whose names say nothing of what is in them, as they hold the whole article.
    """
    node: HtmlElement | None = element
    for _ in range(levels + 1):
        if node is None or node.tag in {"body", "html", "main"} or node in within:
            return False
        if says(node, kind):
            return True
        if node.tag == "article":
            return False
        node = node.getparent()
    return False
