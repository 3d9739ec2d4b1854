"""Signals of a plain text: how the models scored its lines, and how much of a layout it still has."""

from __future__ import annotations

from math import log, log1p
from typing import Final

import numpy as np

from newscrawl.extraction.confidence.model import Signals, load
from newscrawl.items import Block, Removal
from newscrawl.parsing.trees import Matrix

WORDS: Final = {
    "doubt": "many lines could be article text or not",
    "residue": "the models are unsure of lines that were kept",
    "weakest": "the models are unsure of lines that were kept",
    "telling": "words of widgets stand in lines that were kept",
    "lost": "lines that were taken out look like the article's",
    "breaks": "lines were taken out in many places",
    "removed": "lines were taken out in many places",
    "mended": "sentences were put together again",
    "short_lines": "many lines are short or end without a full stop",
    "ends": "many lines are short or end without a full stop",
    "flat": "line breaks are lost, so that what is not the article's cannot be told apart",
    "length": "the text is short",
    "no_language": "the language is not known",
}
"""The signals, each with the reason that it is when it speaks against a text."""
TEXT: Final = tuple(WORDS)
MODEL: Final = "confidence_text"
_STEP: Final = 0.002
_TELLING: Final = 2.0
_SHORT: Final = 60
_USUAL: Final = 800
_PARAGRAPH: Final = 1200
"""Characters that hardly a paragraph has more of: in a longer line several were run together."""
_ENDS: Final = tuple(".!?…。！？")
_CLOSERS: Final = "\"'”’») "


def text_confidence(signals: Signals) -> float:
    """Return the chance that body and removals of a text are right."""
    return load(MODEL, TEXT).chance(signals)


def text_signals(
    scores: Matrix,
    leftover: list[bool],
    headline: int | None,
    masses: list[float],
    texts: list[str],
    blocks: list[Block],
    removed: list[Removal],
    language: str | None,
) -> Signals:
    """Return the signals of a text.

    ``scores``: of each line, the log odds that it is none of the article's; ``leftover``: whether it was taken for
    such; ``headline``: the line that is; ``masses``: the evidence of a widget in each; ``blocks`` and ``removed``: the
    record's.
    """
    sizes = np.array([len(text) for text in texts], dtype=np.float32)
    gone = np.array(leftover, dtype=bool)
    stays = ~gone
    if headline is not None:
        stays[headline] = False
    body = float(sizes[stays].sum())
    if not blocks or not body:
        return dict.fromkeys(TEXT, 0.0)
    chance = 1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0)))
    share = sizes / body
    residue = float((chance * share)[stays].sum())
    lost = float(((1.0 - chance) * share)[gone].sum())
    kept = [block["text"] for block in blocks]
    size = sum(map(len, kept))
    telling = sum(mass >= _TELLING and stay for mass, stay in zip(masses, stays.tolist(), strict=True))
    return {
        "doubt": log(residue + lost + _STEP),
        "residue": log(residue + _STEP),
        "weakest": float(scores[stays].max()),
        "telling": telling / len(kept),
        "lost": log(lost + _STEP),
        "breaks": log1p(sum(0 < removal["before"] < len(kept) for removal in removed)),
        "removed": log(sum(len(removal["text"]) for removal in removed) / size + 0.02),
        "mended": log1p(sum(removal["split"] for removal in removed)),
        "short_lines": sum(len(text) < _SHORT for text in kept) / len(kept),
        "ends": sum(text.rstrip(_CLOSERS).endswith(_ENDS) for text in kept) / len(kept),
        "flat": sum(len(text) for text in kept if len(text) > _PARAGRAPH) / size,
        "length": max(0.0, log(_USUAL) - log(size + 20.0)),
        "no_language": float(language is None),
    }
