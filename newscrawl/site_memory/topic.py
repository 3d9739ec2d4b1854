"""Repeated paragraphs that belong to their articles: an agency's background on an affair, not a site's boilerplate.

Repetition alone cannot tell them apart where a host's texts are about one affair. What tells is the subject: background
names what the rest of the article is about, boilerplate does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from newscrawl.site_memory.pieces import boilerplate_kind
from newscrawl.text.normalise import normal
from newscrawl.widgets.rejoin import CLOSERS, FINAL

LONGEST_WIDGET: Final = 100
"""Characters from which a paragraph of whole sentences may be background."""
WORD: Final = 6
"""Letters of a word that says what a text is about."""
SHARED: Final = 2


def without_background(texts: list[str], gone: list[bool]) -> list[bool]:
    """Return ``gone`` without the paragraphs that are prose about what the rest of the article is about."""
    if not any(gone):
        return gone
    kept = _words(text for text, out in zip(texts, gone, strict=True) if not out)
    return [out and not _is_background(text, kept) for text, out in zip(texts, gone, strict=True)]


def _is_background(text: str, kept: set[str]) -> bool:
    bare = text.rstrip(CLOSERS + " ")
    if len(text) < LONGEST_WIDGET or not bare.endswith(tuple(FINAL)):
        return False
    return len(_words([text]) & kept) >= SHARED and boilerplate_kind([text]) == "furniture"


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in normal(text).split() if len(word) >= WORD}
