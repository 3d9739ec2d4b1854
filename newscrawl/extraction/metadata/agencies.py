"""News agencies named in a short text (``newscrawl/data/names/agencies.toml``)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from newscrawl.extraction.metadata.lexicon import load

_TOKEN = re.compile(r"[\w’']+")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MAX_TEXT = 500
_LONGEST = 6


class _Names(NamedTuple):
    """Full names by their casefolded words, their first words, abbreviations as written and folded, unspaced names."""

    full: dict[tuple[str, ...], str]
    firsts: frozenset[str]
    short: dict[str, str]
    folded: dict[str, str]
    unspaced: tuple[tuple[str, str], ...]


@cache
def _names() -> _Names:
    full: dict[tuple[str, ...], str] = {}
    short: dict[str, str] = {}
    unspaced: dict[str, str] = {}
    for agency in load("agencies")["agency"]:
        for alias in agency["also"]:
            if _CJK.search(alias):
                unspaced[alias] = agency["name"]
            else:
                full[tuple(_TOKEN.findall(alias.casefold()))] = agency["name"]
        for abbreviation in agency.get("short", ()):
            for token in _TOKEN.findall(abbreviation)[:1]:
                short[token] = agency["name"]
    return _Names(
        full,
        frozenset(words[0] for words in full),
        short,
        {token.casefold(): name for token, name in short.items()},
        tuple(sorted(unspaced.items(), key=lambda item: -len(item[0]))),
    )


@lru_cache(maxsize=512)
def find(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return ``(start, end, name)`` of the agencies named in ``text``, a line or less, in order."""
    names = _names()
    text = text[:_MAX_TEXT]
    tokens = [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text)]
    folded = [token.casefold() for _, _, token in tokens]
    found: list[tuple[int, int, str]] = []
    i = 0
    while i < len(tokens):
        longest = min(_LONGEST, len(tokens) - i) if folded[i] in names.firsts else 1
        for length in range(longest, 0, -1):
            words = tuple(folded[i : i + length])
            name = names.full.get(words) or (names.short.get(tokens[i][2]) if length == 1 else None)
            if name:
                found.append((tokens[i][0], tokens[i + length - 1][1], name))
                i += length - 1
                break
        i += 1
    if _CJK.search(text):
        for alias, name in names.unspaced:
            start = text.find(alias)
            if start >= 0 and not any(s < start + len(alias) and start < e for s, e, _ in found):
                found.append((start, start + len(alias), name))
    if not found and 0 < len(tokens) <= _LONGEST and all(token in names.folded for token in folded):
        found = [(start, end, names.folded[token]) for (start, end, _), token in zip(tokens, folded, strict=True)]
    return tuple(sorted(found))


def agencies_in(text: str) -> list[str]:
    """Return the agencies that a short text (a credit, a byline, an author's field) names, each once, in order.

    >>> agencies_in("avec AFP et Reuters")
    ['AFP', 'Reuters']
    """
    return list(dict.fromkeys(name for _, _, name in find(text)))


def is_agency(text: str) -> bool:
    """Tell whether ``text`` is nothing but agencies and what stands between them."""
    spans = find(text)
    if not spans or len(text) > _MAX_TEXT:
        return False
    rest = list(text)
    for start, end, _ in spans:
        rest[start:end] = " " * (end - start)
    return not any(c.isalnum() for c in "".join(rest))
