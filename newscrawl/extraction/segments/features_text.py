"""A segment's text as numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from math import log1p
from string import ascii_lowercase, ascii_uppercase, digits

from newscrawl.extraction.segments.model import Segment

_ENDS = tuple(".!?…。！？”\"»'’)")
_HEAD = 240
_SHORT = 100
_REMEMBERED = 8192
_SEPARATORS = "|·•›»/–—"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_NO_UPPER, _NO_LOWER, _NO_DIGIT = (
    bytes(set(range(128)) - set(kept.encode())) for kept in (ascii_uppercase, ascii_lowercase, digits)
)
_SENTENCES = (". ", "? ", "! ", "。", "！", "？")

TEXT = (
    "chars", "words", "word_length", "stops", "commas", "ends", "ends_colon", "lower_start", "upper_share",
    "digit_share", "all_caps", "at", "copyright", "separators", "quote", "question", "link_share", "links",
    "bold_share", "images", "control", "bare", "continues", "prose", "symbol_start",
)  # fmt: skip


def _count(text: str) -> tuple[int, int, int]:
    """Count letters, capitals and digits of a text; what is ASCII is counted at C speed."""
    plain = text.encode("ascii", "ignore")
    upper = len(plain.translate(None, _NO_UPPER))
    letters = upper + len(plain.translate(None, _NO_LOWER))
    digits = len(plain.translate(None, _NO_DIGIT))
    if len(plain) < len(text):
        others = _NOT_ASCII.findall(text)
        letters += sum(map(str.isalpha, others))
        upper += sum(map(str.isupper, others))
        digits += sum(map(str.isdigit, others))
    return letters, upper, digits


def text_features(item: Segment) -> tuple[float, ...]:
    """Return a row of `TEXT` figures."""
    text = item.text
    size = len(text)
    *figures, symbol_start = _remembered(text) if size <= _SHORT else _figures(text)
    return (
        *figures,
        min(item.link_chars / size, 1.0),
        item.links,
        min(item.bold_chars / size, 1.0),
        item.images,
        item.control,
        item.bare,
        item.continues,
        item.prose,
        symbol_start,
    )


def _figures(text: str) -> tuple[float, ...]:
    """Return the figures that a text's characters alone decide on."""
    size = len(text)
    count = text.count(" ") + 1
    head = text[:_HEAD]
    letters, upper, digits = _count(head)
    letters = letters or 1
    western = text.isascii()  # most are, and need not be searched for what is not
    return (
        log1p(size),
        log1p(count),
        min(size / count, 30.0),
        log1p(sum(map(text.count, _SENTENCES[:3] if western else _SENTENCES))),
        (text.count(", ") if western else text.count(", ") + text.count("，") + text.count("、")) / count,
        text.endswith(_ENDS),
        text.endswith((":", "：")),
        text[0].islower(),
        upper / letters,
        digits / len(head),
        upper == letters and letters > 3,
        "@" in text,
        "©" in text,
        sum(map(text.count, "|/" if western else _SEPARATORS)) / count,
        text[0] in "\"“„«'‘»—–-",
        text.endswith(("?", "？")),
        not text[0].isalnum(),
    )


@lru_cache(_REMEMBERED)
def _remembered(text: str) -> tuple[float, ...]:
    """`_figures` of menus and labels, which a site has on each page."""
    return _figures(text)
