"""Phrases of languages that put no spaces between words; where a text has them all the same, they do not count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from newscrawl.text import scripts
from newscrawl.text.kept_patterns import compiled
from newscrawl.text.normalise import unaccented_in_place
from newscrawl.widgets.rules import Kind, LexiconRule, Strength, split_phrase

EDGE = " \t　・:：「」『』【】[]()（）<>〈〉《》＞>≫»▼▶▲■□●○◆◇★☆→⇒…。、!！?？-–—|｜＃#*"
_AT_BEGINNING: Final = frozenset(("label", "button", "lead"))
"""Strengths of rules that are looked for where a text begins."""
_START: Final = 2
"""Signs by which rules are told apart."""
_GAP: Final = re.compile("[~#]")
_BLANKS: Final = (" ", "\t", "　")
_SPACES = compiled(f"(?<=[{scripts.CJK}])[ \\t　]{{1,9}}|[ \\t　]{{1,9}}(?=[{scripts.CJK}])")


class CjkPhrases:
    """Rules whose phrases are looked for as substrings; of most texts their first two signs tell that none is there."""

    def __init__(self, packed: Iterable[PackedCjk], rules: Mapping[str, LexiconRule]) -> None:
        """``packed``: what `pack_rule` makes of the rules; ``rules``: by their names."""
        self._rules: list[LexiconRule] = []
        self._patterns: list[str | re.Pattern[str]] = []
        """Compiled when the first text comes that may hold one."""
        self._openings: dict[str, list[int]] = {}
        """Rules that are looked for at the beginning of a text, by what they begin with."""
        self._anywhere: dict[str, list[int]] = {}
        for number, (name, pattern, starts) in enumerate(packed):
            rule = rules[name]
            self._rules.append(rule)
            self._patterns.append(pattern)
            by_start = self._openings if rule.strength in _AT_BEGINNING else self._anywhere
            for start in starts:
                by_start.setdefault(start, []).append(number)
        self._short = [start for start in self._anywhere if len(start) < _START]

    def _pattern(self, number: int) -> re.Pattern[str]:
        found = self._patterns[number]
        if isinstance(found, str):
            found = self._patterns[number] = compiled(found)
        return found

    def _candidates(self, bare: str) -> list[int]:
        """Return the rules that a text may meet, in order."""
        anywhere = self._anywhere
        found = {*self._openings.get("", ()), *self._openings.get(bare[:1], ()), *self._openings.get(bare[:2], ())}
        for start in self._short:
            if start in bare:
                found.update(anywhere[start])
        for at in range(len(bare)):
            if (own := anywhere.get(bare[at : at + _START])) is not None:
                found.update(own)
        return sorted(found)

    def hits(self, folded: str) -> list[tuple[Kind, Strength, str, int, int]]:
        """Return each rule once that a line (lower-cased) meets, with its offsets."""
        joined, places = _joined(folded)
        bare = joined.strip(EDGE)
        left = joined.find(bare)
        found: list[tuple[Kind, Strength, str, int, int]] = []
        for number in self._candidates(bare):
            rule, pattern = self._rules[number], self._pattern(number)
            if rule.strength == "lead":
                match = pattern.match(bare)
            elif rule.strength in _AT_BEGINNING:
                match = pattern.fullmatch(bare)
            else:
                match = pattern.search(bare)
            if match:
                start, end = places[left + match.start()], places[left + match.end() - 1] + 1
                found.append((rule.kind, rule.strength, rule.id, start, end))
        return found


PackedCjk = tuple[str, str, list[str]]
"""A rule's name, the pattern of its phrases, and what these may begin with."""


def pack_rule(rule: LexiconRule) -> PackedCjk:
    """Return a rule as `CjkPhrases` takes it."""
    return rule.id, "|".join(map(_pattern, rule.phrases)), sorted(_starts(rule))


def _starts(rule: LexiconRule) -> set[str]:
    """Return the first signs with which a rule's phrases may begin, two at most; ``""`` stands for any."""
    found: set[str] = set()
    for phrase in rule.phrases:
        starts = {""}
        for group in split_phrase(unaccented_in_place(phrase)):
            signs = [alternative.replace(" ", "") for alternative in group]
            starts = {start if len(start) >= _START else start + sign for start in starts for sign in signs}
        found |= {_GAP.split(start, maxsplit=1)[0][:_START] for start in starts}
    return found


def _joined(text: str) -> tuple[str, Sequence[int]]:
    """Return a text without the spaces beside its Chinese or Japanese signs, and where each of its signs stood."""
    spaces = [found.span() for found in _SPACES.finditer(text)] if any(space in text for space in _BLANKS) else []
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
