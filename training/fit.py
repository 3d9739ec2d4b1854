"""Fit boosted oblivious trees and write them in the form that `newscrawl.parsing.trees` reads."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier, Pool

DEPTH = 6


def fit(
    names: tuple[str, ...],
    matrices: list[np.ndarray],
    labels: list[np.ndarray],
    weights: list[np.ndarray],
    iterations: int,
    rate: float = 0.07,
) -> dict[str, Any]:
    """Fit on the rows whose label is known; returns the model as `ObliviousTrees.from_dict` takes it."""
    x, y, w = np.vstack(matrices), np.concatenate(labels), np.concatenate(weights)
    known = ~np.isnan(y) & (w > 0)
    model = CatBoostClassifier(
        iterations=iterations, depth=DEPTH, learning_rate=rate, l2_leaf_reg=6, random_seed=7, border_count=64, rsm=0.3,
        thread_count=2, verbose=False, allow_writing_files=False, boosting_type="Plain",
        bootstrap_type="Bernoulli", subsample=0.7,
    )  # fmt: skip
    model.fit(Pool(x[known], y[known], weight=w[known]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        return export(json.loads(path.read_text()), names)


def export(model: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """CatBoost's JSON with each tree padded to `DEPTH` levels, leaves as integers of a common scale."""
    features, borders, leaves = [], [], []
    for tree in model["oblivious_trees"]:
        splits = [(s["float_feature_index"], s["border"]) for s in tree["splits"] or []]
        values = tree["leaf_values"]
        while len(splits) < DEPTH:
            splits.append((0, 3.0e38))
            values = values + [0.0] * len(values)
        features.extend(s[0] for s in splits)
        borders.extend(float(f"{s[1]:.5g}") for s in splits)
        leaves.extend(values)
    scale = max(map(abs, leaves)) / 32_000
    return {
        "names": list(names), "depth": DEPTH, "features": features, "borders": borders,
        "leaves": [round(v / scale) for v in leaves], "scale": scale, "bias": model["scale_and_bias"][1][0],
    }  # fmt: skip
