"""Lines of a series (items of a list of sentences, numbered headings), which stay with it."""

from __future__ import annotations

import re
from itertools import groupby

from newscrawl.widgets.rejoin import CLOSERS, FINAL
from newscrawl.widgets.source_block import SourceBlock
from newscrawl.widgets.text_evidence import INDEX, LineEvidence

_NUMBERED = re.compile(r"[(#]?\d{1,3}[.):]\s+\S")


def keep_series(gone: list[bool], blocks: list[SourceBlock], lines: list[LineEvidence]) -> list[bool]:
    """Return what goes, without what is one of a series most of which stays."""
    kept = list(gone)
    for is_list, run in groupby(range(len(gone)), key=lambda i: blocks[i]["type"] == "list_item"):
        if is_list:
            _keep(kept, [i for i in run if _is_sentence(lines[i])])
    _keep(kept, [i for i, block in enumerate(blocks[: len(gone)]) if _is_numbered(block)])
    return kept


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
