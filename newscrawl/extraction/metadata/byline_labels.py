"""Labels of bylines: who wrote, who did something else, and what joins two names."""

from __future__ import annotations

from functools import lru_cache

from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.markup import words

_BY = ("by", "von", "par", "por")
_TOKENS = 30


@lru_cache(maxsize=1024)
def has_label(text: str) -> bool:
    """Tell whether a label of authors stands at the beginning of a text, or within it."""
    folded = text.lower()
    by = lexicon().by
    if by.match(f"{folded} "):
        return True
    tokens = folded.split()
    inner = range(1, min(len(tokens) - 1, _TOKENS))
    return any(by.may_begin(tokens[i]) and by.match(" ".join(tokens[i:])) for i in inner)


@lru_cache(maxsize=1024)
def is_label(text: str) -> bool:
    """Tell whether a text is a label of authors and nothing else."""
    folded = text.strip(" :：—–-|").casefold()
    found = lexicon().by.match(f"{folded} ")
    return folded in words("written_by") or (found is not None and found.end() > len(folded))


def ends_in_label(text: str) -> bool:
    """Tell whether a text ends in a label ("Posted on 3 May by")."""
    return len(text.split()) > 1 and text.casefold().rstrip(" :").rsplit(" ", 1)[-1] in _BY


@lru_cache(maxsize=1024)
def is_others(text: str) -> bool:
    """Tell whether a text begins with the label of somebody who did not write: an editor, a photographer."""
    folded = f"{text.lower().lstrip('|·• ')} "
    tokens = folded.split()
    if len(tokens) > 1 and tokens[-1] in _BY and tokens[-2] in lexicon().deeds:
        return True
    return bool(lexicon().other.match(folded) or lexicon().photo.match(folded) or lexicon().source.match(folded))


def is_other_label(text: str) -> bool:
    """Tell whether a text is the label of somebody who did not write, and nothing else."""
    folded = f"{text.lower().strip('|·•: ')} "
    found = lexicon().other.match(folded)
    return found is not None and found.end() >= len(folded.rstrip())


def is_open(text: str) -> bool:
    """Tell whether the names in a text go on behind it."""
    last = text.rsplit(" ", 1)[-1]
    return text[-1:] in ",;&" or (last != text and last.isalpha() and joins(last))


def joins(text: str) -> bool:
    """Tell whether a text stands between two names."""
    folded = f" {text.strip(' ,;|/').casefold()} "
    if lexicon().place.fullmatch(folded):
        return False
    return not folded.strip() or bool(lexicon().joiners.fullmatch(folded) or lexicon().weak_joiners.fullmatch(folded))
