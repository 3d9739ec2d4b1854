"""Lines of a series (items of a list of sentences, numbered headings, a calendar, steps), which stay with it."""

from __future__ import annotations

import re
from itertools import groupby

from newscrawl.widgets.rejoin import CLOSERS, FINAL
from newscrawl.widgets.source_block import SourceBlock
from newscrawl.widgets.text_evidence import INDEX, LineEvidence

_NUMBERED = re.compile(r"[(#]?\d{1,3}[.):]\s+\S")
_DAY = re.compile(
    r"(?:[^\W\d_]{3,10}\.? \d{1,2}|\d{1,2}\.? [^\W\d_]{3,10}\.?)(?:[-–/]\d{1,2})?(?:\s?--?\s|\s?[–—]\s?|:\s)\S+\s\S"
)
"""A day and what happens on it ("June 9 -- Town Hall, Wexmouth"), or a numbered part ("Step 3: Wait for dry air")."""
_STEP = re.compile(r"[^\W\d_]{3,12} (\d{1,2})[.:]?")
_CLOCK = re.compile(r"\d{1,2}[.:h]\d{2}(?: [^\W\d_]{1,4}\.?)?")
_FEWEST_DAYS = 4
_FEWEST_MARKS = 3


def keep_series(gone: list[bool], blocks: list[SourceBlock], lines: list[LineEvidence]) -> list[bool]:
    """Return what goes, without what is one of a series most of which stays."""
    kept = list(gone)
    for is_list, run in groupby(range(len(gone)), key=lambda i: blocks[i]["type"] == "list_item"):
        if is_list:
            _keep(kept, [i for i in run if _is_sentence(lines[i])])
    _keep(kept, [i for i, block in enumerate(blocks[: len(gone)]) if _is_numbered(block)])
    for i in told_series([line.text for line in lines]):
        kept[i] = False
    return kept


def told_series(texts: list[str]) -> list[int]:
    """Return the lines of a calendar or of numbered parts, and of steps or hours that each stand above a sentence.

    >>> told_series(["Step 1", "Open the valve.", "Step 2", "Wait.", "Step 3", "Close it."])
    [0, 1, 2, 3, 4, 5]
    """
    days = [i for i, text in enumerate(texts) if _DAY.match(text)]
    found = days if len({texts[i] for i in days}) >= _FEWEST_DAYS else []
    steps = [(i, int(match.group(1))) for i, text in enumerate(texts) if (match := _STEP.fullmatch(text))]
    if [number for _, number in steps] == list(range(1, len(steps) + 1)):
        found += _with_sentences([i for i, _ in steps], texts)
    return sorted(found + _with_sentences([i for i, text in enumerate(texts) if _CLOCK.fullmatch(text)], texts))


def _with_sentences(marks: list[int], texts: list[str]) -> list[int]:
    """Marks with the sentences right below them, where there are some marks and each has one."""
    below = [i + 1 for i in marks if i + 1 < len(texts) and texts[i + 1].rstrip(CLOSERS)[-1:] in FINAL]
    return marks + below if _FEWEST_MARKS <= len(marks) == len(below) else []


def _keep(gone: list[bool], series: list[int]) -> None:
    """Keep a series in place, where at least half of it stays."""
    staying = sum(not gone[i] for i in series)
    if staying and 2 * staying >= len(series):
        for i in series:
            gone[i] = False


def _is_sentence(line: LineEvidence) -> bool:
    """Tell whether a line ends like a sentence, and is no link."""
    return line.text.rstrip(CLOSERS)[-1:] in FINAL and not line.values[INDEX["link_only"]]


def _is_numbered(block: SourceBlock) -> bool:
    return block["type"] == "heading" and _NUMBERED.match(block["text"]) is not None
