"""Two texts held against each other word by word."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from newscrawl.text.kept_patterns import compiled
from newscrawl.text.scripts import LAO, THAI

_SINGLE = f"{THAI}{LAO}\u2e80-\ufaff"
"""Characters compared one by one: scripts without spaces, and all of East Asia."""
_WORD = compiled(rf"[{_SINGLE}]|[^\W{_SINGLE}]+|\s+|[^\w\s]")
"""A word, a sign, white space, or one character of a script that writes no spaces."""
_MOST: Final = 4_000
"""Words that are compared one by one; longer texts are all old and all new."""


class DiffPiece(NamedTuple):
    """A run of words: in both texts, only in the older, or only in the newer."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_diff(before: str, after: str) -> list[DiffPiece]:
    """Return the pieces of two texts in reading order, a removed one before the one that is in its place.

    >>> [(piece.kind, piece.text) for piece in word_diff("five ferries sail", "six ferries sail")]
    [('removed', 'five'), ('added', 'six'), ('same', ' ferries sail')]
    """
    old, new = words(before), words(after)
    if before != after and max(len(old), len(new)) > _MOST:
        old, new = [before], [after]
    return list(_pieces(old, new))


def words(text: str) -> list[str]:
    """Return the words, signs and white space of a text; joined they are the text."""
    return _WORD.findall(text)


def likeness(before: str, after: str) -> float:
    """Return the share of words that two texts have in common in the same order, 0 to 1."""
    old, new = ([word for word in words(text)[:_MOST] if not word.isspace()] for text in (before, after))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= 0.3 else 0.0


def _pieces(old: list[str], new: list[str]) -> Iterator[DiffPiece]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield DiffPiece("same", "".join(old[a:b]))
            continue
        if a < b:
            yield DiffPiece("removed", "".join(old[a:b]))
        if c < d:
            yield DiffPiece("added", "".join(new[c:d]))
