"""CSS selectors over a page, many at once: only those run whose class or id is on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from newscrawl.parsing.tree import Element
from newscrawl.sites.attribute_rules import AttributeRules, PageValues, nodes

LONGEST: Final = 1000
MOST_SLOW: Final = 100
"""Selectors that have to be run on each page, as ``[a*="b"][c]``; more of them are skipped."""
_SIMPLE: Final = re.compile(r"([a-zA-Z][\w-]*)?((?:[.#][\w-]+){0,6})")
_PART: Final = re.compile(r"[.#][\w-]+")
_ASIDE: Final = re.compile(r"\[[^\[\]]{0,300}\]|\([^()]{0,300}\)")
_NAMED: Final = etree.XPath("descendant-or-self::*[@class or @id]")


class SelectorRule(NamedTuple):
    """A selector with its rule's name and the kind of its removals."""

    name: str
    kind: str
    selector: str


@lru_cache(maxsize=20_000)
def compile_selector(selector: str) -> etree.XPath:
    """Compile a selector; raises `ValueError` with a message where it is invalid or not supported."""
    if len(selector) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters")
    try:
        return etree.XPath(HTMLTranslator().css_to_xpath(selector, prefix="descendant-or-self::"))
    except (SelectorError, etree.XPathError, RecursionError) as error:
        raise ValueError(f"no selector that can be used: {error}") from None


class SelectorIndex:
    """Rules by the class or id that an element must have; built once, used for each page.

    Selectors that cannot be compiled are skipped when they are first needed; check them before with
    `compile_selector`.
    """

    def __init__(self, rules: Iterable[SelectorRule]) -> None:
        self._keyed: dict[str, list[tuple[frozenset[str], str, SelectorRule]]] = {}
        self._tags: dict[str, list[SelectorRule]] = {}
        self._attributes: AttributeRules[SelectorRule] = AttributeRules()
        self._other: list[SelectorRule] = []
        self.left_out = 0
        """How many rules were skipped for their cost (`MOST_SLOW`)."""
        for rule in rules:
            for selector in _parts(rule.selector):
                self._add(rule._replace(selector=selector))

    def _add(self, rule: SelectorRule) -> None:
        match = _SIMPLE.fullmatch(rule.selector)
        if match and match[2]:
            parts = _PART.findall(match[2])
            self._keyed.setdefault(parts[0], []).append((frozenset(parts), (match[1] or "").lower(), rule))
        elif match and match[1]:
            self._tags.setdefault(match[1].lower(), []).append(rule)
        elif key := _key(rule.selector):
            self._keyed.setdefault(key, []).append((frozenset(), "?", rule))
        elif self._attributes.add(rule.selector, rule):
            pass
        elif len(self._other) < MOST_SLOW:
            self._other.append(rule)
        else:
            self.left_out += 1

    def _names(self, page: PageValues) -> set[str]:
        """Return the classes and ids of a page that rules mention."""
        if not self._keyed:
            return set()
        classes = set(" ".join(page.of("class")).split())
        names = {f".{name}" for name in classes} | {f"#{name.strip()}" for name in page.of("id")}
        return names & self._keyed.keys()

    def match(self, tree: Element) -> Iterator[tuple[Element, SelectorRule]]:
        """Yield each element that a rule removes, with the rule."""
        page = PageValues(tree)
        late: dict[str, SelectorRule] = {}
        met = {}
        for name in self._names(page):
            simple = []
            for entry in self._keyed[name]:
                if entry[1] == "?":
                    late[entry[2].selector] = entry[2]
                else:
                    simple.append(entry)
            if simple:
                met[name] = simple
        for element in nodes(_NAMED, tree) if met else ():
            names = _names_of(element)
            for name in names & met.keys():
                for parts, tag, rule in met[name]:
                    if parts <= names and (not tag or tag == element.tag):
                        yield element, rule
        if self._tags:
            for element in tree.iter(*self._tags):
                yield element, self._tags[element.tag][0]
        yield from self._attributes.match(tree, page)
        for rule in (*late.values(), *self._other):
            try:
                found = nodes(compile_selector(rule.selector), tree)
            except (ValueError, etree.XPathError):
                continue
            for element in found:
                yield element, rule


def _names_of(element: Element) -> set[str]:
    names = {f".{name}" for name in (element.get("class") or "").split()}
    if identity := element.get("id"):
        names.add(f"#{identity.strip()}")
    return names


def _parts(selector: str) -> list[str]:
    """Split a list of selectors at its commas, except within brackets."""
    if "," not in selector or any(c in selector for c in "([\"'\\"):
        return [selector.strip()]
    return [part.strip() for part in selector.split(",") if part.strip()]


def _key(selector: str) -> str | None:
    """Return a class or id that must be on the page for a selector to find anything."""
    if "\\" in selector:
        return None
    bare = _ASIDE.sub("", _ASIDE.sub("", selector))
    if any(c in bare for c in ",()[]\"'"):
        return None
    found = _PART.search(bare)
    return found[0] if found else None
