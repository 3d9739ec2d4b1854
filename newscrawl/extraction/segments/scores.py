"""How much each segment of a page is article text: two models, the second of which sees the first's scores around."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extraction.segments.features import Hints, features
from newscrawl.extraction.segments.features import names as feature_names
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.name_odds import load_names
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.trees import Matrix, ObliviousTrees

_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4"))
_FAR: Final = 60
_WINDOW: Final = (-4, -3, -2, -1, 1, 2, 3, 4)
_GROUPS: Final = ("frame", "parent", "grand", "signature", "branch")
CONTEXT: Final = (
    "own", *(f"view{o:+d}" for o in _WINDOW), *(f"mean_{g}" for g in _GROUPS), *(f"weight_{g}" for g in _GROUPS),
    "share_before", "share_after", "total", "since_yes", "until_yes", "heading_next",
)  # fmt: skip


def hints_of(data: StructuredData) -> Hints:
    """Return titles and body that the structured data gives."""
    article = data.article or {}
    titles = (article.get("headline"), *(data.first(name) for name in ("og:title", "twitter:title", "title")))
    body = article.get("articleBody")
    return Hints(
        tuple(dict.fromkeys(" ".join(t.split()) for t in titles if isinstance(t, str) and t.strip())),
        body[:200_000] if isinstance(body, str) else "",
    )


def context_names() -> tuple[str, ...]:
    """Return the columns of the second model's matrix."""
    return feature_names() + CONTEXT


def context(segments: list[Segment], rows: Matrix, margins: Matrix) -> Matrix:
    """Return the first model's matrix with its logits of each segment, its neighbours and its related segments."""
    count = len(segments)
    yes = (1.0 / (1.0 + np.exp(-np.clip(margins, -20, 20)))).astype(np.float32)
    sizes = np.array([len(s.text) for s in segments], dtype=np.float32)
    mass = yes * sizes
    most = max(_WINDOW)
    padded = np.full(count + 2 * most, -6.0, dtype=np.float32)
    padded[most:-most] = margins
    columns = [margins, *(padded[most + offset : most + offset + count] for offset in _WINDOW)]
    means, weights = [], []
    for codes in _kin(segments):
        total, size = np.bincount(codes, mass), np.bincount(codes, sizes)
        rest, rest_size = total[codes] - mass, size[codes] - sizes
        means.append(np.where(rest_size > 0, rest / np.maximum(rest_size, 1), -1.0))
        weights.append(np.log1p(rest_size))
    columns += means + weights
    before = np.cumsum(mass) - mass
    total_mass = max(float(mass.sum()), 1.0)
    columns += [before / total_mass, (total_mass - before - mass) / total_mass, np.full(count, np.log1p(total_mass))]
    sure = (margins > 1) & (sizes > 60)
    since, until = _steps(sure), _steps(sure[::-1])[::-1]
    heading = np.array([s.frame.tag in _HEADINGS for s in segments[1:]] + [False])
    columns += [since, until, heading]
    return np.vstack([rows.T, np.stack(columns, dtype=np.float32, casting="unsafe")]).T


def _steps(sure: NDArray[np.bool_]) -> Matrix:
    """Return how many segments after the last sure one each stands; at most `_FAR`."""
    order = np.arange(len(sure))
    last = np.maximum.accumulate(np.where(sure, order, -_FAR - 1))
    last = np.concatenate([[-_FAR - 1], last[:-1]])
    return np.minimum(order - last - 1, _FAR).astype(np.float32)


def _kin(segments: list[Segment]) -> Iterator[NDArray[np.int64]]:
    """Yield the numbers of each segment's frame, parent, grandparent, kind of place, and the frame above these."""
    frames = [s.frame for s in segments]
    parents = [f.parent or f for f in frames]
    grand = [f.parent or f for f in parents]
    for places in (frames, parents, grand):
        yield np.array([f.index for f in places])
    yield np.array([f.kind for f in frames])
    yield np.array([(f.parent or f).index for f in grand])


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


def score(segments: list[Segment], frames: list[Frame], hints: Hints, lexicon: list[list[float]]) -> Matrix:
    """Return the logits (log odds of being article text) of a page's segments."""
    if not segments:
        return np.zeros(0, dtype=np.float32)
    first, second = models()
    rows = features(segments, frames, hints, load_names(), lexicon)
    return second.predict(context(segments, rows, first.predict(rows)))
