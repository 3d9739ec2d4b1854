"""What class names, ids and test ids say, by the word lists of ``newscrawl/data/names/markup.toml``."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from string import ascii_lowercase
from typing import Final

from newscrawl.extraction.metadata.lexicon import load
from newscrawl.parsing.tree import Element, attributes_of
from newscrawl.text.alternation import alternation
from newscrawl.text.kept_patterns import compiled

_TOKEN: Final = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+(?![a-z])")
NAMING: Final = ("class", "id", "data-testid", "data-component")
"""The attributes that name an element."""
_MAX_NAMES: Final = 600
_STATE: Final = re.compile(
    r"(?<![\w-])(?:has|hasnt|is|isnt|no|not|without|with)-\S{1,200}|(?<!\S)\S{0,200}[\[\]:]\S{0,200}"
)
"""A class that says how an element is or looks, not what: "hasnt-bio", "md:[grid-area:sidebar]"."""
_STATES: Final = ("has-", "hasnt-", "is-", "isnt-", "no-", "not-", "without-", "with-")
_LETTERS: Final = bytes(code if chr(code) in ascii_lowercase else ord(" ") for code in range(256))
"""Table for `bytes.translate`: a space in place of what is no small letter."""
_OWN_FOOTER: Final = re.compile(r"(?:entry|post|article|story)[-_]?\w{0,8}footer", re.IGNORECASE)
_KINDS: Final = ("byline", "no_byline", "rail", "author_box", "credit", "no_image")
OWN_FOOTER: Final = "own_footer"
"""The kind of the footer of an entry, not of the site; the others are the word lists'."""
_NOTHING: Final = frozenset[str]()


class NamedElement:
    """An element with its attributes, the kinds of word that its names hold, and the element around it.

    No dataclass, whose ``__init__`` is never compiled.
    """

    __slots__ = ("attributes", "element", "parent", "said", "tag")

    def __init__(self, element: Element, parent: NamedElement | None) -> None:
        self.element = element
        self.tag: str = element.tag
        self.attributes = attributes_of(element)
        self.said = _said_in(self.attributes) if self.attributes else _NOTHING
        self.parent = parent

    def get(self, name: str) -> str:
        """Return the value of an attribute, which may be empty or missing; most elements have two at the most."""
        for given, value in self.attributes:
            if given == name:
                return value
        return ""


class NamedElements:
    """The elements of a page with what their names say: each is read once, though every text in it asks."""

    def __init__(self) -> None:
        self._known: dict[Element, NamedElement] = {}

    def of(self, element: Element) -> NamedElement:
        """Return an element with its names and those around it."""
        named = self._known.get(element)
        if named is not None:
            return named
        unknown = [element]
        at = element.getparent()
        while at is not None and (named := self._known.get(at)) is None:
            unknown.append(at)
            at = at.getparent()
        for at in unknown[::-1]:
            named = self._known[at] = NamedElement(at, named)
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
    given = " ".join([value for attribute in NAMING if (value := get(attribute))])
    return _STATE.sub("", given[:_MAX_NAMES]) if given else ""


@lru_cache(maxsize=8192)
def means(given: str, kind: str) -> bool:
    """Tell whether names hold a word of ``kind``, as a part of their own ("articleByline") or the beginning of one.

    >>> means("c-articleByline__text", "byline"), means("sometimes", "no_byline")
    (True, False)
    """
    return _holds(given.lower(), _tokens(given), kind)


def _tokens(given: str) -> list[str]:
    if given.isascii() and given.islower():  # the rule, and a fifth of the cost
        return given.encode().translate(_LETTERS).decode().split()
    return [token.lower() for token in _TOKEN.findall(given)]


def _holds(lower: str, tokens: list[str], kind: str) -> bool:
    single, compound = _lists(kind)
    for token in tokens:
        if token.startswith(single):
            return True
    return any(word in lower for word in compound)


def said(element: Element) -> frozenset[str]:
    """Return the kinds of word that the names of an element hold."""
    return _said_in(attributes_of(element))


def _said_in(attributes: list[tuple[str, str]]) -> frozenset[str]:
    named = [item for item in attributes if item[0] in NAMING and item[1]]
    if not named:
        return _NOTHING
    if len(named) == 1:
        return _said_by(named[0][1][:_MAX_NAMES])
    values = dict(named)
    return _said_by(" ".join([values[name] for name in NAMING if name in values])[:_MAX_NAMES])


@cache
def _byline_words() -> re.Pattern[str]:
    return compiled(alternation(words("byline")))


@lru_cache(maxsize=8192)
def may_mean_byline(given: str) -> bool:
    """Tell whether a word for a byline stands anywhere in names: a look at a third of the cost of reading them."""
    return _byline_words().search(given.lower()) is not None


@lru_cache(maxsize=8192)
def _said_by(given: str) -> frozenset[str]:
    found = _NOTHING
    for name in given.split():
        if more := _said(name):
            found |= more
    return found


@cache
def _beginnings() -> dict[str, list[tuple[str, str, frozenset[str]]]]:
    """Return what a part of a telling name begins with, by its first two letters, with the whole word and its kinds.

    That is a word, or the last part of one.
    """
    kinds: dict[str, set[str]] = {}
    for kind in _KINDS:
        for word in words(kind):
            kinds.setdefault(word, set()).add(kind)
    found: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
    for word, own in kinds.items():
        part = _tokens(word)[-1]
        found.setdefault(part[:2], []).append((part, word, frozenset(own)))
    return found


def _without_state(name: str) -> str:
    """Return a single name, or nothing where it only says how an element is; hardly a name needs the pattern."""
    plain = name.replace("-", "").replace("_", "").isalnum() and not name.startswith(_STATES)
    return name if plain else _STATE.sub("", name)


@lru_cache(maxsize=16_384)
def _said(name: str) -> frozenset[str]:
    """Return what a single name says: pages make few, and put them together in many ways."""
    found = _read(name)
    bare = _without_state(name) if found else name  # most names say nothing
    return found if bare == name else _read(bare)


def _read(name: str) -> frozenset[str]:
    known, lower = _beginnings(), name.lower()
    found = _NOTHING
    for token in _tokens(name):
        beginnings = known.get(token[:2])
        if beginnings is None:  # most
            continue
        for part, word, kinds in beginnings:
            if token.startswith(part) and (part == word or word in lower):
                found |= kinds
    return found | {OWN_FOOTER} if "footer" in lower and _OWN_FOOTER.search(name) else found


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
