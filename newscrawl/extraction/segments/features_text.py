"""The segments' texts as numbers, counted for a page's characters at once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extraction.segments.model import Segment
from newscrawl.parsing.trees import Matrix

_HEAD: Final = 240
"""Characters of a text whose letters and digits are counted."""
_LONGEST_WORD: Final = 30.0

TEXT: Final = (
    "chars", "words", "word_length", "stops", "commas", "ends", "ends_colon", "lower_start", "upper_share",
    "digit_share", "all_caps", "at", "copyright", "separators", "quote", "question", "link_share", "links",
    "bold_share", "images", "control", "bare", "continues", "prose", "symbol_start",
)  # fmt: skip

_CLASSES: tuple[Callable[[str], bool], ...] = (
    lambda character: not character.isalpha(), str.isupper, str.islower, str.isdigit, str.isalnum, *(
        characters.__contains__
        for characters in (
            " ", ".?!", "。！？", ",", "，、", ".!?…。！？”\"»'’)", ":：", "|·•›»/–—", "\"“„«'‘»—–-", "?？", "@", "©"
        )
    )
)  # fmt: skip
(
    _NO_LETTER, _CAPITAL, _LOWER, _DIGIT, _ALPHANUMERIC, _SPACE, _STOP, _WIDE_STOP, _COMMA, _WIDE_COMMA, _END, _COLON,
    _SEPARATOR, _QUOTE, _QUESTION, _AT, _COPYRIGHT,
) = (1 << bit for bit in range(len(_CLASSES)))  # fmt: skip
_KNOWN: Final = 1 << len(_CLASSES)
_COUNTED: Final = _KNOWN - 1 - _LOWER - _ALPHANUMERIC
"""What is counted: most characters are plain letters, which are what is left."""
_Numbers = NDArray[np.float64]
_Bits = NDArray[np.int32]
_BITS_OF: Final[_Bits] = np.zeros(0x110000, dtype=np.int32)
"""The classes of each character as bits; 0 where it has not been met yet."""


def text_features(segments: list[Segment]) -> Matrix:
    """Return the (len(TEXT), n) matrix of the segments."""
    count = len(segments)
    texts = [item.text for item in segments]
    size = np.fromiter(map(len, texts), dtype=np.int64, count=count)
    bits = _classes("".join([f"{text}\n" for text in texts]))
    ends = np.cumsum(size + 1)
    starts = ends - size - 1
    first, last = bits.take(starts), bits.take(ends - 2)

    at = np.flatnonzero(bits & _COUNTED)
    counted, following = bits.take(at), bits.take(at + 1, mode="clip")
    owner = np.repeat(np.arange(count), size + 1).take(at)
    in_head = at - starts.take(owner) < _HEAD
    before_space = following & _SPACE != 0

    def having(kind: int) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = counted & kind != 0
        return found

    def number(of: NDArray[np.bool_]) -> NDArray[np.intp]:
        return np.bincount(owner[of], minlength=count)

    words = number(having(_SPACE)) + 1
    letters = np.maximum(np.minimum(size + 1, _HEAD) - number(having(_NO_LETTER) & in_head), 1)
    capitals = number(having(_CAPITAL) & in_head)
    columns = [
        np.log1p(size),
        np.log1p(words),
        np.minimum(size / words, _LONGEST_WORD),
        np.log1p(number((having(_STOP) & before_space) | having(_WIDE_STOP))),
        number((having(_COMMA) & before_space) | having(_WIDE_COMMA)) / words,
        last & _END != 0,
        last & _COLON != 0,
        first & _LOWER != 0,
        capitals / letters,
        number(having(_DIGIT) & in_head) / np.minimum(size, _HEAD),
        (capitals == letters) & (letters > 3),
        number(having(_AT)) > 0,
        number(having(_COPYRIGHT)) > 0,
        number(having(_SEPARATOR)) / words,
        first & _QUOTE != 0,
        last & _QUESTION != 0,
        *_markup(segments, size),
        first & _ALPHANUMERIC == 0,
    ]
    return np.stack(columns, dtype=np.float32, casting="unsafe")


def _classes(text: str) -> _Bits:
    """Return the bits of each character's classes."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bits = _BITS_OF.take(codes)
    if not bits.all():
        for code in set(codes[bits == 0].tolist()):
            classes = (1 << bit for bit, is_in in enumerate(_CLASSES) if is_in(chr(code)))
            _BITS_OF[code] = sum(classes, _KNOWN)
        bits = _BITS_OF.take(codes)
    return bits


def _markup(segments: list[Segment], size: NDArray[np.int64]) -> list[_Numbers]:
    """Return what the segments' elements are: links, bold, images, controls, and where each begins."""
    rows = [(s.link_chars, s.links, s.bold_chars, s.images, s.control, s.bare, s.continues, s.prose) for s in segments]
    table = np.fromiter(chain.from_iterable(rows), dtype=np.float64, count=8 * len(rows)).reshape(-1, 8)
    linked, links, bold, *others = table.T
    return [np.minimum(linked / size, 1.0), links, np.minimum(bold / size, 1.0), *others]
