"""Phrases of languages that put no spaces between words; where a text has them all the same, they do not count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from newscrawl.text import scripts
from newscrawl.text.kept_patterns import compiled
from newscrawl.text.normalise import unaccented_in_place
from newscrawl.widgets.rules import Kind, LexiconRule, Strength, split_phrase

EDGE = " \t　・:：「」『』【】[]()（）<>〈〉《》＞>≫»▼▶▲■□●○◆◇★☆→⇒…。、!！?？-–—|｜＃#*"
_SPACES = compiled(f"(?<=[{scripts.CJK}])[ \\t　]{{1,9}}|[ \\t　]{{1,9}}(?=[{scripts.CJK}])")


class CjkPhrases:
    """Rules whose phrases are looked for as substrings."""

    def __init__(self, rules: Iterable[LexiconRule]) -> None:
        self._given = tuple(rules)
        self._compiled: list[tuple[LexiconRule, re.Pattern[str]]] = []

    def _rules(self) -> list[tuple[LexiconRule, re.Pattern[str]]]:
        """Return the rules with their patterns, compiled when the first text of such a language comes."""
        if not self._compiled:
            self._compiled = [
                (rule, re.compile("|".join(_pattern(phrase) for phrase in rule.phrases))) for rule in self._given
            ]
        return self._compiled

    def hits(self, folded: str) -> Iterable[tuple[Kind, Strength, str, int, int]]:
        """Return each rule once that a line (lower-cased) meets, with its offsets."""
        joined, places = _joined(folded)
        bare = joined.strip(EDGE)
        left = joined.find(bare)
        for rule, pattern in self._rules():
            if rule.strength in ("label", "button"):
                match = pattern.fullmatch(bare)
            elif rule.strength == "lead":
                match = pattern.match(bare)
            else:
                match = pattern.search(bare)
            if match:
                start, end = places[left + match.start()], places[left + match.end() - 1] + 1
                yield rule.kind, rule.strength, rule.id, start, end


def _joined(text: str) -> tuple[str, Sequence[int]]:
    """Return a text without the spaces beside its Chinese or Japanese signs, and where each of its signs stood."""
    spaces = [(found.start(), found.end()) for found in _SPACES.finditer(text)]
    if not spaces:
        return text, range(len(text))
    places: list[int] = []
    at = 0
    for start, end in [*spaces, (len(text), len(text))]:
        places += range(at, start)
        at = end
    return "".join([text[place] for place in places]), places


def _pattern(phrase: str) -> str:
    """Return a phrase as a pattern without nested repeats; a gap is up to twelve characters."""
    parts = []
    for group in split_phrase(unaccented_in_place(phrase)):
        alternatives = "|".join(
            re.escape(a.replace(" ", "")).replace("\\~", "~").replace("~", ".{0,12}").replace("\\#", r"\d{1,6}")
            for a in group
        )
        parts.append(f"(?:{alternatives})")
    return "".join(parts)
