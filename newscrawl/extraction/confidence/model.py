"""The calibrated model: a weighted sum of signals, the chance that it stands for, and the reasons in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, Final

Signals = dict[str, float]
"""What speaks for or against a body, by name; `PAGE` and `TEXT` of the modules beside this one say what is in it."""
LEAST: Final = 0.25
"""Log odds that a reason takes off a document, against the usual one, to be named."""


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A logistic regression over standardised signals, calibrated.

    ``mean``, ``scale`` and ``weights`` have an entry for each of ``names``. ``curve``: rising log odds, each with
    the share of bodies that were right there; between two the chance is interpolated.
    """

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    curve: tuple[tuple[float, float], ...]

    @classmethod
    def from_dict(cls, model: Mapping[str, Any]) -> ConfidenceModel:
        """Build from a model file's object."""
        names, mean, scale, weights = (tuple(model[key]) for key in ("names", "mean", "scale", "weights"))
        curve = tuple((float(logit), float(chance)) for logit, chance in model["curve"])
        return cls(names, mean, scale, weights, float(model["bias"]), curve)

    def shares(self, signals: Mapping[str, float]) -> dict[str, float]:
        """Return the log odds that each signal adds to those of the usual document."""
        rows = zip(self.names, self.mean, self.scale, self.weights, strict=True)
        return {name: weight * (signals[name] - mean) / scale for name, mean, scale, weight in rows}

    def chance(self, signals: Mapping[str, float]) -> float:
        """Return the chance that a body is right, 0 to 1."""
        return interpolate(self.bias + sum(self.shares(signals).values()), self.curve)

    def doubts(self, signals: Mapping[str, float], words: Mapping[str, str], most: int = 3) -> list[str]:
        """Return the main reasons for less confidence than usual, the strongest first; ``words``: one for each name."""
        sums: dict[str, float] = {}
        for name, share in self.shares(signals).items():
            sums[words[name]] = sums.get(words[name], 0.0) + share
        return [reason for reason in sorted(sums, key=sums.__getitem__) if sums[reason] <= -LEAST][:most]


def interpolate(at: float, curve: Sequence[tuple[float, float]]) -> float:
    """Return the value of a curve, given by its points, at a place; outside of them that of the nearest.

    >>> interpolate(0.5, [(0.0, 0.2), (1.0, 0.6)]), interpolate(9.0, [(0.0, 0.2), (1.0, 0.6)])
    (0.4, 0.6)
    """
    for (left, low), (right, high) in pairwise(curve):
        if at < right:
            return low + (high - low) * max(0.0, at - left) / (right - left)
    return curve[-1][1]


@cache
def load(name: str, wanted: tuple[str, ...]) -> ConfidenceModel:
    """Return a packaged model, read once a process; raises ValueError where it wants other signals than ``wanted``."""
    text = (resources.files("newscrawl") / "data" / "models" / f"{name}.json").read_text(encoding="utf-8")
    model = ConfidenceModel.from_dict(json.loads(text))
    if model.names != wanted:
        raise ValueError(f"the model {name} wants other signals: train it again (training/README.md)")
    return model
