"""Fingerprints of pieces of text: the same words give the same number, whatever their punctuation, case and spacing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple

from newscrawl.items import Removal
from newscrawl.text.normalise import normal
from newscrawl.widgets.kind import SAYS_LITTLE, name_piece
from newscrawl.widgets.rejoin import SPACELESS

MOST_PIECES: Final = 300
LOOSE_LONGEST: Final = 60
UNNAMED_LONGEST: Final = 150
_CREDITS: Final = frozenset(("byline", "date_line", "caption"))
_NUMBER: Final = re.compile(r"\d{1,40}")
MEMORY_RULE: Final = "memory/site"
"""Rule of removals by the site memory, whatever their words."""


class MemoryPiece(NamedTuple):
    """What a memory keeps of one piece of a page.

    ``mark``: fingerprint of its words. ``loose``: the same without its numbers, for counters ("12 comments");
    0 where it has no number, or is too long for a counter. ``size``: its letters, those of a script without spaces
    counted as two and a half. ``linked``: it holds a link or a form field. ``heading``: it stands in a heading.
    """

    mark: int
    loose: int
    size: int
    linked: bool = False
    heading: bool = False


def hashed(text: str) -> int:
    """Return a number of 64 bits for a text, never 0, the same on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big") or 1


def piece(text: str, *, linked: bool = False, heading: bool = False) -> MemoryPiece:
    """Return the piece that a text makes."""
    return MemoryPiece(*_fingerprint(text), linked, heading)


def piece_of_words(words: str, *, linked: bool = False, heading: bool = False) -> MemoryPiece:
    """Return the piece that a text makes of which ``words`` is the `normal` form."""
    return MemoryPiece(*_of_words(words), linked, heading)


@lru_cache(maxsize=4096)
def _fingerprint(text: str) -> tuple[int, int, int]:
    return _of_words(normal(text))


def _of_words(words: str) -> tuple[int, int, int]:
    """Return ``mark``, ``loose`` and ``size`` of a piece."""
    letters = len(words) - words.count(" ")
    size = int(letters * 2.5) if _is_spaceless(words) else letters
    loose = 0
    if size <= LOOSE_LONGEST and any(map(str.isdigit, words)):
        loose = hashed("#" + _NUMBER.sub("#", words))
    return hashed(words) if words else 0, loose, min(size, 4000)


def title_words(headline: str | None) -> frozenset[int]:
    """Return hashes of a headline's words without numbers, which recognise two versions of one story."""
    words = [word for word in normal(headline or "").split() if not word.isdigit()]
    if len(words) == 1 and _is_spaceless(words[0]):
        words = [words[0][i : i + 2] for i in range(len(words[0]) - 1)]
    return frozenset(hashed(word) & 0xFFFFFFFF for word in words[:30])


def _is_spaceless(words: str) -> bool:
    head = words[:200]
    return not head.isascii() and len(SPACELESS.findall(head)) * 3 > len(head)


def taken_elsewhere(removed: Iterable[Removal]) -> list[MemoryPiece]:
    """Return the pieces that other rules removed from a page: where one is missed on another page, they tell of it.

    Long ones only where a rule removed them: models judge a disclaimer differently from page to page.
    """
    found = []
    for removal in removed:
        if removal["kind"] in _CREDITS or removal["rule"] == MEMORY_RULE:
            continue
        pieces = [piece(line) for line in removal["text"].split("\n")]
        found += [p for p in pieces if p.size <= UNNAMED_LONGEST or removal["kind"] != "other"]
    return found


def distinct(pieces: Iterable[MemoryPiece]) -> list[MemoryPiece]:
    """Return the pieces that say something, at most `MOST_PIECES` (the first and the last of a long page)."""
    found = [p for p in pieces if p.mark]
    if len(found) > MOST_PIECES:
        found = found[: MOST_PIECES // 2] + found[-MOST_PIECES // 2 :]
    return found


def boilerplate_kind(texts: list[str], marks: int = 0, emails: int = 0) -> str:
    """Return the kind of a piece removed by the site memory: by its words or names, else ``furniture``."""
    kind, _ = name_piece(texts, marks, emails, 0.0, MEMORY_RULE)
    return "furniture" if kind == "other" or kind in SAYS_LITTLE else kind
