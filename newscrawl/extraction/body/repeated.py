"""A page's own description that repeats a part of the body, in the body's own characters."""

from __future__ import annotations

import re
from typing import Final

from newscrawl.items import Block
from newscrawl.text.normalise import caseless_words

_WORD: Final = re.compile(r"\w+")
_ELLIPSIS: Final = re.compile(r"\s?(?:…|\.{3})\s")
_BLOCKS: Final = 4
_LEAST: Final = 4
_LEAST_WITHIN: Final = 6
_LEAST_DENSE: Final = 24
"""Words of a copy at a text's beginning and within it, and characters where a script sets no spaces between words."""
_SKIPPED: Final = 12
_ENDS: Final = (".", "!", "?", "…")


def as_in_body(description: str | None, blocks: list[Block]) -> str | None:
    """Give a description that repeats a paragraph as it stands there, up to where the two part.

    Search engines' descriptions are often the first paragraph up to some 160 characters, even in mid-word, with an
    ellipsis and other quotation marks, or sentences from the midst of any. Read against the body such a copy is a part
    of the paragraph; given so, a reader who joins both does not count words twice. What stands behind an ellipsis (a
    title, a name) is not the copy's. Any other description is given unchanged.

    >>> as_in_body("It rained in Oslo today, and the str...", [
    ...     {"type": "paragraph", "text": "It rained in Oslo today, and the streets flooded.", "time": None}])
    'It rained in Oslo today, and the'
    """
    if not description:
        return description
    cut = _ELLIPSIS.split(description, maxsplit=1)[0]
    own = _words(cut)
    if not _is_enough(own):
        return description
    for block in blocks[:_BLOCKS]:
        text = block["text"]
        words = _words(text[: 3 * len(description) + 200])
        for skipped in range(min(_SKIPPED, len(own) // 2)):
            if (found := _common(own[skipped:], words)) is not None:
                return _between(text, *found)
    rarest = max(own[:-1], key=len, default="")
    for text in (block["text"] for block in blocks if _is_enough(own, _LEAST_WITHIN)):
        if rarest in text.casefold() and (found := _within(own, _words(text))) is not None:
            return _between(text, *found)
    return description


def _words(text: str) -> list[str]:
    """Return the words without their case, as many as `_WORD` finds."""
    return caseless_words(text) if text.isascii() else [word.casefold() for word in _WORD.findall(text)]


def _is_enough(words: list[str], least: int = _LEAST) -> bool:
    """Tell whether words are so many that they do not agree by chance."""
    return len(words) >= least or sum(len(word) for word in words if not word.isascii()) >= _LEAST_DENSE


def _between(text: str, first: int, last: int) -> str:
    """Return a text from one of its words to another, with the stop behind that."""
    spans = [m.span() for m in _WORD.finditer(text)]
    start, end = spans[first][0], spans[last][1]
    return text[start : end + 1] if text[end : end + 1] in _ENDS else text[start:end]


def _within(own: list[str], words: list[str]) -> tuple[int, int] | None:
    """Return the first and last of a block's words that are all of ``own``, but for a truncated last one."""
    for start in range(len(words) - len(own) + 1):
        if words[start] != own[0] or words[start + 1 : start + len(own) - 1] != own[1:-1]:
            continue
        last = start + len(own) - 1
        if words[last].startswith(own[-1]):
            return start, last if words[last] == own[-1] else last - 1
    return None


def _common(own: list[str], words: list[str]) -> tuple[int, int] | None:
    """Return the first and last of a block's words that are ``own``: to their end, to a truncated word, or the block's.

    ``own``: the description's words.
    """
    for start in range(min(len(words), _SKIPPED)):
        if words[start] != own[0]:
            continue
        same = 1
        while same < len(own) and start + same < len(words) and words[start + same] == own[same]:
            same += 1
        if not _is_enough(own[:same]):
            continue
        rest = words[start + same] if start + same < len(words) else ""
        if same == len(own) or not rest or (same == len(own) - 1 and rest.startswith(own[-1])):
            return start, start + same - 1
    return None
