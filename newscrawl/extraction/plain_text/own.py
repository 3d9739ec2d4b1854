"""Lines that are the article's own by what they say, whatever the models make of them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from newscrawl.extraction.plain_text.features import PROSE_WORDS
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.rejoin import is_cut
from newscrawl.widgets.series import told_series
from newscrawl.widgets.text_context import breaks
from newscrawl.widgets.text_evidence import INDEX, LineEvidence

TEXT_WORDS: Final = 12
SENTENCE_WORDS: Final = 8
AMID: Final = 1.0
"""Logit below which a sentence without one telling word stays between two lines that stay."""
SUBHEADING_WORDS: Final = 9
BEHIND_WIDGET: Final = 1.5
"""Logit below which a short line stays behind an advert's label and above a paragraph."""
PROSE: Final = 1.2
"""Logit below which a paragraph without one telling word stays, whatever its neighbours."""
SIGLE: Final = re.compile(r"\([a-z]{2,4}(?:[/,]\s?[a-z]{2,5}){0,3}\)\Z")
SPEAKER: Final = re.compile(r"([^\W\d_a-zß-öø-ÿ][^:.!?\n]{0,30}): \S")
MIN_TURNS: Final = 2
TRANSCRIPT: Final = 0.4
"""Least share of a document's lines that are turns of speakers."""


def without_own(leftover: list[bool], lines: list[LineEvidence], scores: Matrix, language: str | None) -> list[bool]:
    """Return which lines are left over, less the article's own.

    A step sees what the steps before it have kept.
    """
    texts = [line.text for line in lines]
    left = list(leftover)
    _keep(left, _own_words(lines, left, scores))
    _keep(left, told_series(texts))
    _keep(left, _rests(lines, left, language))
    _keep(left, _subheadings(lines, left, scores))
    _keep(left, [len(texts) - 1] if texts and SIGLE.match(texts[-1]) else [])  # a correspondent's initials
    _keep(left, speakers(texts))
    return left


def _keep(leftover: list[bool], found: list[int]) -> None:
    for i in found:
        leftover[i] = False


def _own_words(lines: list[LineEvidence], leftover: list[bool], scores: Matrix) -> list[int]:
    """Lines that speak for the article by themselves: they are not lost to their neighbours."""
    inside, _, _ = breaks(lines)
    found: list[int] = []
    leftover = list(leftover)
    for i, line in enumerate(lines):
        size = line.size
        if not leftover[i] or line.mass > 0 or size < SENTENCE_WORDS:
            continue
        is_final = line.values[INDEX["final"]] > 0
        is_prose = size >= PROSE_WORDS and is_final
        beside = [k for k in (i - 1, i + 1) if 0 <= k < len(lines) and not leftover[k]]
        in_box = inside[i] and not beside and 0 < i < len(lines) - 1 and not is_prose
        tells = is_final and not line.values[INDEX["address"]] and not line.values[INDEX["exclamation"]]
        limit = PROSE if is_prose else AMID if tells and len(beside) > 1 else 0.0
        if not in_box and (size >= TEXT_WORDS or (tells and beside)) and scores[i] < limit:
            found.append(i)
            leftover[i] = False
    return found


def _rests(lines: list[LineEvidence], leftover: list[bool], language: str | None) -> list[int]:
    """Lines without a widget's word that end a sentence of the article, or go on where it stops in mid-phrase."""
    inside, left, right = breaks(lines)
    found: list[int] = []
    opened: int | None = None
    for i, line in enumerate(lines):
        opened = i if left[i] else opened
        if not leftover[i] or line.mass > 0 or inside[i] or " " not in line.text:
            continue
        goes_on = i > 0 and (not leftover[i - 1] or i - 1 in found) and is_cut(lines[i - 1].text, language)
        ends = right[i] and line.values[INDEX["final"]] > 0 and opened is not None and not leftover[opened]
        if goes_on or ends:
            found.append(i)
    return found


def _subheadings(lines: list[LineEvidence], leftover: list[bool], scores: Matrix) -> list[int]:
    """Short lines right behind an advert's label, or a link with its title, and above a paragraph that stays."""
    found: list[int] = []
    for i in range(1, len(lines) - 1):
        line, above, below = lines[i], lines[i - 1], lines[i + 1]
        short = len(line.words) <= SUBHEADING_WORDS and not line.values[INDEX["final"]]
        above_prose = not leftover[i + 1] and below.size >= TEXT_WORDS and below.values[INDEX["final"]] > 0
        is_own = line.mass == 0 and short and above_prose and scores[i] < BEHIND_WIDGET
        ad = above.values[INDEX["label"]] > 0 and any(hit.kind == "ad" for hit in above.hits)
        link = above.values[INDEX["lead_marked"]] > 0 and above.values[INDEX["label"]] == 0
        if leftover[i] and is_own and leftover[i - 1] and (ad or link) and not all(leftover[: i - 1]):
            found.append(i)
    return found


def speakers(texts: list[str]) -> list[int]:
    """Return the lines of a transcript: of two or more speakers, of whom each speaks more than once.

    >>> speakers(["MAYOR: Good evening.", "READER: Why?", "MAYOR: So.", "READER: Can I sign up?", "More"])
    [0, 1, 2, 3]
    """
    said = [match.group(1) if (match := SPEAKER.match(text)) else None for text in texts]
    counts = Counter(name for name in said if name)
    known = {name for name, count in counts.items() if count >= MIN_TURNS}
    turns = [i for i, name in enumerate(said) if name in known]
    return turns if len(known) > 1 and len(turns) >= TRANSCRIPT * len(texts) else []
