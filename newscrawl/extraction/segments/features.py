"""The features of each segment: its text, its markup, its position, and its neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log1p
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extraction.segments.features_place import PLACE, main_frame, place_features
from newscrawl.extraction.segments.features_text import TEXT, text_features
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.name_odds import NameOdds
from newscrawl.parsing.trees import Matrix
from newscrawl.text.normalise import words_of, words_of_lines

_WORD: Final = re.compile(r"\w+")
_HEAD: Final = 400

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


def _beginnings(texts: Iterable[str]) -> list[list[str]]:
    """Return the words of the beginnings of texts, by which they are compared; a text is one line."""
    return words_of_lines("\n".join([text[:_HEAD] for text in texts]))


def features(
    segments: list[Segment], frames: list[Frame], hints: Hints, odds: NameOdds, lexicon: list[list[float]]
) -> Matrix:
    """Return the (n, len(names())) matrix of a page's segments, each figure's column in one piece of memory.

    ``odds``: what the words of class names say. ``lexicon``: a row of `LEXICON` figures a segment.
    """
    main = main_frame(frames)
    place = place_features(segments, frames, main, odds)
    base = np.vstack([text_features(segments), _hits(lexicon), place, _page(segments, main, hints)])
    return np.vstack([base, *_near(segments, base)]).T


def _hits(lexicon: list[list[float]]) -> Matrix:
    """Return the (len(LEXICON), n) matrix of the lexicon's rows, most of which are zeros."""
    hits = np.zeros((len(LEXICON), len(lexicon)), dtype=np.float32)
    for index, row in enumerate(lexicon):
        if row[0]:
            hits[:, index] = row
    return hits


def _page(segments: list[Segment], main: Frame, hints: Hints) -> Matrix:
    """Return the `PAGE` figures: how far into the page, how near to its title, how often the same text."""
    count = len(segments)
    sizes = np.array([len(s.text) for s in segments], dtype=np.float32)
    prose = sizes * np.array([s.prose and s.link_chars * 2 < len(s.text) for s in segments])
    before, prose_before = np.cumsum(sizes) - sizes, np.cumsum(prose) - prose
    total, prose_total = max(float(sizes.sum()), 1.0), max(float(prose.sum()), 1.0)
    tokens = _beginnings([s.text for s in segments])
    folded = [" ".join(own) for own in tokens]
    titles = {" ".join(words(title[:_HEAD])) for title in hints.titles if title}
    title = _title_at(segments, folded, titles, prose_before / prose_total)
    order = np.arange(count)
    same = np.array([f in titles for f in folded])
    repeats = Counter(folded)
    first = {f: i for i, f in list(enumerate(folded))[::-1]}
    twin = [first[f] < i for i, f in enumerate(folded)]
    columns = [
        order / count,
        before / total,
        (total - before - sizes) / total,
        prose_before / prose_total,
        (prose_total - prose_before - prose) / prose_total,
        order > title if title >= 0 else np.full(count, 0.5),
        np.clip(order - title, -40, 40) if title >= 0 else np.full(count, 50.0),
        same,
        _overlaps(segments, tokens, titles),
        [repeats[f] for f in folded],
        _gaps(prose >= 100),
        _gaps((prose >= 100)[::-1])[::-1],
        np.full(count, log1p(count)),
        np.full(count, log1p(prose_total)),
        (order >= main.first) & (order <= main.last),
        twin,
        _told(folded, hints.body),
    ]
    return np.stack(columns, dtype=np.float32, casting="unsafe")


def _title_at(segments: list[Segment], folded: list[str], titles: set[str], prose_before: Matrix) -> int:
    """Index of the segment that is the headline (the last such one above the text), or -1."""
    found = [i for i, f in enumerate(folded) if f in titles] or [
        i for i, s in enumerate(segments) if s.frame.tag == "h1"
    ]
    above = [i for i in found if prose_before[i] < 0.5]
    return above[-1] if above else (found[0] if found else -1)


def _overlaps(segments: list[Segment], tokens: list[list[str]], titles: set[str]) -> Matrix:
    """Return share of words in common with the title nearest in words; 0 for long segments."""
    sets = [set(t.split()) for t in titles]
    known = set().union(*sets)
    out = np.zeros(len(segments), dtype=np.float32)
    for index, own in enumerate(tokens):
        if not known.isdisjoint(own) and len(segments[index].text) < _HEAD:
            words = set(own)
            common = [(len(words & title), len(title)) for title in sets]
            out[index] = max(number / (len(words) + size - number) for number, size in common)
    return out


def _gaps(long: NDArray[np.bool_]) -> Matrix:
    """Return the number of segments since the last long piece of prose; 99 where there was none."""
    order = np.arange(len(long))
    last = np.maximum.accumulate(np.where(long, order, -1))
    last = np.concatenate([[-1], last[:-1]])
    out: Matrix = np.where(last < 0, 99, np.minimum(order - last - 1, 99)).astype(np.float32)
    return out


def _told(folded: list[str], body: str) -> list[float]:
    """1 where the JSON-LD's body holds the segment's beginning, 0 where not, -1 where there is none."""
    if not body:
        return [-1.0] * len(folded)
    structured = f" {' '.join(words(body))} "
    return [float(f" {f} " in structured if len(f) < 80 else f[:60] in structured) for f in folded]


def _near(segments: list[Segment], base: Matrix) -> list[Matrix]:
    """Return the neighbours' figures, one below the other; -1 beyond the page's ends."""
    count, most = len(segments), max(OFFSETS)
    all_names = TEXT + LEXICON + PLACE
    own = [all_names.index(name) for name in ("chars", "link_share", "ends", "prose", "names_sum", "lexicon")]
    heading = [all_names.index(f"tag_h{i}") for i in (1, 2, 3, 4)]
    padded = np.full((len(own) + 2, count + 2 * most), -1.0, dtype=np.float32)
    here = slice(most, most + count)
    padded[: len(own), here] = base[own]
    padded[len(own), here] = base[heading].sum(axis=0)
    padded[len(own) + 1, here] = base[all_names.index("continues")]
    parents = np.full(count + 2 * most, -1)
    parents[here] = [id(s.frame.parent) for s in segments]
    out = []
    for offset in OFFSETS:
        at = slice(most + offset, most + offset + count)
        same = parents[at] == parents[here]
        out += [padded[: len(own), at], same[None], padded[len(own) :, at]]
    return out
