"""A quick look at the commonest words of a text, which confirms most declared languages without a detector."""

from __future__ import annotations

import re
from functools import cache

from newscrawl.extraction.metadata.lexicon import load

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 0.14
"""Share of the words of running prose that are among a language's commonest ones."""


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
    return _among(common, words) / len(words) >= _ENOUGH and not _rivals(language, words)


def _rivals(language: str, words: list[str]) -> bool:
    """Tell whether another language's commonest words are clearly more frequent."""
    limit = 1.2 * _among(_words()[language], words)
    return any(_among(other, words) > limit for code, other in _words().items() if code != language)


def _among(common: frozenset[str], words: list[str]) -> int:
    """Return how many words are among the commonest ones; without a generator, as each language is counted."""
    return sum(map(common.__contains__, words))
