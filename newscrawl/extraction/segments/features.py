"""The features of each segment: its text, its markup, its position, and its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import log1p
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extraction.segments.features_place import PLACE, main_frame, place_features
from newscrawl.extraction.segments.features_text import TEXT, text_features
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.name_odds import NameOdds
from newscrawl.extraction.segments.numbers import Indices, PageNumbers, floats, last_before, matrix
from newscrawl.parsing.trees import Matrix
from newscrawl.text.normalise import words_of
from newscrawl.text.page_words import words_of_lines

_WORD: Final = re.compile(r"\w+")
_HEAD: Final = 400
_COMPARED_WHOLE: Final = 80
_COMPARED: Final = 60
"""Characters below which a text must be in the structured data's body as a whole, and those of others that must."""

PAGE: Final = (
    "position", "chars_before", "chars_after", "prose_before", "prose_after", "after_title", "to_title",
    "same_as_title", "title_overlap", "repeats", "gap_before", "gap_after", "page_segments", "page_prose",
    "in_span", "twin_before", "in_structured",
)  # fmt: skip
NEAR: Final = ("chars", "link_share", "ends", "prose", "names_sum", "lexicon", "same_parent", "heading", "continues")
OFFSETS: Final = (-3, -2, -1, 1, 2, 3)
LEXICON: Final = (
    "lexicon", "label", "button", "lead", "strong", "weak", "newsletter", "related", "social", "comment",
    "consent", "paywall", "ad", "follow", "donation", "author_bio", "navigation", "other",
)  # fmt: skip
_ROWS: Final = tuple(accumulate((0, len(TEXT), len(LEXICON), len(PLACE), len(PAGE), len(OFFSETS) * len(NEAR))))
"""Where each kind of figures begins in the matrix, and its end."""
_BASE: Final = TEXT + LEXICON + PLACE
_COPIED: Final = [
    _BASE.index(name) for name in ("chars", "link_share", "ends", "prose", "names_sum", "lexicon", "continues")
]
_COPIED_TO: Final = [NEAR.index(_BASE[at]) for at in _COPIED]
_HEADINGS: Final = [_BASE.index(f"tag_h{i}") for i in (1, 2, 3, 4)]
_HEADING: Final = NEAR.index("heading")
_SAME_PARENT: Final = NEAR.index("same_parent")
_NO_PARENT: Final = -2
"""Stands for the index of the body's parent; beyond a page's ends it is -1."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the rest of the page says: its title(s), and the words of the body that its JSON-LD gives."""

    titles: tuple[str, ...] = ()
    body: str = ""


def names() -> tuple[str, ...]:
    """Return the columns of the matrix that `features` makes, in order."""
    near = tuple(f"{name}{offset:+d}" for offset in OFFSETS for name in NEAR)
    return TEXT + LEXICON + PLACE + PAGE + near


def words(text: str) -> list[str]:
    """Return words in lower case; an underscore joins them."""
    text = text.lower()
    return _WORD.findall(text) if "_" in text else words_of(text)


def _words_of_short(texts: list[str]) -> list[list[str]]:
    """Return the words of texts that are shorter than `_HEAD`; a text is one line."""
    return words_of_lines("\n".join([text if len(text) < _HEAD else "" for text in texts]))


def features(
    segments: list[Segment], frames: list[Frame], page: PageNumbers, hints: Hints, odds: NameOdds,
    lexicon: list[list[float]],
) -> Matrix:  # fmt: skip
    """Return the (n, len(names())) matrix of a page's segments, each figure's column in one piece of memory.

    ``page``: their numbers. ``odds``: what the words of class names say. ``lexicon``: a row of `LEXICON` figures a
    segment.
    """
    numbers, table = page.segments, page.frames
    main = main_frame(frames, table)
    out = np.empty((_ROWS[-1], len(segments)), dtype=np.float32)
    of_text, of_lexicon, of_place, of_page = (out[start:end] for start, end in pairwise(_ROWS[:-1]))
    text_features(segments, numbers, of_text)
    _write_hits(lexicon, of_lexicon)
    place_features(frames, table, numbers, main, odds, of_place)
    _write_page(segments, numbers, main, hints, of_page)
    _write_near(numbers, table, out)
    return out.T


def _write_hits(lexicon: list[list[float]], out: Matrix) -> None:
    """Write the lexicon's rows, most of which are zeros."""
    out[:] = 0
    hit = [index for index, row in enumerate(lexicon) if row[0]]
    if hit:
        figures: list[float] = []
        for index in hit:
            figures += lexicon[index]
        out[:, hit] = floats(figures).reshape(len(hit), -1).T


def _write_page(segments: list[Segment], numbers: Indices, main: Frame, hints: Hints, out: Matrix) -> None:
    """Write the `PAGE` figures: how far into the page, how near to its title, how often the same text."""
    count = len(segments)
    sizes = numbers[0].astype(np.float32)
    prose = sizes * ((numbers[8] == 1) & (numbers[1] * 2 < numbers[0]))
    before, prose_before = np.cumsum(sizes) - sizes, np.cumsum(prose) - prose
    total, prose_total = max(float(sizes.sum()), 1.0), max(float(prose.sum()), 1.0)
    texts = [s.text for s in segments]
    tokens = _words_of_short(texts)
    # a text is compared by its words, a long one by its beginning as it stands: what repeats a paragraph copies it
    folded = [" ".join(own) if len(text) < _HEAD else text[:_HEAD] for text, own in zip(texts, tokens, strict=True)]
    repeats: dict[str, int] = {}
    again: list[int] = []
    for text in folded:
        known = repeats.get(text, 0)
        again.append(known > 0)
        repeats[text] = known + 1
    titles = {" ".join(words(title[:_HEAD])) for title in hints.titles if title}
    share_before = prose_before / prose_total
    title = _title_at(segments, folded, titles, share_before)
    order = np.arange(count)
    long = prose >= 100
    out[0] = order / count
    out[1] = before / total
    out[2] = (total - before - sizes) / total
    out[3] = share_before
    out[4] = (prose_total - prose_before - prose) / prose_total
    out[5] = order > title if title >= 0 else 0.5
    out[6] = np.minimum(np.maximum(order - title, -40), 40) if title >= 0 else 50.0
    out[7], out[9], out[15] = matrix([f in titles for f in folded], [repeats[f] for f in folded], again)
    out[8] = floats(_overlaps(tokens, titles))
    out[10] = _gaps(long, order)
    out[11] = _gaps(long[::-1], order)[::-1]
    out[12] = log1p(count)
    out[13] = log1p(prose_total)
    out[14] = (order >= main.first) & (order <= main.last)
    out[16] = floats(_told(folded, tokens, hints.body))


def _title_at(segments: list[Segment], folded: list[str], titles: set[str], prose_before: Matrix) -> int:
    """Index of the segment that is the headline (the last such one above the text), or -1."""
    found = [i for i, f in enumerate(folded) if f in titles] or [
        i for i, s in enumerate(segments) if s.frame.tag == "h1"
    ]
    above = [i for i in found if prose_before[i] < 0.5]
    return above[-1] if above else (found[0] if found else -1)


def _overlaps(tokens: list[list[str]], titles: set[str]) -> list[float]:
    """Return share of words in common with the title nearest in words; 0 for long segments, which have none here."""
    sets = [set(t.split()) for t in titles]
    known = set().union(*sets)
    out = [0.0] * len(tokens)
    for index, own in enumerate(tokens):
        if not known.isdisjoint(own):
            words = set(own)
            best = 0.0
            for title in sets:
                common = len(words & title)
                share = common / (len(words) + len(title) - common)
                if share > best:
                    best = share
            out[index] = best
    return out


def _gaps(long: NDArray[np.bool_], order: Indices) -> Indices:
    """Return the number of segments since the last long piece of prose; 99 where there was none."""
    last = last_before(long, -1)
    return np.where(last < 0, 99, np.minimum(order - last - 1, 99))


def _told(folded: list[str], tokens: list[list[str]], body: str) -> list[float]:
    """1 where the JSON-LD's body holds the segment's beginning, 0 where not, -1 where there is none."""
    if not body:
        return [-1.0] * len(folded)
    told = [word for line in words_of_lines(body) for word in line]
    structured, known = f" {' '.join(told)} ", set(told)
    found: list[float] = []
    for text, own in zip(folded, tokens, strict=True):
        if len(text) >= _COMPARED_WHOLE:
            beginning = text if own else " ".join(words(text))
            found.append(float(beginning[:_COMPARED] in structured))
        else:  # most of a page is elsewhere, and has words that the body has not
            found.append(float(known.issuperset(own) and f" {text} " in structured))
    return found


def _write_near(numbers: Indices, table: Indices, out: Matrix) -> None:
    """Write the neighbours' figures, one below the other; -1 beyond the page's ends."""
    count, most, base = numbers.shape[1], max(OFFSETS), _ROWS[4]
    size = len(NEAR)
    padded = np.full((size, count + 2 * most), -1.0, dtype=np.float32)
    here = slice(most, most + count)
    padded[_COPIED_TO, here] = out[_COPIED]
    padded[_HEADING, here] = out[_HEADINGS].sum(axis=0)
    parents = np.full(count + 2 * most, -1)
    parents[here] = np.where(numbers[9] > 0, table[10].take(numbers[9]), _NO_PARENT)
    own = parents[here]
    for offset in OFFSETS:
        at = slice(most + offset, most + offset + count)
        block = out[base : base + size]
        block[:] = padded[:, at]
        block[_SAME_PARENT] = parents[at] == own
        base += size
