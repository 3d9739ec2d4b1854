"""docs/confidence.md against the figures that the models carry."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from tests.support import ROOT
from training.reliability import table


@pytest.mark.parametrize("kind", ["page", "text"])
def test_tables_are_the_figures_of_the_models(kind: str) -> None:
    path = resources.files("newscrawl") / "data" / "models" / f"confidence_{kind}.json"
    sets = json.loads(path.read_text(encoding="utf-8"))["about"]["cross_validated"]["sets"]
    assert table(kind, sets) in (ROOT / "docs" / "confidence.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "right", "area"), [("page", 0.95, 0.8), ("text", 0.94, 0.8)])
def test_figures_promised_are_reached(kind: str, right: float, area: float) -> None:
    path = resources.files("newscrawl") / "data" / "models" / f"confidence_{kind}.json"
    figures = json.loads(path.read_text(encoding="utf-8"))["about"]["cross_validated"]["sets"]["all"]
    assert figures["right_of_sure"] >= right
    assert figures["auc_poor"] >= area
