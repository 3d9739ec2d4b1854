"""A quick look at the commonest words of a text, which confirms most declared languages without a detector."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from newscrawl.extraction.metadata.lexicon import load

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 0.14
"""Share of the words of running prose that are among a language's commonest ones."""

_NONE: Final = list[str]()


@cache
def _words() -> dict[str, frozenset[str]]:
    return {entry["code"]: frozenset(entry["words"]) for entry in load("function_words")["language"]}


@cache
def function_words() -> frozenset[str]:
    """Return the commonest words of all languages."""
    return frozenset(word for words in _words().values() for word in words)


def confirms(language: str, sample: str) -> bool:
    """Tell whether the commonest words of ``language`` are so frequent in ``sample`` that it must be written in it.

    False also where nothing is known of ``language``: then a detector has to say.
    """
    common = _words().get(language)
    words = _WORD.findall(sample.casefold())
    if not common or len(words) < 15:
        return False
    counts = _counts(words)
    own = counts.get(language, 0)
    return own / len(words) >= _ENOUGH and max(counts.values()) <= 1.2 * own


@cache
def _languages() -> dict[str, list[str]]:
    """Return the languages of each of the commonest words."""
    found: dict[str, list[str]] = {}
    for code, words in _words().items():
        for word in words:
            found.setdefault(word, []).append(code)
    return found


def _counts(words: list[str]) -> dict[str, int]:
    """Return for each language that has any how many of the words are among its commonest ones."""
    known = _languages()
    counts: dict[str, int] = {}
    for word in words:
        for code in known.get(word, _NONE):
            counts[code] = counts.get(code, 0) + 1
    return counts
