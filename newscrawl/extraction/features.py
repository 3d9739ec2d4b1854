"""What is known of each segment, as numbers: its text, its markup, where it stands, and what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import log1p

import numpy as np

from newscrawl.extraction.features_place import PLACE, Places, main_frame
from newscrawl.extraction.features_text import TEXT, text_features
from newscrawl.extraction.segment import Frame, Segment, is_prose
from newscrawl.extraction.trees import Matrix

_WORD = re.compile(r"\w+")

PAGE = (
    "position", "chars_before", "chars_after", "prose_before", "prose_after", "after_title", "to_title", "same_as_title", "title_overlap",
    "repeats", "gap_before", "gap_after", "page_segments", "page_prose", "in_span", "twin_before", "in_structured",
)  # fmt: skip
NEAR = ("chars", "link_share", "ends", "prose", "names_sum", "lexicon", "same_parent", "heading", "continues")
OFFSETS = (-3, -2, -1, 1, 2, 3)
LEXICON = (
    "lexicon", "label", "button", "lead", "strong", "weak", "newsletter", "related", "social", "comment", "consent", "paywall", "ad",
    "follow", "donation", "author_bio", "navigation", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hints:
    """What the rest of the page says: its title(s), and the words of the body that its JSON-LD gives."""

    titles: tuple[str, ...] = ()
    body: str = ""


def names() -> tuple[str, ...]:
    """The columns of the matrix that `features` makes, in order."""
    near = tuple(f"{name}{offset:+d}" for offset in OFFSETS for name in NEAR)
    return TEXT + LEXICON + PLACE + PAGE + near


def words(text: str) -> list[str]:
    """Lower-cased words."""
    return _WORD.findall(text.lower())


def features(
    segments: list[Segment], frames: list[Frame], hints: Hints, odds: dict[str, float], lexicon: list[list[float]]
) -> Matrix:
    """The (n, len(names())) matrix of a page's segments.

    ``odds``: log odds of article text per word of a class name. ``lexicon``: a row of `LEXICON` figures a segment.
    """
    main = main_frame(frames)
    places = Places(segments, main, odds)
    rows = [
        text_features(item) + hits + places.row(item.frame) for item, hits in zip(segments, lexicon, strict=True)
    ]
    base = np.hstack([np.array(rows, dtype=np.float32), _page(segments, main, hints)])
    return np.hstack([base, _near(segments, base)])


def _page(segments: list[Segment], main: Frame, hints: Hints) -> Matrix:
    count = len(segments)
    sizes = np.array([len(s.text) for s in segments], dtype=np.float32)
    prose = np.array([len(s.text) if is_prose(s.text) and s.link_chars * 2 < len(s.text) else 0 for s in segments], dtype=np.float32)
    before, prose_before = np.cumsum(sizes) - sizes, np.cumsum(prose) - prose
    total, prose_total = max(float(sizes.sum()), 1.0), max(float(prose.sum()), 1.0)
    titles = [set(words(t)) for t in hints.titles if t]
    folded = [" ".join(words(s.text)) for s in segments]
    title_texts = {" ".join(words(t)) for t in hints.titles if t}
    title_at = [i for i, f in enumerate(folded) if f in title_texts] or [
        i for i, s in enumerate(segments) if s.frame.tag == "h1"
    ]
    first = [i for i in title_at if prose_before[i] < 0.5 * prose_total]
    title = first[-1] if first else (title_at[0] if title_at else -1)
    repeats = Counter(folded)
    seen: set[str] = set()
    gap_before, gap_after = np.full(count, 99.0), np.full(count, 99.0)
    for array, order in ((gap_before, range(count)), (gap_after, range(count - 1, -1, -1))):
        gap = 99.0
        for i in order:
            array[i] = gap
            gap = 0.0 if prose[i] >= 100 else min(gap + 1, 99.0)
    structured = f" {' '.join(words(hints.body))} " if hints.body else ""
    rows = np.zeros((count, len(PAGE)), dtype=np.float32)
    for i in range(count):
        tokens = set(folded[i].split())
        overlap = max((len(tokens & t) / (len(tokens | t) or 1) for t in titles), default=0.0)
        rows[i] = (
            i / count, before[i] / total, (total - before[i] - sizes[i]) / total, prose_before[i] / prose_total,
            (prose_total - prose_before[i] - prose[i]) / prose_total, (i > title) if title >= 0 else 0.5,
            max(-40, min(40, i - title)) if title >= 0 else 50, folded[i] in title_texts, overlap, repeats[folded[i]],
            gap_before[i], gap_after[i], log1p(count), log1p(prose_total), main.first <= i <= main.last, folded[i] in seen,
            (-1.0 if not structured else float(f" {folded[i]} " in structured if len(folded[i]) < 80 else folded[i][:60] in structured)),
        )  # fmt: skip
        seen.add(folded[i])
    return rows


def _near(segments: list[Segment], base: Matrix) -> Matrix:
    """The neighbours' figures, side by side."""
    count = len(segments)
    all_names = TEXT + LEXICON + PLACE
    own = [all_names.index(name) for name in ("chars", "link_share", "ends", "prose", "names_sum", "lexicon")]
    heading = [all_names.index(f"tag_h{i}") for i in (1, 2, 3, 4)]
    take = np.column_stack([base[:, own], base[:, heading].sum(axis=1), base[:, all_names.index("continues")]])
    parents = np.array([id(s.frame.parent) for s in segments])
    out = []
    for offset in OFFSETS:
        shifted = np.full_like(take, -1.0)
        same = np.zeros(count, dtype=np.float32)
        if offset < 0:
            shifted[-offset:] = take[:offset]
            same[-offset:] = parents[-offset:] == parents[:offset]
        else:
            shifted[:-offset] = take[offset:]
            same[:-offset] = parents[:-offset] == parents[offset:]
        out.append(np.column_stack([shifted[:, :6], same, shifted[:, 6:]]))
    return np.hstack(out)
