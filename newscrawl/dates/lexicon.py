"""The words of dates in every language, read once from ``data/dates/languages``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from newscrawl.dates.text import Tokens, tokenise
from newscrawl.text.package_data import FOLDER, kept, tables

PHRASES = (
    "published", "modified", "join", "by", "hour_marks", "minute_marks", "am", "pm", "today", "yesterday",
    "day_before_yesterday", "now", "other", "one", "before", "after", "boilerplate", "weekdays",
)  # fmt: skip
UNITS = ("second", "minute", "hour", "day", "week", "month", "year")

_Phrases = dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]


@dataclass(slots=True)
class DateLexicon:
    """All languages at once: a page's language is often unknown, and its date line in another than its text.

    ``months`` and ``units``: folded word → language → number or unit. ``phrases``: kind → first token → the phrases
    that begin with it, longest first, each with its languages. ``orders``: language → ``dmy``, ``mdy`` or ``ymd``.
    """

    months: dict[str, dict[str, int]] = field(default_factory=dict)
    units: dict[str, dict[str, str]] = field(default_factory=dict)
    phrases: dict[str, _Phrases] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    dot_time: set[str] = field(default_factory=set)
    bare_units: set[str] = field(default_factory=set)
    begins: dict[str, frozenset[str]] = field(default_factory=dict)
    """Every word that a month or phrase begins with → the kinds of those; at any other word nothing of a date does."""

    def month(self, word: str, language: str | None = None) -> int:
        """Return the month that a word names: in the language if it has the word, else in most of those that do.

        >>> lexicon().month("listopad", "pl"), lexicon().month("listopad", "hr"), lexicon().month("cat")
        (11, 10, 0)
        """
        named = self.months.get(word)
        if not named:
            return 0
        return named.get(language or "") or Counter(named.values()).most_common(1)[0][0]

    def unit(self, tokens: Tokens, i: int) -> tuple[dict[str, str], int]:
        """Return the unit of time at ``i`` (language → unit) and its number of tokens; ``({}, 0)`` for none."""
        for size in (3, 2, 1):
            named = self.units.get(" ".join(tokens.words[i : i + size])) if i + size <= len(tokens) else None
            if named:
                return named, size
        return {}, 0

    def match(self, kind: str, tokens: Tokens, i: int) -> int:
        """Return how many tokens at ``i`` make a phrase of that kind, 0 for none."""
        return self.match_in(kind, tokens, i)[0]

    def match_in(self, kind: str, tokens: Tokens, i: int) -> tuple[int, frozenset[str]]:
        """As `match`, with the languages that have the phrase."""
        if i < len(tokens.words):
            for phrase, languages in self.phrases[kind].get(tokens.words[i], ()):
                if len(phrase) == 1 or tuple(tokens.words[i : i + len(phrase)]) == phrase:
                    return len(phrase), languages
        return 0, frozenset()


def language_files() -> list[dict[str, Any]]:
    """Return every language file, parsed, in the order of their names."""
    return list(tables("dates/languages").values())


@cache
def lexicon() -> DateLexicon:
    """Return the lexicon of the packaged languages."""
    code = [
        FOLDER.parent / name for name in ("dates/lexicon.py", "dates/text.py", "text/normalise.py", "text/scripts.py")
    ]
    words = kept("date-words", [*sorted((FOLDER / "dates" / "languages").glob("*.toml")), *code], _words)
    return DateLexicon(**words)


def _words() -> dict[str, Any]:
    """Return the fields of the lexicon, made from the tables."""
    result = DateLexicon(phrases={kind: {} for kind in PHRASES})
    found: dict[str, dict[tuple[str, ...], set[str]]] = {kind: {} for kind in PHRASES}
    for data in language_files():
        language = data["language"]
        result.orders[language] = data["order"]
        if data.get("dot_time"):
            result.dot_time.add(language)
        if data.get("bare_units"):
            result.bare_units.add(language)
        for number, names in enumerate(data["months"], start=1):
            for name in names:
                result.months.setdefault("".join(tokenise(name).words), {})[language] = number
        for unit, names in data.get("units", {}).items():
            for name in names:
                result.units.setdefault(" ".join(tokenise(name).words), {}).setdefault(language, unit)
        for kind in PHRASES:
            entries = data.get(kind, [])
            names = [name for day in entries for name in day] if kind == "weekdays" else entries
            for name in names:
                found[kind].setdefault(tuple(tokenise(name).words), set()).add(language)
    for kind, phrases in found.items():
        for phrase in sorted(phrases, key=len, reverse=True):
            result.phrases[kind].setdefault(phrase[0], []).append((phrase, frozenset(phrases[phrase])))
    kinds = {"month": result.months.keys(), **{kind: phrases.keys() for kind, phrases in result.phrases.items()}}
    for word in set[str]().union(*kinds.values()):
        result.begins[word] = frozenset(kind for kind, words in kinds.items() if word in words)
    return {f.name: getattr(result, f.name) for f in fields(DateLexicon)}
