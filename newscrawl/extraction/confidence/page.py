"""Signals of a page: how the models scored what is in the body and what is not, and what shape the body has."""

from __future__ import annotations

from itertools import pairwise
from math import exp, log, log1p
from typing import Final

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
_AGAINST: Final = -1.0
"""Logit below which text was kept against the models."""
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
    odds: list[float] = logits.tolist()
    firsts: list[float] = alone.tolist()
    kept = [i for i, role in enumerate(roles) if role is in_body or role is standfirst]
    if not kept or not blocks:
        return dict.fromkeys(PAGE, 0.0)
    body = float(sum([len(segments[i].text) for i in kept]))
    residue = mean = first_mean = rescued = 0.0
    for i in kept:
        logit, share = odds[i], len(segments[i].text) / body
        residue += share / (1.0 + exp(logit))
        mean += logit * share
        first_mean += firsts[i] * share
        if logit < _AGAINST:
            rescued += share
    likely = [
        len(item.text) / (body * (1.0 + exp(-logit))) if role is out else 0.0
        for item, role, logit in zip(segments, roles, odds, strict=True)
    ]
    first, last = kept[0], kept[-1]
    breaks = sum([after - before > 1 for before, after in pairwise(kept)])
    texts = [block["text"] for block in blocks]
    told_more, told_missing = _told(texts, told)
    return {
        "doubt": log(residue + sum(likely) + _STEP),
        "residue": log(residue + _STEP),
        "mean": mean,
        "weakest": min([odds[i] for i in kept]),
        "first_mean": first_mean,
        "first_weakest": min([firsts[i] for i in kept]),
        "rescued": rescued,
        "left_near": log(sum(likely[max(0, first - _BEFORE) : last + 1 + _BEHIND]) + _STEP),
        "left_before": log(sum(likely[:first]) + _STEP),
        "breaks": log1p(breaks),
        "break_share": breaks / len(kept),
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
