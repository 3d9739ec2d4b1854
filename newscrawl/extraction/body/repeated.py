"""A page's own description that repeats the body's beginning, in the body's own characters."""

from __future__ import annotations

import re
from typing import Final

from newscrawl.items import Block

_WORD: Final = re.compile(r"\w+")
_BLOCKS: Final = 4
_LEAST: Final = 4
_SKIPPED: Final = 12
_ENDS: Final = (".", "!", "?", "…")


def as_in_body(description: str | None, blocks: list[Block]) -> str | None:
    """Give a description that repeats a paragraph as it stands there, up to where the two part.

    Search engines' descriptions are often the first paragraph up to some 160 characters, even in mid-word, with an
    ellipsis and other quotation marks. Read against the body such a copy is the paragraph's beginning; given so, a
    reader who joins both does not count words twice. Any other description is given unchanged.

    >>> as_in_body("It rained in Oslo today, and the str...", [
    ...     {"type": "paragraph", "text": "It rained in Oslo today, and the streets flooded.", "time": None}])
    'It rained in Oslo today, and the'
    """
    if not description:
        return description
    own = [word.casefold() for word in _WORD.findall(description)]
    if len(own) < _LEAST:
        return description
    for block in blocks[:_BLOCKS]:
        text = block["text"]
        head = text[: 3 * len(description) + 200]
        words = [word.casefold() for word in _WORD.findall(head)]
        for skipped in range(min(_SKIPPED, len(own) // 2)):
            if (found := _common(own[skipped:], words)) is not None:
                spans = [m.span() for m in _WORD.finditer(head)]
                start, end = spans[found[0]][0], spans[found[1]][1]
                return text[start : end + 1] if text[end : end + 1] in _ENDS else text[start:end]
    return description


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
        if same < _LEAST:
            continue
        rest = words[start + same] if start + same < len(words) else ""
        if same == len(own) or not rest or (same == len(own) - 1 and rest.startswith(own[-1])):
            return start, start + same - 1
    return None
