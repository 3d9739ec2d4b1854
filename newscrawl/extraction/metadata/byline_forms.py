"""What a byline's line, or a part of it, is by its form: prose, a degree, a date, a role."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from newscrawl.extraction.metadata.byline_lines import BylineLine
from newscrawl.extraction.metadata.byline_pieces import BylinePiece
from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.name_shape import is_name
from newscrawl.extraction.segments.role import Role

_LONGEST: Final = 70
"""Characters of a byline that stands in the text; what is longer is prose."""
_WORD: Final = re.compile(r"\w+")
_WORDS: Final = 3
_LONGEST_WORD: Final = 9


def whole_pieces(line: BylineLine) -> list[BylinePiece]:
    """Return the pieces of a line, as one where a name that is marked as the author's is spread over them."""
    spread = len(line.pieces) > 1 and all(piece.rel for piece in line.pieces)
    if spread and is_name(line.text) and not all(is_name(piece.text) for piece in line.pieces):
        return [replace(line.pieces[0], text=line.text)]
    return line.pieces


def is_prose_line(line: BylineLine) -> bool:
    """Tell whether a line is of the text itself, and no byline that was taken for one."""
    return line.role is Role.BODY and len(line.text) > _LONGEST


def is_credential(text: str) -> bool:
    """Tell whether a part of a line is a degree ("MD") or what its holder studied, in brackets."""
    words = lexicon().credentials
    return all(word.strip("().,").casefold() in words for word in text.split()[:1]) and len(text.split()) <= _WORDS


def initials(name: str) -> str:
    """Return the first letters of a name's words."""
    return "".join(word[0] for word in name.split())


def is_date_part(text: str) -> bool:
    """Tell whether a part of a line is a day, a year or a time, and no more ("Dec. 19", "2025")."""
    words = text.split()
    return (
        text.strip(" .")[-1:].isdigit() and len(words) <= _WORDS and all(len(word) <= _LONGEST_WORD for word in words)
    )


def is_role(text: str) -> bool:
    """Tell whether a part of a line has a word for what somebody does at the paper ("Editor")."""
    return any(word.strip(".,").casefold() in lexicon().roles for word in text.split())


def is_small_word(word: str, prose: str) -> bool:
    """Tell whether a folded word is one of a text's words in lower case."""
    if not word.islower() or not _WORD.fullmatch(word):
        return False
    at = prose.find(word)
    while at >= 0:
        end = at + len(word)
        if not _WORD.match(prose[at - 1 : at]) and not _WORD.match(prose[end : end + 1]):
            return True
        at = prose.find(word, at + 1)
    return False


def first_part(text: str) -> str:
    """Return a line as far as the first bar between two parts."""
    return text.split(" | ")[0]
