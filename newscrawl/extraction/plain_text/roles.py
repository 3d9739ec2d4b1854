"""The role of each line of a document: headline, body, or what is left over around it, all decided together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np

from newscrawl.extraction.plain_text.features import PLACE, PROSE_WORDS, line_features
from newscrawl.extraction.plain_text.own import without_own
from newscrawl.parsing.trees import Matrix, ObliviousTrees
from newscrawl.widgets.rejoin import CLOSERS, FINAL
from newscrawl.widgets.source_block import SourceBlock
from newscrawl.widgets.text import judge
from newscrawl.widgets.text_context import ALL_NAMES, breaks, group_numbers
from newscrawl.widgets.text_decode import decode
from newscrawl.widgets.text_evidence import LineEvidence
from newscrawl.widgets.text_fill import fill
from newscrawl.widgets.text_stage import STAGE_TWO_NAMES, with_logits

ROLE_NAMES: Final = (*STAGE_TWO_NAMES, *PLACE)
HEADLINE_NAMES: Final = ROLE_NAMES
PRIOR: Final = len(ALL_NAMES) + PLACE.index("prior")
PLAIN: Final = 2.0
PRIOR_SHARE: Final = 0.8
"""How much of what is plain in a line is added to the models' log odds."""
TITLE: Final = re.compile(r"\n? {0,3}#[ \t]|[^\n]{1,300}\n={3,}", re.MULTILINE)
CAUTION: Final = 0.25
"""Log odds more that a line needs to go: a lost paragraph is worse than a line left in."""
BIAS: Final = -0.6
SEEN: Final = 2.0
"""The same in a text with a line that is sure to go: cross-validated over papers, a line like it is left over too."""
PAGE: Final = 2.5
"""Log odds from which a line that is no widget's shows that a text was taken from a page as it stood."""
FEW: Final = 0.0
"""What a line needs to go in a text that does not show it."""
SILENT: Final = 1.25
SILENT_ALONE: Final = 0.5
"""What a line without a telling word needs more there: in a text with widgets, and in one without."""
PROSE_SHARE: Final = 0.4
"""How much of what is plain in its prose is taken off there."""
HALF: Final = 1.0
"""Log odds that speak for either half of a sentence that is broken off and goes on further down."""
WIDGET: Final = -2.0
"""Least log odds at which a line goes that the model of widgets takes for one."""
MIN_CAPTION: Final = 20
MAX_CAPTION: Final = 220
MAX_EQUAL: Final = 6
MAX_CREDIT: Final = 60
CREDIT: Final = re.compile(r"\s{0,2}[—–|•©/(\[-][^!?]{2,60}[.)\]]?\s{0,2}\Z")
"""What stands behind a caption's text: a credit and no sentence."""
ALONE: Final = 1.8
WITH_LEFTOVERS: Final = 0.5
WITH_SIGN: Final = -2.0
"""Least log odds of a headline: by the layout alone, with leftovers below it, with a date line or byline."""


@dataclass(frozen=True, slots=True)
class LineModels:
    """The trained models (training/text_roles.py): first and second look at leftovers, and the headline's."""

    first: ObliviousTrees
    second: ObliviousTrees
    headline: ObliviousTrees


@dataclass(slots=True)
class Roles:
    """``leftover``: which lines are none of the article's text; ``headline``: the index of the headline, if any."""

    leftover: list[bool]
    headline: int | None
    scores: Matrix


@cache
def models() -> LineModels:
    """Return the packaged models."""
    load = ObliviousTrees.load
    return LineModels(load("plain_text"), load("plain_text_context"), load("plain_text_headline"))


def with_looks(blocks: list[SourceBlock], rows: Matrix, scores: Matrix) -> Matrix:
    """Return the rows with what the first look made of each line and of its neighbours."""
    seen = with_logits(blocks, rows[:, : len(ALL_NAMES)], scores)
    return np.hstack([seen, rows[:, len(ALL_NAMES) :]]).astype(np.float32)


def line_roles(
    blocks: list[SourceBlock],
    lines: list[LineEvidence],
    language: str | None,
    signs: list[int],
    use: LineModels | None = None,
) -> Roles:
    """Return the roles of a document's blocks; ``signs``: date lines and bylines that stand above the text."""
    use = use or models()
    rows = line_features(blocks, lines, language)
    looked = with_looks(blocks, rows, use.first.predict(rows))
    scores = use.second.predict(looked)
    titles = use.headline.predict(looked)
    groups = group_numbers(blocks)
    _, left, right = breaks(lines)
    headline = _headline(titles, scores, blocks, lines, signs)
    plain = rows[:, PRIOR]
    scores += np.where(plain >= PLAIN, PRIOR_SHARE * plain, 0.0).astype(np.float32)
    scores -= HALF * np.maximum(left, right).astype(np.float32)
    known = signs if headline is None else [*signs, headline]
    scores[known] = 0.0  # they say nothing of the lines beside them
    widgets = judge(blocks, lines, language, from_html=False)
    if known or shows_a_page(scores, widgets):
        leftover = decode(scores, groups, BIAS if (scores > SEEN).any() else CAUTION)
    else:
        leftover = decode(among_widgets(scores, plain, lines, widgets), groups, FEW)
    leftover = [
        gone or (own and float(score) > WIDGET) for gone, own, score in zip(leftover, widgets, scores, strict=True)
    ]
    if any(leftover):
        leftover = fill(leftover, scores, lines, groups)
    leftover = without_own(leftover, lines, scores, language)
    for i in captions([line.text for line in lines]):
        leftover[i] = i not in known
    for i in known:
        leftover[i] = i != headline
    return Roles(leftover, headline, scores)


def captions(texts: list[str]) -> list[int]:
    """Return the lines of captions that stand twice: as a picture's replacement and, with its credit, below it.

    >>> captions(["The bridge on Monday.", "The bridge on Monday. — A. Model", "It was closed."])
    [0, 1]
    >>> captions(["The bridge on Monday morning.", "© A. Model", "The bridge on Monday morning.", "It was closed."])
    [0, 1, 2]
    """
    found, equal = [], []
    for i, (text, following) in enumerate(pairwise(texts)):
        if len(text) < MIN_CAPTION:
            continue
        if following.startswith(text) and CREDIT.match(following[len(text) :]):
            found += [i, i + 1]
        elif text == following and len(text) <= MAX_CAPTION:
            equal += [i, i + 1]
        elif texts[i + 2 : i + 3] == [text] and len(text) <= MAX_CAPTION and _is_credit(following):
            found += [i, i + 1, i + 2]
    return found + (equal if len(equal) <= MAX_EQUAL else [])  # a text whose every line stands twice has no captions


def shows_a_page(scores: Matrix, widgets: list[bool]) -> bool:
    """Whether a line that is no widget's is sure to go: captions, lists and the like are then left over beside it."""
    return any(score > PAGE and not own for score, own in zip(scores.tolist(), widgets, strict=True))


def among_widgets(scores: Matrix, plain: Matrix, lines: list[LineEvidence], widgets: list[bool]) -> Matrix:
    """Return the log odds in a text of which nothing is left over but widgets, if that.

    Widgets have words that tell them. A line without one is the article's, though it is short, or closed in by them.
    """
    silent = np.array([line.mass < 1 for line in lines], dtype=np.float32)
    least = SILENT if any(widgets) else SILENT_ALONE
    told: Matrix = scores - least * silent + PROSE_SHARE * np.minimum(plain, 0.0).astype(np.float32)
    return told


def _is_credit(text: str) -> bool:
    """Whether a line between a caption and its copy says no more than whose picture it is."""
    return len(text) <= MAX_CREDIT and text.rstrip(CLOSERS)[-1:] not in tuple(FINAL)


def _headline(
    titles: Matrix, scores: Matrix, blocks: list[SourceBlock], lines: list[LineEvidence], signs: list[int]
) -> int | None:
    """The likeliest headline before the text's first prose, where there is further evidence of a header.

    That is a date line, a byline or an agency (``signs``), a mark of Markdown, or leftovers between it and the text.
    """
    first = next((i for i, line in enumerate(lines) if len(line.words) >= PROSE_WORDS), len(lines) - 1)
    free = [i for i in range(first + 1) if i not in signs]
    if not free:
        return None
    best = max(free, key=lambda i: float(titles[i]))
    if signs:
        return best if titles[best] > WITH_SIGN else None
    is_marked = TITLE.match(blocks[best].get("raw", "")) is not None
    if not is_marked and _is_half(best, scores, lines):
        return None
    below = scores[best + 1 : first]
    is_seen = is_marked or (len(below) > 0 and below.max() > 0)
    return best if titles[best] > (WITH_LEFTOVERS if is_seen else ALONE) else None


def _is_half(line: int, scores: Matrix, lines: list[LineEvidence]) -> bool:
    """Whether a line is a sentence's first half, with nothing but leftovers before the second."""
    _, left, right = breaks(lines)
    second = next((i for i in range(line + 1, len(lines)) if right[i]), None)
    return bool(left[line]) and second is not None and bool((scores[line + 1 : second] > 0).all())
