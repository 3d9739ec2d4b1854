"""Many words as one regular expression that tests each letter once, however many words there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


def alternation(words: Iterable[str]) -> str:
    """Return a pattern that matches the longest of the words at a place.

    >>> alternation(["ad", "adverts", "social"])
    'ad(?:verts)?|social'
    """
    tree: dict[str, Any] = {}
    for word in words:
        level = tree
        for letter in word:
            level = level.setdefault(letter, {})
        level[""] = {}
    return _pattern(tree)


def _pattern(level: dict[str, Any]) -> str:
    branches = [re.escape(letter) + _group(below) for letter, below in sorted(level.items()) if letter]
    return "|".join(branches)


def _group(level: dict[str, Any]) -> str:
    pattern = _pattern(level)
    if not pattern or len(level) == 1:
        return pattern
    return f"(?:{pattern})?" if "" in level else f"(?:{pattern})"
