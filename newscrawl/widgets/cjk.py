"""Phrases of languages that put no spaces between words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newscrawl.text.normalise import unaccented_in_place
from newscrawl.widgets.rules import Kind, LexiconRule, Strength, split_phrase

EDGE = " \t　・:：「」『』【】[]()（）<>〈〉《》＞>≫»▼▶▲■□●○◆◇★☆→⇒…。、!！?？-–—|｜＃#*"


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
        bare = folded.strip(EDGE)
        left = folded.find(bare)
        for rule, pattern in self._rules():
            if rule.strength in ("label", "button"):
                match = pattern.fullmatch(bare)
            elif rule.strength == "lead":
                match = pattern.match(bare)
            else:
                match = pattern.search(bare)
            if match:
                yield rule.kind, rule.strength, rule.id, left + match.start(), left + match.end()


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
