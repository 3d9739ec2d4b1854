"""How much each segment of a page is article text: two models, the second of which sees the first's scores around."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from newscrawl.extraction.segments.context import context, context_names
from newscrawl.extraction.segments.features import Hints, features
from newscrawl.extraction.segments.features import names as feature_names
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.name_odds import load_names
from newscrawl.extraction.segments.numbers import PageNumbers
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.trees import Matrix, ObliviousTrees

_NO_DOUBT: Final = -5.0
"""The first logit below which the second model is not asked: of 42,000 such segments it gave none more than -2.6."""
_LOWER: Final = 0.5
"""How much lower its logits of these are at the mean."""


def hints_of(data: StructuredData) -> Hints:
    """Return titles and body that the structured data gives."""
    article = data.article or {}
    titles = (article.get("headline"), *(data.first(name) for name in ("og:title", "twitter:title", "title")))
    body = article.get("articleBody")
    return Hints(
        tuple(dict.fromkeys(" ".join(t.split()) for t in titles if isinstance(t, str) and t.strip())),
        body[:200_000] if isinstance(body, str) else "",
    )


@cache
def models() -> tuple[ObliviousTrees, ObliviousTrees]:
    """Return the two models, read once a process.

    Raises ValueError where they were trained with other features than the code makes.
    """
    first, second = ObliviousTrees.load("segments"), ObliviousTrees.load("segments_context")
    if (first.names, second.names) != (feature_names(), context_names()):
        raise ValueError(
            "the models in newscrawl/data/models want other features: train them again (training/README.md)"
        )
    return first, second


def score(
    segments: list[Segment], frames: list[Frame], hints: Hints, lexicon: list[list[float]]
) -> tuple[Matrix, Matrix]:
    """Return the logits (log odds of being article text) of a page's segments: by both models, by the first alone."""
    if not segments:
        return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32)
    first, second = models()
    page = PageNumbers(segments, frames)
    rows = features(segments, frames, page, hints, load_names(), lexicon)
    alone = first.predict(rows)
    logits = alone - np.float32(_LOWER)
    asked = alone >= _NO_DOUBT
    if asked.any():
        logits[asked] = second.predict(context(page, rows, alone).T.compress(asked, axis=1).T)
    return logits, alone
