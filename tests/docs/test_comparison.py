"""docs/comparison.md and the README against what was measured, where the evaluation pages are."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT

BASELINES = Path(os.environ.get("NEWSCRAWL_EVAL_DIR", ROOT / "../shared/eval")) / "data/baselines.json"
pytestmark = pytest.mark.skipif(not BASELINES.exists(), reason="there are no evaluation pages (set NEWSCRAWL_EVAL_DIR)")


def tables() -> list[list[list[str]]]:
    text = (ROOT / "docs/comparison.md").read_text(encoding="utf-8")
    found = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    return [[[cell.strip() for cell in row.strip("|\n").split("|")] for row in table.splitlines()] for table in found]


def test_bodies() -> None:
    measured: dict[str, Any] = json.loads(BASELINES.read_text())
    rows = tables()[0][2:]
    assert len(rows) == 7
    for name, *cells in rows:
        for key, cell in zip(("aeb", "fundus", "wcxb"), cells, strict=True):
            body = measured[key].get(name, {}).get("body")
            assert cell == (f"{body['f1']:.3f} / {body['exact']:.3f}" if body else ""), (name, key)


def test_dates_headlines_and_authors() -> None:
    measured: dict[str, Any] = json.loads(BASELINES.read_text())["fundus"]
    rows = tables()[1][2:]
    assert len(rows) == 5
    for name, *cells in rows:
        found = measured[name]
        values = [found["dates"]["day"], found["dates"]["minute"], found["headline"], found["authors"]]
        assert cells == [f"{value:.3f}" if value or name != "htmldate 1.11.0" else "" for value in values], name


def test_no_peer_is_better_than_the_readme_says() -> None:
    """The README's last column is the best of all tools on the same pages."""
    measured: dict[str, Any] = json.loads(BASELINES.read_text())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for key, label in (("aeb", "Article Extraction Benchmark"), ("fundus", "(Fundus)"), ("wcxb", "WCXB articles")):
        best = max(v["body"]["f1"] for name, v in measured[key].items() if not name.startswith("Fundus"))
        (row,) = [line for line in readme.splitlines() if line.startswith("| body F1") and label in line]
        assert f"{best:.3f} / " in row, row
