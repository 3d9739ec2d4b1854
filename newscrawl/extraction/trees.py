"""Boosted oblivious decision trees, evaluated with numpy.

An oblivious tree asks the same question of every row at each of its levels, so all trees can be asked at once: each
answer is one bit of a leaf's number. Training is CatBoost's (see training/), which writes such trees.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
_TOGETHER = 50_000
"""Figures worked on at once: few enough to stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class ObliviousTrees:
    """An additive model of ``t`` trees of depth ``d`` over named features.

    ``feature`` and ``border``: (t, d); a level's bit is ``x[feature] > border``. ``leaves``: (t, 2 ** d), in margins
    (log odds). ``bias`` is added to their sum.
    """

    names: tuple[str, ...]
    feature: NDArray[np.int32]
    border: Matrix
    leaves: Matrix
    bias: float

    @classmethod
    def load(cls, name: str) -> ObliviousTrees:
        """Read a model from ``newscrawl/data/models/<name>.json``."""
        text = (resources.files("newscrawl") / "data" / "models" / f"{name}.json").read_text(encoding="utf-8")
        return cls.from_dict(json.loads(text))

    @classmethod
    def from_dict(cls, model: dict[str, Any]) -> ObliviousTrees:
        """Build from ``{"names", "depth", "features", "borders", "leaves", "scale", "bias"}``.

        Each tree is padded to the same depth by the trainer; ``leaves`` are integers, to be multiplied by ``scale``.
        """
        depth = int(model["depth"])
        return cls(
            names=tuple(model["names"]),
            feature=np.asarray(model["features"], dtype=np.int32).reshape(-1, depth),
            border=np.asarray(model["borders"], dtype=np.float32).reshape(-1, depth),
            leaves=np.asarray(model["leaves"], dtype=np.float32).reshape(-1, 2**depth) * np.float32(model["scale"]),
            bias=float(model["bias"]),
        )

    def predict(self, rows: Matrix) -> Matrix:
        """Margins (log odds) of the rows of an (n, len(names)) matrix."""
        (trees, depth), count = self.feature.shape, len(rows)
        columns = np.ascontiguousarray(rows.T)  # a feature's figures side by side: taken and compared at once
        answers, leaves = np.empty((trees, count), dtype=np.float32), self.leaves.ravel()
        size = max(4, _TOGETHER // max(count, 1))
        for start in range(0, trees, size):
            feature, border = self.feature[start : start + size], self.border[start : start + size]
            index = np.repeat(np.arange(start, start + len(feature), dtype=np.int32)[:, None] << depth, count, axis=1)
            for level in range(depth):
                bits = columns[feature[:, level]] > border[:, level, None]
                index += bits.view(np.uint8) * np.uint8(1 << level)
            answers[start : start + size] = leaves.take(index)
        margins: Matrix = np.ascontiguousarray(answers.T).sum(axis=1) + np.float32(self.bias)
        return margins
