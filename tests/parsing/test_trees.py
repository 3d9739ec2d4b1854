from __future__ import annotations

import numpy as np

from newscrawl.extraction.segments.context import context_names
from newscrawl.extraction.segments.features import names
from newscrawl.extraction.segments.scores import models
from newscrawl.parsing.trees import ObliviousTrees

TWO_LEVELS = {
    "names": ["length", "links"], "depth": 2, "features": [0, 1], "borders": [10, 0.5], "leaves": [1, 2, -3, -4],
    "scale": 0.5, "bias": 1.0,
}  # fmt: skip


def test_a_leaf_is_found_by_its_bits() -> None:
    model = ObliviousTrees.from_dict(TWO_LEVELS)
    rows = np.array([[5, 0], [50, 0], [5, 1], [50, 1]], dtype=np.float32)
    assert model.predict(rows).tolist() == [1.5, 2.0, -0.5, -1.0]


def test_the_packaged_models_are_of_the_features_of_this_code() -> None:
    first, second = models()
    assert first.names == names()
    assert second.names == context_names(), "retrain: python -m training.blocks FOLDER"
