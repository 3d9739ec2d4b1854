"""Words, numbers and signs of a line, with their places, so that grammars need no regular expressions."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from newscrawl.text.kept_patterns import compiled
from newscrawl.text.normalise import unaccented
from newscrawl.text.scripts import CJK

_SINGLE: Final = "\u3005-\u3007" + CJK
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d"
_TOKEN: Final = compiled(rf"\d+|[{_SINGLE}]|(?:[^\W\d_{_SINGLE}]|[{_MARKS}])+|\S")
_PLAIN_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+|\S")
_SIGNS: Final = {
    "’": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "‑": "-",
    "\u200b": "",
    "・": "·",
    "•": "·",
    "\ufffd": "a",
}
"""A sign that was lost in decoding is by itself an "à", whose second byte many tools take for a space."""


@lru_cache(maxsize=512)
def _sign(char: str) -> str:
    if char.isascii():
        return char
    return _SIGNS.get(char) or unicodedata.normalize("NFKC", char)


class Tokens:
    """The tokens of a text: folded ``words``, their ``starts`` and ``ends``; ``numbers`` holds -1 for what is none.

    No dataclass, whose ``__init__`` is never compiled.
    """

    __slots__ = ("ends", "numbers", "starts", "text", "words")

    def __init__(self, text: str, words: list[str], numbers: list[int], starts: list[int], ends: list[int]) -> None:
        self.text = text
        self.words = words
        self.numbers = numbers
        self.starts = starts
        self.ends = ends

    def __len__(self) -> int:
        return len(self.words)

    def word(self, i: int) -> str:
        """Return the folded token at ``i``, or the empty string beyond the ends."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def number(self, i: int, digits: tuple[int, ...]) -> int:
        """Return the number at ``i`` if it is written with as many ``digits``, else -1."""
        if 0 <= i < len(self.words) and self.numbers[i] >= 0 and self.ends[i] - self.starts[i] in digits:
            return self.numbers[i]
        return -1

    def glued(self, i: int) -> bool:
        """Tell whether the token at ``i`` follows the one before without white space."""
        return 0 < i < len(self.words) and self.starts[i] == self.ends[i - 1]

    def raw(self, i: int) -> str:
        """Return the token as written."""
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.words) else ""


def tokenise(text: str) -> Tokens:
    """Split a text into numbers, words (Chinese and Japanese characters one by one) and single signs.

    >>> tokenise("Le 3 août à 9h05").words
    ['le', '3', 'aout', 'a', '9', 'h', '05']
    """
    words: list[str] = []
    numbers: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    is_plain = text.isascii()  # then its words are folded all at once
    for match in _PLAIN_TOKEN.finditer(text.lower()) if is_plain else _TOKEN.finditer(text):
        token = match.group()
        start, end = match.span()
        number = -1
        if token[0].isdecimal():
            number = int(token) if end - start <= 14 else -1
            words.append(token if token.isascii() else str(number))
        elif is_plain:
            words.append(token)
        else:
            words.append(unaccented(token) if len(token) > 1 or token.isalpha() else _sign(token))
        numbers.append(number)
        starts.append(start)
        ends.append(end)
    return Tokens(text, words, numbers, starts, ends)
