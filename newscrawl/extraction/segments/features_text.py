"""The segments' texts as numbers, counted for a page's characters at once."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.numbers import Indices
from newscrawl.parsing.trees import Matrix

_HEAD: Final = 240
"""Characters of a text whose letters and digits are counted."""
_LONGEST_WORD: Final = 30.0

TEXT: Final = (
    "chars", "words", "word_length", "stops", "commas", "ends", "ends_colon", "lower_start", "upper_share",
    "digit_share", "all_caps", "at", "copyright", "separators", "quote", "question", "link_share", "links",
    "bold_share", "images", "control", "bare", "continues", "prose", "symbol_start",
)  # fmt: skip

(
    _NO_LETTER, _CAPITAL, _LOWER, _DIGIT, _ALPHANUMERIC, _SPACE, _STOP, _WIDE_STOP, _COMMA, _WIDE_COMMA, _END, _COLON,
    _SEPARATOR, _QUOTE, _QUESTION, _AT, _COPYRIGHT, _KNOWN
) = (1 << bit for bit in range(18))  # fmt: skip
_SIGNS: Final = (
    (_SPACE, " "), (_STOP, ".?!"), (_WIDE_STOP, "。！？"), (_COMMA, ","), (_WIDE_COMMA, "，、"),
    (_END, ".!?…。！？”\"»'’)"), (_COLON, ":："), (_SEPARATOR, "|·•›»/–—"), (_QUOTE, "\"“„«'‘»—–-"),
    (_QUESTION, "?？"), (_AT, "@"), (_COPYRIGHT, "©"),
)  # fmt: skip
_COUNTED: Final = _KNOWN - 1 - _LOWER - _ALPHANUMERIC
"""What is counted: most characters are plain letters, which are what is left."""
_Bits = NDArray[np.int32]
_IN_HEAD: Final = _NO_LETTER | _CAPITAL | _DIGIT
_ALL: Final = -1
_KINDS: Final = np.array(
    [
        _SPACE, _NO_LETTER, _CAPITAL, _DIGIT, _STOP | _WIDE_STOP, _COMMA | _WIDE_COMMA, _AT, _COPYRIGHT, _SEPARATOR
    ],
    dtype=np.int32,
)[:, None]  # fmt: skip
_BITS_OF: Final[_Bits] = np.zeros(0x110000, dtype=np.int32)
"""The classes of each character as bits; 0 where it has not been met yet."""


def text_features(segments: list[Segment], numbers: Indices, out: Matrix) -> None:
    """Write the figures of the segments into ``out``, a (len(TEXT), n) matrix."""
    size = numbers[0]
    bits = _classes("\n".join([item.text for item in segments]) + "\n")
    ends = np.cumsum(size + 1)
    starts = ends - size - 1
    first, last = bits.take(starts), bits.take(ends - 2)
    (
        words, not_letters, capitals, digits, stops, commas, ats, copyrights, separators
    ) = _counts(bits, starts, ends)  # fmt: skip
    words += 1
    head = np.minimum(size, _HEAD)
    letters = np.maximum(np.minimum(size + 1, _HEAD) - not_letters, 1)
    out[0] = np.log1p(size)
    out[1] = np.log1p(words)
    out[2] = np.minimum(size / words, _LONGEST_WORD)
    out[3] = np.log1p(stops)
    out[4] = commas / words
    out[5] = last & _END != 0
    out[6] = last & _COLON != 0
    out[7] = first & _LOWER != 0
    out[8] = capitals / letters
    out[9] = digits / head
    out[10] = (capitals == letters) & (letters > 3)
    out[11] = ats > 0
    out[12] = copyrights > 0
    out[13] = separators / words
    out[14] = first & _QUOTE != 0
    out[15] = last & _QUESTION != 0
    out[16:24] = numbers[1:9]  # links, bold, images, controls, and where each begins
    out[16] = np.minimum(numbers[1] / size, 1.0)
    out[18] = np.minimum(numbers[3] / size, 1.0)
    out[24] = first & _ALPHANUMERIC == 0


def _counts(bits: _Bits, starts: Indices, ends: Indices) -> NDArray[np.int64]:
    """Return how many characters of each of `_KINDS` each text has; a line break behind each is one that is counted.

    A stop or comma counts before a space, and what is looked for at a text's beginning no further on.
    """
    at = np.flatnonzero((bits & _COUNTED) != 0)  # of booleans, which takes half the time
    counted = bits.take(at)
    after = np.searchsorted(at, ends)
    own = after.copy()
    own[1:] -= after[:-1]
    before_space = bits.take(at + 1, mode="clip") & _SPACE != 0
    in_head = at - np.repeat(starts, own) < _HEAD
    counted &= np.where(before_space, _ALL, ~(_STOP | _COMMA)) & np.where(in_head, _ALL, ~_IN_HEAD)
    return np.add.reduceat((counted & _KINDS) != 0, after - own, axis=1, dtype=np.int64)


def _classes(text: str) -> _Bits:
    """Return the bits of each character's classes."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bits = _BITS_OF.take(codes)
    if not bits.all():
        for code in set(codes[bits == 0].tolist()):
            _BITS_OF[code] = _classes_of(chr(code))
        bits = _BITS_OF.take(codes)
    return bits


def _classes_of(character: str) -> int:
    bits = _KNOWN
    if not character.isalpha():
        bits |= _NO_LETTER
        for bit, signs in _SIGNS:
            if character in signs:
                bits |= bit
    if character.isupper():
        bits |= _CAPITAL
    if character.islower():
        bits |= _LOWER
    if character.isdigit():
        bits |= _DIGIT
    if character.isalnum():
        bits |= _ALPHANUMERIC
    return bits
