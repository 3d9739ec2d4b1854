"""Signals of a page: how the models scored what is in the body and what is not, and what shape the body has."""

from __future__ import annotations

from math import log, log1p
from typing import Final

import numpy as np

from newscrawl.extraction.confidence.model import Signals, load
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.items import Block, Removal
from newscrawl.parsing.trees import Matrix
from newscrawl.text.normalise import collapse

WORDS: Final = {
    "doubt": "many pieces of the page could be article text or not",
    "residue": "the models are unsure of text that was kept",
    "mean": "the models are unsure of text that was kept",
    "weakest": "the models are unsure of text that was kept",
    "first_mean": "the models are unsure of text that was kept",
    "first_weakest": "the models are unsure of text that was kept",
    "rescued": "text was kept against the models, since another reading of the page has it",
    "left_near": "text that was dropped looks like the article's",
    "left_before": "text that was dropped looks like the article's",
    "breaks": "the body is gathered from many places of the page",
    "break_share": "the body is gathered from many places of the page",
    "short_blocks": "many blocks are short or end without a full stop",
    "ends": "many blocks are short or end without a full stop",
    "removed": "much was removed from within the article",
    "mended": "sentences were put together again",
    "told": "the page's structured data does not give a body to compare with",
    "told_more": "the body differs from the one in the page's structured data",
    "told_missing": "the body differs from the one in the page's structured data",
}
"""The signals, each with the reason that it is when it speaks against a body."""
PAGE: Final = tuple(WORDS)
MODEL: Final = "confidence_page"
_STEP: Final = 0.002
"""Share of the body below which text in doubt makes no difference."""
_BEFORE: Final = 3
_BEHIND: Final = 8
"""Segments around the body within which text that was dropped counts as near."""
_SHORT: Final = 60
_ENDS: Final = tuple(".!?…。！？")
_CLOSERS: Final = "\"'”’») "
_LEAST_TOLD: Final = 200
_BEGINNING: Final = 40


def page_confidence(signals: Signals) -> float:
    """Return the chance that body and removals of a page are right."""
    return load(MODEL, PAGE).chance(signals)


def page_signals(
    segments: list[Segment],
    logits: Matrix,
    alone: Matrix,
    roles: list[Role],
    blocks: list[Block],
    removed: list[Removal],
    told: str,
) -> Signals:
    """Return the signals of a page.

    ``alone``: the logits by the first model alone, which sees no neighbours' scores. ``told``: the body that the page's
    structured data gives, or ``""``.
    """
    in_body, standfirst, out = Role.BODY, Role.STANDFIRST, Role.OUT
    sizes = np.array([len(item.text) for item in segments], dtype=np.float32)
    kept = np.array([role is in_body or role is standfirst for role in roles], dtype=bool)
    left = np.array([role is out for role in roles], dtype=bool)
    at = np.flatnonzero(kept)
    if not len(at) or not blocks:
        return dict.fromkeys(PAGE, 0.0)
    chance = 1.0 / (1.0 + np.exp(-np.minimum(np.maximum(logits, -30.0), 30.0)))
    body = float(sizes[kept].sum())
    share = sizes / body
    residue = float(((1.0 - chance) * share)[kept].sum())
    likely = np.where(left, chance * share, 0.0)
    first, last = int(at[0]), int(at[-1])
    breaks = int(np.count_nonzero(at[1:] - at[:-1] > 1))
    texts = [block["text"] for block in blocks]
    told_more, told_missing = _told(texts, told)
    return {
        "doubt": log(residue + float(likely.sum()) + _STEP),
        "residue": log(residue + _STEP),
        "mean": float((logits * share)[kept].sum()),
        "weakest": float(logits[kept].min()),
        "first_mean": float((alone * share)[kept].sum()),
        "first_weakest": float(alone[kept].min()),
        "rescued": float(share[kept & (logits < -1.0)].sum()),
        "left_near": log(float(likely[max(0, first - _BEFORE) : last + 1 + _BEHIND].sum()) + _STEP),
        "left_before": log(float(likely[:first].sum()) + _STEP),
        "breaks": log1p(breaks),
        "break_share": breaks / len(at),
        "short_blocks": sum(len(text) < _SHORT for text in texts) / len(texts),
        "ends": sum(text.rstrip(_CLOSERS).endswith(_ENDS) for text in texts) / len(texts),
        "removed": log(sum(len(removal["text"]) for removal in removed) / body + 0.02),
        "mended": log1p(sum(removal["split"] for removal in removed)),
        "told": float(len(told) >= _LEAST_TOLD),
        "told_more": told_more,
        "told_missing": told_missing,
    }


def _told(texts: list[str], told: str) -> tuple[float, float]:
    """Return how much longer than a body the one is that the page tells, and the share of it that is not in that."""
    if len(told) < _LEAST_TOLD:
        return 0.0, 0.0
    known = collapse(told)
    size = sum(map(len, texts))
    missing = sum(len(text) for text in texts if text[:_BEGINNING] not in known)
    return min(2.0, max(0.0, log(len(known) / size))), missing / size
