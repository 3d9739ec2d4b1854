"""Boosted oblivious decision trees, evaluated with numpy.

An oblivious tree makes the same split at each of its levels, so all trees can be evaluated at once: each
result is one bit of a leaf's number. Training is CatBoost's (see training/), which writes such trees.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
_TOGETHER = 256
"""Rows worked on at once: few enough for their results to stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class ObliviousTrees:
    """An additive model of ``t`` trees of depth ``d`` over named features.

    ``feature`` and ``border``: the ``q`` splits ``x[feature] > border`` of the trees, each once, though many
    trees share it. ``splits``: (d, t), which split each tree makes at each level, the last level first. ``leaves``:
    (t * 2 ** d), in logits, a tree after the other. ``bias`` is added to their sum.
    """

    names: tuple[str, ...]
    feature: NDArray[np.intp]
    border: Matrix
    splits: NDArray[np.intp]
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
        features = np.asarray(model["features"], dtype=np.int32).ravel()
        borders = np.asarray(model["borders"], dtype=np.float32).ravel()
        made = list(zip(features.tolist(), borders.tolist(), strict=True))
        numbers = {split: number for number, split in enumerate(sorted(set(made)))}
        splits = np.array([numbers[split] for split in made], dtype=np.intp)
        return cls(
            names=tuple(model["names"]),
            feature=np.array([feature for feature, _ in numbers], dtype=np.intp),
            border=np.array([border for _, border in numbers], dtype=np.float32)[:, None],
            splits=np.ascontiguousarray(splits.reshape(-1, depth).T[::-1]),
            leaves=np.asarray(model["leaves"], dtype=np.float32).ravel() * np.float32(model["scale"]),
            bias=float(model["bias"]),
        )

    def predict(self, rows: Matrix) -> Matrix:
        """Return the logits of the rows of an (n, len(names)) matrix; quickest where its columns are contiguous."""
        depth, trees = self.splits.shape
        small = np.min_scalar_type(len(self.leaves))
        first_leaf = (np.arange(trees)[:, None] << depth).astype(small)
        logits = np.empty(len(rows), dtype=np.float32)
        for start in range(0, len(rows), _TOGETHER):
            columns = np.ascontiguousarray(rows[start : start + _TOGETHER].T)
            above = (columns.take(self.feature, axis=0) > self.border).view(np.uint8)
            leaf = above.take(self.splits[0], axis=0)  # its number within the tree: a bit a level
            for level in self.splits[1:]:
                leaf += leaf
                leaf |= above.take(level, axis=0)
            at = leaf.astype(small)
            at += first_leaf
            self.leaves.take(at, mode="wrap").sum(axis=0, out=logits[start : start + _TOGETHER])
        logits += np.float32(self.bias)
        return logits
