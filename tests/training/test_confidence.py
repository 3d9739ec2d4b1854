"""The trainer of `confidence`: what it learns from made bodies is known beforehand."""

from __future__ import annotations

import doctest
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from newscrawl.extraction.confidence.model import ConfidenceModel
from training import bodies, confidence, logistic, reliability
from training.bodies import Body
from training.confidence import SURE, WANTED, careful_curve, train

NAMES = ("doubt", "noise")


def made(count: int = 1500) -> list[Body]:
    """Return bodies of 200 hosts that are right the more often the less doubt there is."""
    draw = np.random.default_rng(3)
    out = []
    for number in range(count):
        doubt, noise = draw.normal(), draw.normal()
        chance = 0.995 / (1 + np.exp(2 * doubt - 2))
        f1 = 0.99 if draw.random() < chance else 0.8
        out.append(Body("made", f"host{number % 200}", f"u{number}", f1, {"doubt": doubt, "noise": noise}))
    return out


@pytest.mark.parametrize("module", [bodies, logistic], ids=lambda module: module.__name__)
def test_examples(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_model_is_calibrated_on_hosts_it_has_not_seen() -> None:
    found = made()
    model, chances = train(found, NAMES)
    right = np.array([body.f1 >= confidence.RIGHT for body in found])
    sure = chances >= SURE
    assert sure.any()
    assert right[sure].mean() >= WANTED - 0.02
    assert abs(chances.mean() - right.mean()) < 0.02
    for chance, share, count in reliability.bins(chances, right):
        assert abs(chance - share) < 0.06 + 1.5 / np.sqrt(count)
    doubt, noise = model["weights"]
    assert doubt < -1
    assert abs(noise) < 0.2
    loaded = ConfidenceModel.from_dict(json.loads(json.dumps(model)))
    assert loaded.chance({"doubt": -2.0, "noise": 0.0}) > SURE > loaded.chance({"doubt": 1.0, "noise": 0.0})
    json.dumps(model, allow_nan=False)


def test_nothing_is_called_sure_where_too_few_are_right() -> None:
    draw = np.random.default_rng(5)
    right = (draw.random(400) < 0.8).astype(float)
    points = careful_curve(draw.normal(size=400), right, np.ones(400))
    assert max(chance for _, chance in points) < SURE


def test_plot_shows_each_kind(tmp_path: Path) -> None:
    chances = np.linspace(0, 1, 200)
    reliability.write_plot(tmp_path / "plot.svg", {"page": (chances, chances > 0.5), "text": (chances, chances > 0.4)})
    plot = (tmp_path / "plot.svg").read_text(encoding="utf-8")
    assert "pages (200)" in plot
    assert "texts (200)" in plot
    assert plot.count("<circle") > 10
