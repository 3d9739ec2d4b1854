"""The words of widgets in many languages, found in a line of text in microseconds.

>>> [hit.rule for hit in default_lexicon().hits("READ MORE: The bridge") if hit.strength == "lead"]
['en/related-lead']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from newscrawl.text import scripts
from newscrawl.text.kept_patterns import compiled
from newscrawl.text.normalise import unaccented_in_place, unaccented_line
from newscrawl.text.package_data import FOLDER, kept
from newscrawl.widgets.cjk import EDGE, CjkPhrases, PackedCjk, pack_rule
from newscrawl.widgets.phrases import (
    WORD,
    Packed,
    Phrase,
    PhraseIndex,
    PlainPhrase,
    compile_phrases,
    pack,
    phrase_words,
)
from newscrawl.widgets.rules import Kind, LanguageFile, Strength, load_languages, sources

MAX_LABEL_WORDS: Final = 16
MAX_TILES: Final = 8
MAX_TEXT: Final = 4000
_REMEMBERED: Final = 8192
"""Texts whose hits are cached: paragraphs are looked up more than once, and a site has its labels on each page."""
ANY_LANGUAGE: Final = ""
CJK: Final = compiled(f"[{scripts.CJK}]")
_BETWEEN: Final = re.compile(f"[{re.escape(EDGE)}]{{1,9}}")
_LABELS: Final = ("label", "button")
_INDEXES: Final = ("whole", "lead", "anywhere")
"""A line is the whole phrase, begins with it, or has it anywhere."""
_INDEX_OF: Final = {"label": "whole", "button": "whole", "lead": "lead"}
_CODE: Final = ("text/normalise.py", "widgets/phrases.py", "widgets/cjk.py", "widgets/lexicon.py")
"""The modules that make it."""
PackedLexicon = tuple[dict[str, Packed], dict[str, set[str]], dict[str, set[str]], list[PackedCjk]]
"""The phrases by `_INDEXES`; by language the words that speak to a reader and that report; rules without spaces."""


class LexiconHit(NamedTuple):
    """A rule that a line meets; ``start`` and ``end`` are offsets into the text given."""

    kind: Kind
    strength: Strength
    rule: str
    start: int
    end: int


class WidgetLexicon:
    """Phrases of widgets; see `newscrawl.widgets.rules` for kinds, strengths and how they are written."""

    def __init__(self, files: Iterable[LanguageFile], packed: PackedLexicon | None = None) -> None:
        """``packed``: what `pack_files` makes of the files."""
        files = tuple(files)
        indexes, self._address, self._report, cjk = pack_files(files) if packed is None else packed
        rules = {rule.id: rule for file in files for rule in file.rules}
        self._whole, self._lead, self._anywhere = (PhraseIndex(indexes[name], rules) for name in _INDEXES)
        self._cjk = CjkPhrases(cjk, rules)
        self._hits: dict[str, tuple[LexiconHit, ...]] = {}

    def hits(self, text: str) -> tuple[LexiconHit, ...]:
        """Return every rule that a line meets, once where it covers most; only the first 4,000 characters are read."""
        text = text[:MAX_TEXT]
        found = self._hits.get(text)
        if found is None:
            found = self._hits[text] = self._find(text, unaccented_line(text))
        return found

    def hits_of(self, texts: Sequence[str]) -> list[tuple[LexiconHit, ...]]:
        """Return the hits of each text; quicker than one by one."""
        from newscrawl.text.page_words import has_between, unaccented_lines  # numpy: a crawl's own process has none

        heads = [text[:MAX_TEXT] for text in texts]
        known = self._hits
        if new := [text for text in dict.fromkeys(heads) if text not in known]:
            if len(known) > _REMEMBERED:
                new = list(dict.fromkeys(heads))
                known.clear()
            is_spaced = not has_between("".join(new), scripts.CJK[0], scripts.CJK[-1])
            for text, line in zip(new, unaccented_lines(new), strict=True):
                known[text] = self._find(text, line, is_spaced=is_spaced)
        return [known[text] for text in heads]

    def _find(self, text: str, line: str, *, is_spaced: bool = False) -> tuple[LexiconHit, ...]:
        """Return the hits of a text, of which ``line`` is the `unaccented_line`; ``is_spaced``: it has no `CJK`."""
        words = phrase_words(line)
        if not words:
            return ()
        found: dict[str, tuple[Phrase, int, int]] = {}
        for phrase, start, end in self._word_hits(words):
            known = found.get(phrase.rule.id)
            if known is None or end - start > known[2] - known[1]:
                found[phrase.rule.id] = (phrase, start, end)
        result = []
        if found:
            spans = [m.span() for m in WORD.finditer(line)]
            result = [
                LexiconHit(p.rule.kind, p.rule.strength, p.rule.id, spans[start][0], spans[end - 1][1])
                for p, start, end in found.values()
            ]
        if not is_spaced and not text.isascii() and CJK.search(text):
            folded = unaccented_in_place(text)
            result += [LexiconHit(*hit) for hit in self._cjk.hits(folded)]
            if not result:
                result = self._cjk_tiles(folded)
        return tuple(result)

    def _cjk_tiles(self, folded: str) -> list[LexiconHit]:
        """Return the labels of which a line with Chinese or Japanese is made throughout, or nothing."""
        bare = folded.strip(EDGE)
        parts = _BETWEEN.split(bare)
        if not 1 < len(parts) <= MAX_TILES:
            return []
        start = folded.find(bare)
        tiles: dict[str, LexiconHit] = {}
        for part in parts:
            hits = self._find(part, unaccented_line(part))
            label = next((hit for hit in hits if hit.strength in _LABELS), None)
            if label is None:
                return []
            tiles[label.rule] = label._replace(start=start, end=start + len(bare))
        return list(tiles.values())

    def _word_hits(self, words: list[str]) -> list[tuple[Phrase, int, int]]:
        found = [(phrase, 0, len(words)) for phrase in self._labels(words)]
        for phrase in self._lead.find(words, 0):
            if (end := phrase.match(words, 0, whole=False)) > 0:
                found.append((phrase, 0, end))
        return found + self._anywhere.matches(words)

    def _labels(self, words: list[str]) -> list[Phrase]:
        """Return the labels that a line is: one, or several in a row."""
        if len(words) > MAX_LABEL_WORDS or not (opened := self._whole.find(words, 0)):
            return []
        return [phrase for phrase in opened if phrase.match(words, 0, whole=True) > 0] or self._tiles(words)

    def _tiles(self, words: list[str]) -> list[Phrase]:
        """Return the labels of which a line is made throughout ("Facebook Twitter WhatsApp"), or nothing."""
        tiles: list[Phrase] = []
        at = 0
        while at < len(words) and len(tiles) < MAX_TILES:
            best = None
            for phrase in self._whole.find(words, at):
                end = -1 if phrase.parts[-1].gap else phrase.match(words, at, whole=False)
                if end > at and (best is None or end > best[0]):
                    best = end, phrase
            if best is None:
                return []
            at = best[0]
            tiles.append(best[1])
        return tiles if at == len(words) else []

    def address_share(self, words: list[str], language: str | None = None) -> float:
        """Return the share of the words (folded) by which a text speaks to its reader ("your", "votre"), 0 to 1."""
        return _share(words, self._address, language)

    def report_share(self, words: list[str], language: str | None = None) -> float:
        """Return the share of the words (folded) by which a text tells of somebody ("said", "was"), 0 to 1."""
        return _share(words, self._report, language)


def _share(words: list[str], known: dict[str, set[str]], language: str | None) -> float:
    own = known.get(language or "", known[ANY_LANGUAGE])
    return len([word for word in words if word in own]) / max(1, len(words))


@cache
def default_lexicon() -> WidgetLexicon:
    """Return the lexicon of the packaged rules."""
    files = load_languages()
    code = [FOLDER.parent / name for name in _CODE]
    return WidgetLexicon(files, kept("widget-phrases", [*sources(), *code], lambda: pack_files(files)))


def pack_files(files: Iterable[LanguageFile]) -> PackedLexicon:
    """Return the files' phrases as plain values that a `WidgetLexicon` takes."""
    phrases: dict[str, list[tuple[str, PlainPhrase]]] = {name: [] for name in _INDEXES}
    address: dict[str, set[str]] = {ANY_LANGUAGE: set()}
    report: dict[str, set[str]] = {ANY_LANGUAGE: set()}
    cjk = []
    for file in files:
        for known, given in ((address, file.address), (report, file.report)):
            known[file.language] = {w for word in given for w in WORD.findall(unaccented_in_place(word))}
            known[ANY_LANGUAGE] |= known[file.language]
        for rule in file.rules:
            if CJK.search("".join(rule.phrases)):
                cjk.append(pack_rule(rule))
                continue
            phrases[_INDEX_OF.get(rule.strength, "anywhere")] += [(rule.id, p) for p in compile_phrases(rule)]
    return {name: pack(found) for name, found in phrases.items()}, address, report, cjk
