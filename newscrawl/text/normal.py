"""Normalised text for comparing: the same words give the same string, whatever their punctuation, case and spacing."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 4000


_WORD: Final = re.compile(r"[^\W_]+")


def normal(text: str) -> str:
    """Return words in lower case with one space between; for a script whose letters are unknown, the characters.

    >>> normal("  Sign  up — it’s FREE! ")
    'sign up it s free'
    """
    text = text[:LONGEST]
    text = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    words = " ".join(_WORD.findall(text))
    plain = "".join(text.split())
    return words if len(words) * 3 >= len(plain) else plain
