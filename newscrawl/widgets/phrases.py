"""Phrases compiled for matching word by word; their syntax is told in `newscrawl.widgets.rules`."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from newscrawl.text.normalise import unaccented_in_place
from newscrawl.widgets.rules import LexiconRule, split_phrase

WORD = re.compile(r"[^\W_]+")
PHRASE_WORD = re.compile(r"[^\W_]+\*?|#|~")
MAX_GAP: Final = 6
"""Words that a ``~`` may stand for."""
MAX_TAIL: Final = 10
"""Words that a ``~`` at the end of a label may stand for."""
NUMBER: Final = "#"
PREFIX: Final = 4


def phrase_words(line: str) -> list[str]:
    """Return the words of an `unaccented_line` as phrases are matched with: every number is `NUMBER`."""
    return [NUMBER if word[0].isdigit() else word for word in line.split()]


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a phrase: word sequences by their first word, or a gap."""

    words: dict[str, list[tuple[str, ...]]]
    prefixes: tuple[str, ...]
    optional: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase of a rule."""

    rule: LexiconRule
    parts: tuple[Part, ...]
    plain: list[str]
    """Its words where it can be written in one way only; else none."""

    def match(self, words: list[str], start: int, *, whole: bool) -> int:
        """Return where the phrase that begins at word ``start`` ends (an index into ``words``), or -1.

        ``whole``: it must end with the line.
        """
        if self.plain:
            end = start + len(self.plain)
            return end if words[start:end] == self.plain and (not whole or end == len(words)) else -1
        return self._match(0, words, start, whole)

    def _match(self, index: int, words: list[str], at: int, whole: bool) -> int:
        if index == len(self.parts):
            return at if not whole or at == len(words) else -1
        part = self.parts[index]
        if part.gap:
            if index == len(self.parts) - 1:
                return (len(words) if len(words) - at <= MAX_TAIL else -1) if whole else at
            following = self.parts[index + 1]
            for skipped in range(at, min(at + MAX_GAP + 1, len(words))):
                word = words[skipped]
                if word not in following.words and not (following.optional or following.prefixes):
                    continue
                if (end := self._match(index + 1, words, skipped, whole)) >= 0:
                    return end
            return -1
        best = -1
        if at < len(words):
            word = words[at]
            for sequence in part.words.get(word, ()):
                size = len(sequence)
                if size == 1 or tuple(words[at + 1 : at + size]) == sequence[1:]:
                    best = max(best, self._match(index + 1, words, at + size, whole))
            if best < 0 and part.prefixes and word.startswith(part.prefixes):
                best = self._match(index + 1, words, at + 1, whole)
        if best < 0 and part.optional:
            best = self._match(index + 1, words, at, whole)
        return best


PlainPart = tuple[dict[str, list[tuple[str, ...]]], tuple[str, ...], bool, bool]
"""The fields of a `Part`."""
PlainPhrase = tuple[list[PlainPart], list[str], list[tuple[str, str]]]
"""The parts of a phrase, the words that they stand for where they stand for nothing else, and its `openings`."""


def compile_phrases(rule: LexiconRule) -> list[PlainPhrase]:
    """Return the phrases of a rule, compiled, as plain values that `pack` takes."""
    return [
        (
            [(part.words, part.prefixes, part.optional, part.gap) for part in parts],
            _only(parts),
            sorted(openings(Phrase(rule, tuple(parts), []))),
        )
        for phrase in rule.phrases
        for parts in _variants(phrase)
    ]


def _only(parts: list[Part]) -> list[str]:
    """Return the words that parts stand for where they stand for nothing else, else none."""
    found: list[str] = []
    for part in parts:
        sequences = [sequence for known in part.words.values() for sequence in known]
        if part.gap or part.optional or part.prefixes or len(sequences) != 1:
            return []
        found += sequences[0]
    return found


def _variants(phrase: str) -> Iterable[list[Part]]:
    """Return a phrase as its parts; alternatives that hold a gap or a prefix become phrases of their own."""
    choices: list[list[list[Part]]] = []
    for group in split_phrase(unaccented_in_place(phrase)):
        sequences = [PHRASE_WORD.findall(alternative) for alternative in group]
        if len(group) == 1:
            choices.append([_plain(sequences[0])])
            continue
        simple = [sequence for sequence in sequences if _is_simple(sequence)]
        choices.append([_plain(sequence) for sequence in sequences if not _is_simple(sequence)])
        if any(simple):
            choices[-1].append([_part([s for s in simple if s], not all(simple))])
        elif simple:
            choices[-1].append([])
    for choice in product(*choices):
        yield [part for parts in choice for part in parts]


def _is_simple(words: list[str]) -> bool:
    return "~" not in words and (len(words) < 2 or not any(word.endswith("*") for word in words))


def _plain(words: list[str]) -> list[Part]:
    return [Part({}, (), False, True) if word == "~" else _part([[word]], False) for word in words]


def _part(sequences: list[list[str]], optional: bool) -> Part:
    words: dict[str, list[tuple[str, ...]]] = {}
    prefixes = []
    for sequence in sequences:
        if any(word.endswith("*") for word in sequence):
            prefixes.append(sequence[0][:-1])
        else:
            words.setdefault(sequence[0], []).append(tuple(sequence))
    return Part(words, tuple(prefixes), optional, False)


ANY: Final = ""


def openings(phrase: Phrase) -> set[tuple[str, str]]:
    """Return the first two words with which a phrase may begin; `ANY` where the second may be anything, or nothing.

    Raises:
        ValueError: the phrase begins with a gap or a prefix of less than four letters, or all of it is optional.
    """
    pairs: set[tuple[str, str]] = set()
    for index, part in enumerate(phrase.parts):
        if part.gap or any(len(prefix) < PREFIX for prefix in part.prefixes):
            break
        pairs.update((prefix[:PREFIX] + "*", ANY) for prefix in part.prefixes)
        for word, sequences in part.words.items():
            for sequence in sequences:
                if len(sequence) > 1:
                    pairs.add((word, sequence[1]))
                else:
                    pairs.update((word, second) for second in _nexts(phrase.parts[index + 1 :]))
        if not part.optional:
            return pairs
    raise ValueError(f"{phrase.rule.id}: a phrase must begin with a word")


def _nexts(parts: tuple[Part, ...]) -> set[str]:
    words: set[str] = set()
    for part in parts:
        if part.gap or part.prefixes or NUMBER in part.words:
            return {ANY}
        words.update(part.words)
        if not part.optional:
            return words
    return {ANY}


Packed = tuple[list[tuple[str, bytes]], dict[str, bytes], set[str]]
"""Phrases with their rules' names; which of them begin with a word, by their second one; prefixes of first words.

Most of it is packed as bytes, since a text has few of the words.
"""


def pack(phrases: Iterable[tuple[str, PlainPhrase]]) -> Packed:
    """Return phrases, each with its rule's name, as a `PhraseIndex` takes them."""
    plain: list[tuple[str, bytes]] = []
    by_first: dict[str, dict[str, list[int]]] = {}
    for rule, (parts, only, pairs) in phrases:
        for first, second in pairs:
            by_first.setdefault(first, {}).setdefault(second, []).append(len(plain))
        plain.append((rule, marshal.dumps((parts, only))))
    prefixes = {first[:-1] for first in by_first if first.endswith("*")}
    return plain, {first: marshal.dumps(by_second) for first, by_second in by_first.items()}, prefixes


class PhraseIndex:
    """Phrases by their first two words; those with any second word are listed under each that others want."""

    def __init__(self, packed: Packed, rules: Mapping[str, LexiconRule]) -> None:
        """``rules``: by their names."""
        self._plain, by_first, self._prefixes = packed
        self._rules = rules
        self._phrases: list[Phrase | None] = [None] * len(self._plain)
        self._first: dict[str, bytes | dict[str, list[Phrase]]] = {**by_first}
        """By first word, packed until a text has it."""

    def _phrase(self, number: int) -> Phrase:
        known = self._phrases[number]
        if known is None:
            rule, packed = self._plain[number]
            parts, only = marshal.loads(packed)
            known = self._phrases[number] = Phrase(self._rules[rule], tuple(Part(*part) for part in parts), only)
        return known

    def _unpack(self, first: str, packed: bytes) -> dict[str, list[Phrase]]:
        """Return the phrases that begin with a word of the index by their second word, for the first time."""
        numbers: dict[str, list[int]] = marshal.loads(packed)
        by_second = {second: [self._phrase(number) for number in own] for second, own in numbers.items()}
        any_second = by_second.setdefault(ANY, [])
        by_second.update({second: any_second + own for second, own in by_second.items() if second})
        self._first[first] = by_second
        return by_second

    def _begun(self, first: str, second: str) -> list[Phrase]:
        by_second = self._first.get(first)
        if by_second is None:
            return []
        if isinstance(by_second, bytes):
            by_second = self._unpack(first, by_second)
        found = by_second.get(second)
        return by_second[ANY] if found is None else found

    def find(self, words: list[str], position: int) -> list[Phrase]:
        """Return the phrases that may begin at a word; the list must not be changed."""
        word = words[position]
        second = words[position + 1] if position + 1 < len(words) else ANY
        found = self._begun(word, second)
        if self._prefixes and word[:PREFIX] in self._prefixes:
            return found + self._begun(word[:PREFIX] + "*", second)
        return found

    def matches(self, words: list[str]) -> list[tuple[Phrase, int, int]]:
        """Return the phrases that stand anywhere among words, each with its first word and the one behind it."""
        first, prefixes = self._first, self._prefixes
        found = []
        for at, word in enumerate(words):
            if word in first or (prefixes and len(word) >= PREFIX and word[:PREFIX] in prefixes):
                for phrase in self.find(words, at):
                    if (end := phrase.match(words, at, whole=False)) > at:
                        found.append((phrase, at, end))
        return found
