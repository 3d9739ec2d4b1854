"""Compiled XPath expressions with types: lxml's own return anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from lxml import etree

from newscrawl.parsing.tree import Element


def elements(path: str) -> Callable[[Element], list[Element]]:
    """Return a function that gives the elements at ``path`` in document order."""
    compiled = etree.XPath(path)
    return lambda tree: cast(list[Element], compiled(tree))


def strings(path: str) -> Callable[[Element], list[str]]:
    """Return a function that gives the texts or attribute values at ``path`` as plain strings."""
    compiled = etree.XPath(path, smart_strings=False)
    return lambda tree: cast(list[str], compiled(tree))


def exists(path: str) -> Callable[[Element], bool]:
    """Return a function that tells whether there is anything at ``path``."""
    compiled = etree.XPath(f"boolean({path})")
    return lambda tree: cast(bool, compiled(tree))
