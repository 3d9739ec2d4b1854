"""Selectors of one attribute, as ``a[href^="https://ads."]``: thousands at the cost of a few."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, Generic, TypeVar

from lxml import etree

from newscrawl.parsing.tree import Element
from newscrawl.parsing.xpath import strings

T = TypeVar("T")
_SELECTOR: Final = re.compile(
    r"""([a-zA-Z][\w-]*)?\[([a-zA-Z][\w-]*)(\^|\*|\$)?=(?:"([^"\\]{1,500})"|'([^'\\]{1,500})')\]"""
)


_HEAD: Final = 14
"""Characters by which beginnings are looked up."""


@cache
def _with(attribute: str) -> etree.XPath:
    return etree.XPath(f"descendant-or-self::*[@{attribute}]")


def nodes(path: etree.XPath, tree: Element) -> list[Element]:
    """Return what a path that selects elements finds."""
    found: Any = path(tree)
    return list(found)


class PageValues:
    """The distinct values of a page's attributes, each attribute read once."""

    def __init__(self, tree: Element) -> None:
        self._tree = tree
        self._values: dict[str, set[str]] = {}

    def of(self, attribute: str) -> set[str]:
        """Return the values of an attribute anywhere on the page."""
        if attribute not in self._values:
            self._values[attribute] = set(_reader(attribute)(self._tree))
        return self._values[attribute]


@cache
def _reader(attribute: str) -> Callable[[Element], list[str]]:
    return strings(f"descendant-or-self::*/@{attribute}")


class AttributeRules(Generic[T]):
    """Rules by attribute; those that begin or are a value are looked up, the others searched in all values at once."""

    def __init__(self) -> None:
        self._starts: dict[str, dict[str, list[tuple[str, str, str, T]]]] = {}
        self._others: dict[str, list[tuple[str, str, str, T]]] = {}

    def add(self, selector: str, rule: T) -> bool:
        """Add a rule; return False where its selector has another form."""
        match = _SELECTOR.fullmatch(selector)
        if match is None:
            return False
        attribute, value = match[2].lower(), match[4] or match[5]
        entry = (match[3] or "", value, (match[1] or "").lower(), rule)
        if entry[0] in ("^", "") and len(value) >= _HEAD:
            self._starts.setdefault(attribute, {}).setdefault(value[:_HEAD], []).append(entry)
        else:
            self._others.setdefault(attribute, []).append(entry)
        return True

    def match(self, tree: Element, page: PageValues) -> Iterator[tuple[Element, T]]:
        """Yield each element that a rule removes, with the rule."""
        for attribute in self._starts.keys() | self._others.keys():
            values = page.of(attribute)
            starts = self._starts.get(attribute, {})
            entries = [entry for value in values for entry in starts.get(value[:_HEAD], ())]
            together = "\n".join(values)
            entries += [entry for entry in self._others.get(attribute, ()) if entry[1] in together]
            entries = [entry for entry in entries if any(_meets(value, entry) for value in values)]
            if not entries:
                continue
            for element in nodes(_with(attribute), tree):
                for entry in entries:
                    if _meets(element.get(attribute, ""), entry) and (not entry[2] or entry[2] == element.tag):
                        yield element, entry[3]


def _meets(value: str, entry: tuple[str, str, str, Any]) -> bool:
    operator, sought = entry[0], entry[1]
    if operator == "^":
        return value.startswith(sought)
    if operator == "*":
        return sought in value
    return value.endswith(sought) if operator == "$" else value == sought
