"""What class names, ids and test ids say, by the word lists of ``newscrawl/data/names/markup.toml``."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from newscrawl.extraction.metadata.lexicon import load
from newscrawl.parsing.tree import Element
from newscrawl.text.alternation import alternation
from newscrawl.text.kept_patterns import compiled

_TOKEN: Final = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+(?![a-z])")
_NAMED: Final = ("class", "id", "data-testid", "data-component")
_MAX_NAMES: Final = 600
_STATE: Final = re.compile(
    r"(?<![\w-])(?:has|hasnt|is|isnt|no|not|without|with)-\S{1,200}|(?<!\S)\S{0,200}[\[\]:]\S{0,200}"
)
"""A class that says how an element is or looks, not what: "hasnt-bio", "md:[grid-area:sidebar]"."""
_OWN_FOOTER: Final = re.compile(r"(?:entry|post|article|story)[-_]?\w{0,8}footer", re.IGNORECASE)
_KINDS: Final = ("byline", "no_byline", "rail", "author_box", "credit", "no_image")
OWN_FOOTER: Final = "own_footer"
"""The kind of the footer of an entry, not of the site; the others are the word lists'."""
_NOTHING: Final = frozenset[str]()


class NamedElement:
    """An element, the kinds of word that its names hold, and the element around it.

    No dataclass, whose ``__init__`` is never compiled.
    """

    __slots__ = ("element", "parent", "said", "tag")

    def __init__(self, element: Element, tag: str, said: frozenset[str], parent: NamedElement | None) -> None:
        self.element = element
        self.tag = tag
        self.said = said
        self.parent = parent


class NamedElements:
    """The elements of a page with what their names say: each is read once, though every text in it asks."""

    def __init__(self) -> None:
        self._known: dict[Element, NamedElement] = {}

    def of(self, element: Element) -> NamedElement:
        """Return an element with its names and those around it."""
        unknown = []
        at: Element | None = element
        while at is not None and at not in self._known:
            unknown.append(at)
            at = at.getparent()
        named = None if at is None else self._known[at]
        for at in unknown[::-1]:
            named = self._known[at] = NamedElement(at, at.tag, said(at), named)
        return self._known[element]


@cache
def words(kind: str) -> tuple[str, ...]:
    """Return the words of one kind."""
    return tuple(load("markup")[kind])


@cache
def _lists(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the single words of one kind, and those of several parts."""
    return tuple(w for w in words(kind) if w.isalpha()), tuple(w for w in words(kind) if not w.isalpha())


def names(element: Element) -> str:
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
    return _holds(given.lower(), _tokens(given), kind)


def _tokens(given: str) -> list[str]:
    return [token.lower() for token in _TOKEN.findall(given)]


def _holds(lower: str, tokens: list[str], kind: str) -> bool:
    single, compound = _lists(kind)
    for token in tokens:
        if token.startswith(single):
            return True
    return any(word in lower for word in compound)


def said(element: Element) -> frozenset[str]:
    """Return the kinds of word that the names of an element hold."""
    get = element.get
    given = " ".join([value for attribute in _NAMED if (value := get(attribute))])
    return _said_by(given[:_MAX_NAMES]) if given else _NOTHING


@lru_cache(maxsize=8192)
def _said_by(given: str) -> frozenset[str]:
    found = _NOTHING
    for name in given.split():
        if more := _said(name):
            found |= more
    return found


@cache
def _parts() -> re.Pattern[str]:
    """Return a pattern that finds a word of any kind, wherever it stands: most names hold none."""
    return compiled(alternation({"footer", *(word for kind in _KINDS for word in words(kind))}))


@lru_cache(maxsize=16_384)
def _said(name: str) -> frozenset[str]:
    """Return what a single name says: pages make few, and put them together in many ways."""
    if _parts().search(name.lower()) is None:
        return _NOTHING
    name = _STATE.sub("", name)
    lower, tokens = name.lower(), _tokens(name)
    found = [kind for kind in _KINDS if _holds(lower, tokens, kind)]
    return frozenset([*found, OWN_FOOTER] if _OWN_FOOTER.search(name) else found)


def says(element: Element, kind: str) -> bool:
    """Tell whether the names of an element hold a word of ``kind``."""
    return kind in said(element)


def under(element: NamedElement, kind: str, levels: int = 6, *, within: frozenset[Element] = frozenset()) -> bool:
    """Tell whether an element or one of ``levels`` above it, within its article, is named with a word of ``kind``.

    ``within``: elements whose names say nothing of what is in them, as they hold the whole article.
    """
    at: NamedElement | None = element
    for _ in range(levels + 1):
        if at is None or at.tag in ("body", "html", "main") or at.element in within:
            return False
        if kind in at.said:
            return True
        if at.tag == "article":
            return False
        at = at.parent
    return False
