"""A segment's text as numbers."""

from __future__ import annotations

from math import log1p

from newscrawl.extraction.segment import Segment, is_prose

_ENDS = tuple(".!?…。！？”\"»'’)")
_HEAD = 240
_SEPARATORS = "|·•›»/–—"
_SENTENCES = (". ", "? ", "! ", "。", "！", "？")

TEXT = (
    "chars", "words", "word_length", "stops", "commas", "ends", "ends_colon", "lower_start", "upper_share",
    "digit_share", "all_caps", "at", "copyright", "separators", "quote", "question", "link_share", "links",
    "bold_share", "images", "control", "bare", "continues", "prose", "symbol_start",
)  # fmt: skip


def text_features(item: Segment) -> list[float]:
    """A row of `TEXT` figures."""
    text = item.text
    size = len(text)
    count = text.count(" ") + 1
    head = text[:_HEAD]
    letters = sum(map(str.isalpha, head)) or 1
    upper = sum(map(str.isupper, head))
    return [
        log1p(size),
        log1p(count),
        min(size / count, 30.0),
        log1p(sum(map(text.count, _SENTENCES))),
        (text.count(", ") + text.count("，") + text.count("、")) / count,
        text.endswith(_ENDS),
        text.endswith((":", "：")),
        text[0].islower(),
        upper / letters,
        sum(map(str.isdigit, head)) / len(head),
        upper == letters and letters > 3,
        "@" in text,
        "©" in text,
        sum(map(text.count, _SEPARATORS)) / count,
        text[0] in "\"“„«'‘»—–-",
        text.endswith(("?", "？")),
        min(item.link_chars / size, 1.0),
        item.links,
        min(item.bold_chars / size, 1.0),
        item.images,
        item.control,
        item.bare,
        item.continues,
        is_prose(text),
        not text[0].isalnum(),
    ]
