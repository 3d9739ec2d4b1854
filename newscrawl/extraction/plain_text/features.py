"""A document's lines as numbers: what each says, its place in the document, and what a header's lines look like."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import numpy as np

from newscrawl.dates import is_date_line
from newscrawl.extraction.metadata.names import is_byline
from newscrawl.extraction.plain_text.wrapping import indentation
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.source_block import SourceBlock
from newscrawl.widgets.text_context import ALL_NAMES, matrix
from newscrawl.widgets.text_evidence import LineEvidence
from newscrawl.widgets.text_prior import priors

PLACE: Final = (
    "date_line", "byline", "prior", "indent", "source_lines", "placeholder", "copy", "part_of_other", "begins_other",
    "chars", "after_first_prose", "before_last_prose", "prose_above", "prose_below", "dates_near", "bylines_near",
    "short_above", "short_below", "prose_next", "prose_previous", "all_above_short",
)  # fmt: skip
LINE_NAMES: Final = (*ALL_NAMES, *PLACE)
PROSE_WORDS: Final = 25
HEADER_CHARS: Final = 250
REACH: Final = 30
NEAR: Final = 5
GRAM: Final = 4
_PLACEHOLDER: Final = re.compile(r"\((?:BUTTON|INPUT|RADIO|CHECKBOX)\)|\[[\w. %-]{1,60}\]|_{5,}|\bIFRAME\b|\bIMG\b")
_COPY: Final = re.compile(r"(.{12,400}?)\W{0,4}\1")


def line_features(blocks: list[SourceBlock], lines: list[LineEvidence], language: str | None) -> Matrix:
    """Return a row of `LINE_NAMES` for each block."""
    n = len(blocks)
    texts = [block["text"] for block in blocks]
    words = np.array([len(line.words) for line in lines])
    prose = words >= PROSE_WORDS
    dates = np.array([len(text) <= HEADER_CHARS and is_date_line(text, language) for text in texts])
    bylines = np.array([len(text) <= HEADER_CHARS and is_byline(text) for text in texts])
    out = np.zeros((n, len(PLACE)), dtype=np.float32)
    out[:, 0], out[:, 1] = dates, bylines
    out[:, 2] = priors(lines, language)
    out[:, 3] = _indents(blocks, prose)
    out[:, 4] = [min(block.get("raw", "").strip("\n").count("\n") + 1, 12) for block in blocks]
    out[:, 5] = [len(_PLACEHOLDER.findall(text[:500])) for text in texts]
    out[:, 6] = [bool(_COPY.match(text[:900])) for text in texts]
    out[:, 7], out[:, 8] = _copies(texts, [line.words for line in lines])
    out[:, 9] = [min(len(text), 1500) for text in texts]
    first, last = _ends(prose)
    at = np.arange(n)
    out[:, 10] = np.clip(at - first, -REACH, REACH)
    out[:, 11] = np.clip(last - at, -REACH, REACH)
    above = np.cumsum(prose)
    out[:, 12], out[:, 13] = np.minimum(above - prose, 20), np.minimum(above[-1:] - above, 20)
    out[:, 14], out[:, 15] = _near(dates), _near(bylines)
    out[:, 16], out[:, 17] = _short_run(prose), _short_run(prose[::-1])[::-1]
    out[:-1, 18], out[1:, 19] = prose[1:], prose[:-1]
    out[:, 20] = above - prose == 0
    return np.hstack([matrix(blocks, lines), out]).astype(np.float32)


def _indents(blocks: list[SourceBlock], prose: np.ndarray) -> list[int]:
    """Indentation of each block against that of most prose."""
    own = [indentation(block.get("raw", "").lstrip("\n").split("\n", 1)[0]) for block in blocks]
    usual = Counter(indent for indent, is_prose in zip(own, prose, strict=True) if is_prose).most_common(1)
    return [max(-12, min(12, indent - (usual[0][0] if usual else 0))) for indent in own]


def _copies(texts: list[str], folded: list[list[str]]) -> tuple[list[bool], list[bool]]:
    """Which lines stand again within another one, and which begin like another one; ``folded`` are their words."""
    heads = Counter(text[:40] for text in texts if len(text) >= 12)
    whole = Counter(texts)
    grams: Counter[tuple[str, ...]] = Counter()
    for words in folded:
        grams.update({tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)})

    def is_part(text: str, words: list[str]) -> bool:
        if not 12 <= len(text) <= 300:
            return False
        edges = tuple(words[:GRAM]), tuple(words[-GRAM:])
        return whole[text] > 1 or (len(words) >= GRAM and all(grams[edge] > 1 for edge in edges))

    part = [is_part(text, words) for text, words in zip(texts, folded, strict=True)]
    return part, [len(text) >= 12 and heads[text[:40]] > 1 for text in texts]


def _ends(prose: np.ndarray) -> tuple[int, int]:
    """First and last line of prose."""
    at = np.flatnonzero(prose)
    return (int(at[0]), int(at[-1])) if len(at) else (0, len(prose) - 1)


def _near(signs: np.ndarray) -> np.ndarray:
    """How many of the lines around show a sign."""
    return np.convolve(signs.astype(np.float32), np.ones(2 * NEAR + 1), "same")[: len(signs)] if len(signs) else signs


def _short_run(prose: np.ndarray) -> np.ndarray:
    """How many lines that are no prose stand directly above each."""
    out, run = np.zeros(len(prose)), 0
    for i, is_prose in enumerate(prose):
        out[i] = min(run, REACH)
        run = 0 if is_prose else run + 1
    return out
