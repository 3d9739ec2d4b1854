"""Near-duplicates: a sketch of a text's shingles, by which copies are found without comparing all with all.

The sketch is the bottom-k form of MinHash (Broder 1997, "On the resemblance and containment of documents"): the k
smallest hashes of the shingles. Unlike a simhash it tells resemblance from containment, so that an agency's text is
found again in a paper that put its own paragraph before it.
"""

from __future__ import annotations

import array
import unicodedata
import zlib
from dataclasses import dataclass
from functools import lru_cache

from newscrawl.text.kept_patterns import compiled
from newscrawl.text.normalise import caseless, words_of
from newscrawl.text.scripts import EAST_ASIAN, RARE_HAN

SHINGLE = 3
"""Words in a shingle."""
SIZE = 64
"""Hashes in a sketch: the resemblance comes out within about 0.05."""
KEYS = 6
"""Of these, so many are indexed: a copy that resembles by 0.6 shares one in 99 of 100 cases."""
MIN_SHINGLES = 50
"""Texts with fewer are not compared: weather lines and tickers all resemble each other."""
RESEMBLANCE = 0.6
CONTAINMENT = 0.85
MIN_CONTAINED = 100
"""Shingles that a text found within a longer one must have at least."""

_TOKEN = compiled(rf"[{EAST_ASIAN}{RARE_HAN}]|[^\W_]+")
_UNSPACED = compiled(f"[{EAST_ASIAN}{RARE_HAN}]")
_LATIN = "latin-1"
_LATIN_WORDS = bytes(
    ord(caseless(chr(code))[0]) % 256 if chr(code).isalnum() else 10 if code == 10 else 32 for code in range(256)
)
"""Table for `bytes.translate`: `caseless` letters and digits, ends of lines, and a space for whatever else there is."""
_NO_LETTERS = (b"\xb5", b"\xbc", b"\xbd", b"\xbe")
"""What in `_LATIN` is several characters once it is caseless, or one that is not there: fractions, the micro sign."""
_MIX = 2_654_435_761  # odd, so that each hash has one mixed value; Knuth's multiplier


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a text's shingles in order, and how many shingles there are."""

    hashes: tuple[int, ...] = ()
    count: int = 0

    @property
    def keys(self) -> tuple[int, ...]:
        """Return the hashes by which it is indexed."""
        return self.hashes[:KEYS]

    def pack(self) -> bytes:
        """Return the sketch as bytes."""
        return array.array("I", (self.count, *self.hashes)).tobytes()

    @classmethod
    def unpack(cls, data: bytes | None) -> Sketch:
        """Return the sketch that `pack` made bytes of."""
        numbers = array.array("I")
        numbers.frombytes(data or b"")
        return cls(tuple(numbers[1:]), numbers[0]) if numbers else cls()


def tokens(text: str) -> list[str]:
    """Return the words of ``text``, case and form of characters aside; in Chinese, Japanese, Korean each character."""
    folded = caseless(text)
    return _TOKEN.findall(folded) if not folded.isascii() and _UNSPACED.search(folded) else words_of(folded)


def words_of_each(texts: list[str]) -> list[str]:
    """Return the `tokens` of each text with a space between, in Western languages of all at once: most are short."""
    import numpy as np  # not needed where nothing is remembered

    text = "\n".join(texts)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if all(map(_parts_words, set(codes[codes > 0xFF].tolist()))):
        latin = text.encode(_LATIN, "replace").replace(b"\xdf", b"ss")
        found = latin.translate(_LATIN_WORDS).decode(_LATIN).split("\n")
        if len(found) == len(texts) and not any(sign in latin for sign in _NO_LETTERS):
            return [" ".join(line.split()) for line in found]
    return [" ".join(tokens(text)) for text in texts]


@lru_cache(maxsize=256)
def _parts_words(code: int) -> bool:
    """Tell whether a character only parts words: no letter or digit in any form, no accent, none of East Asia."""
    forms = caseless(chr(code))
    return not (unicodedata.combining(chr(code)) or _UNSPACED.search(forms) or any(map(str.isalnum, forms)))


def sketch(text: str | None) -> Sketch:
    """Return the sketch of ``text``; an empty one where it is too short to be compared.

    >>> sketch("Ferry returns to Wexmouth")
    Sketch(hashes=(), count=0)
    """
    return sketch_of(" ".join(tokens(text or "")))


def sketch_of(words: str) -> Sketch:
    """Return the sketch of a text whose `tokens` are given, with a space between."""
    import numpy as np  # not needed where nothing is remembered

    each = words.encode("utf-8", "replace").split(b" ")
    if len(each) - SHINGLE + 1 < MIN_SHINGLES:
        return Sketch()
    shingles = map(b" ".join, zip(*[each[start:] for start in range(SHINGLE)], strict=False))
    hashes = np.fromiter(map(zlib.crc32, shingles), np.uint32)
    hashes *= np.uint32(_MIX)
    hashes.sort()
    distinct = hashes[np.append(True, hashes[1:] != hashes[:-1])]
    if len(distinct) < MIN_SHINGLES:
        return Sketch()
    return Sketch(tuple(distinct[:SIZE].tolist()), len(distinct))


def resemblance(one: Sketch, other: Sketch) -> float:
    """Return the estimated share of shingles that both have among those that either has."""
    if not one.hashes or not other.hashes:
        return 0.0
    mine, theirs = set(one.hashes), set(other.hashes)
    smallest = sorted(mine | theirs)[:SIZE]
    return sum(value in mine and value in theirs for value in smallest) / len(smallest)


def is_copy(one: Sketch, other: Sketch) -> bool:
    """Tell whether the texts are near-duplicates, or the shorter one stands within the longer one."""
    alike = resemblance(one, other)
    if alike >= RESEMBLANCE:
        return True
    shorter, longer = sorted((one.count, other.count))
    if shorter < MIN_CONTAINED or shorter * 2 < longer:
        return False
    common = alike * (shorter + longer) / (1 + alike)
    return common / shorter >= CONTAINMENT
