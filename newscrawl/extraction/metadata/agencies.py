"""News agencies named in a short text (``newscrawl/data/names/agencies.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from newscrawl.extraction.metadata.lexicon import load
from newscrawl.text.kept_patterns import compiled
from newscrawl.text.scripts import EAST_ASIAN

_TOKEN = re.compile(r"(?:\b[dlDL][’'])?([\w’']+)")
"""A word, without the article that is elided before it ("l’AFP")."""
_WORD = re.compile(r"\w+")
_CJK = compiled(f"[{EAST_ASIAN}]")
_MAX_TEXT = 500
_LONGEST = 6
_MAX_OWN = 3
"""Words of an agency's own name behind "Agencia"."""


@dataclass(frozen=True, slots=True)
class _Names:
    """Full names by their first words, casefolded, the longest first; abbreviations as written and folded; unspaced
    names."""

    full: dict[str, list[tuple[list[str], str]]]
    short: dict[str, str]
    firsts: frozenset[str]
    """The first words of full names, and abbreviations folded."""
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
    begun: dict[str, list[tuple[list[str], str]]] = {}
    for words, name in sorted(full.items(), key=lambda item: -len(item[0])):
        begun.setdefault(words[0], []).append((list(words), name))
    folded = {token.casefold(): name for token, name in short.items()}
    return _Names(
        begun,
        short,
        frozenset(begun) | frozenset(folded),
        folded,
        tuple(sorted(unspaced.items(), key=lambda item: -len(item[0]))),
    )


@lru_cache(maxsize=512)
def find(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return ``(start, end, name)`` of the agencies named in ``text``, a line or less, in order."""
    names = _names()
    text = text[:_MAX_TEXT]
    words: list[str] = (_TOKEN if "'" in text or "’" in text else _WORD).findall(text)
    folded = list(map(str.casefold, words))
    named: list[tuple[int, int, str]] = []
    at = len(words) if names.firsts.isdisjoint(folded) else 0
    while at < len(words):
        size, name = _name_at(names, words, folded, at) if folded[at] in names.firsts else (0, "")
        if size:
            named.append((at, at + size - 1, name))
        at += size or 1
    may_be_unspaced = not text.isascii() and _CJK.search(text) is not None
    is_folded = not named and 0 < len(words) <= _LONGEST and all(map(names.folded.__contains__, folded))
    if not named and not may_be_unspaced and not is_folded:
        return ()
    spans = [match.span(1) for match in _TOKEN.finditer(text)]
    found = [(spans[first][0], spans[last][1], name) for first, last, name in named]
    if may_be_unspaced:
        for alias, name in names.unspaced:
            start = text.find(alias)
            if start >= 0 and not any(s < start + len(alias) and start < e for s, e, _ in found):
                found.append((start, start + len(alias), name))
    if not found and is_folded:
        found = [(*span, names.folded[word]) for span, word in zip(spans, folded, strict=True)]
    return tuple(sorted(found))


def _name_at(names: _Names, words: list[str], folded: list[str], at: int) -> tuple[int, str]:
    """Return how many words of the agency's name begin at a word, and the name; 0 where none does."""
    for full, name in names.full.get(folded[at], ()):
        if folded[at : at + len(full)] == full:
            return len(full), name
    short = names.short.get(words[at])
    return (0, "") if short is None else (1, short)


def agencies_in(text: str) -> list[str]:
    """Return the agencies that a short text (a credit, a byline, an author's field) names, each once, in order.

    >>> agencies_in("avec AFP et Reuters")
    ['AFP', 'Reuters']
    """
    return list(dict.fromkeys(name for _, _, name in find(text)))


def called_agency(text: str) -> str | None:
    """Return an agency that the list does not know, by what it calls itself: "Agencia" and a name.

    >>> called_agency("Ana Muestra, da Agência Exemplo"), called_agency("an agency in London")
    ('Agência Exemplo', None)
    """
    tokens = list(_TOKEN.finditer(text[:_MAX_TEXT]))
    for at, token in enumerate(tokens[:-1]):
        if not token.group(1)[0].isupper() or token.group(1).casefold() not in _generic():
            continue
        last = at
        while last < min(at + _MAX_OWN, len(tokens) - 1) and _goes_on(text, tokens[last], tokens[last + 1]):
            last += 1
        is_whole = last + 1 == len(tokens) or not tokens[last + 1].group(1)[0].islower()
        if last > at and is_whole:
            return text[token.start(1) : tokens[last].end(1)]
    return None


@cache
def _generic() -> frozenset[str]:
    return frozenset(load("agencies")["generic"])


def _goes_on(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    """Tell whether the next word is a capitalised one with nothing but a space before it."""
    return text[left.end() : right.start()] == " " and right.group(1)[0].isupper()


def is_agency(text: str) -> bool:
    """Tell whether ``text`` is nothing but agencies and what stands between them."""
    spans = find(text)
    if not spans or len(text) > _MAX_TEXT:
        return False
    rest = list(text)
    for start, end, _ in spans:
        rest[start:end] = " " * (end - start)
    return not any(c.isalnum() for c in "".join(rest))
