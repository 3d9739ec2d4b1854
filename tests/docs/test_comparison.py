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
        dates = [f"{found['dates'][kind]:.3f}" for kind in ("day", "minute")]
        assert cells == [*dates, figures(found, "headline"), figures(found, "authors")], name


def figures(found: dict[str, Any], kind: str) -> str:
    """The strict and the fair figure of a tool, as the table gives them; nothing for one that does not say."""
    both = [found[key] for key in (kind, f"{kind}_fair") if found.get(key)]
    return " / ".join(f"{figure:.3f}" for figure in both)


def test_headlines_and_authors_in_the_readme() -> None:
    """The README's table gives the best fair figure of any other tool."""
    measured: dict[str, Any] = json.loads(BASELINES.read_text())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for key, label in (("fundus", "(Fundus)"), ("wcxb", "WCXB articles")):
        best = [
            max(tool.get(f"{kind}_fair", 0.0) for tool in measured[key].values()) for kind in ("headline", "authors")
        ]
        (row,) = [line for line in readme.splitlines() if line.startswith("| headline / authors F1") and label in line]
        assert f"{best[0]:.2f} / {best[1]:.2f}" in row, row


def test_no_peer_is_better_than_the_readme_says() -> None:
    """The README's last column is the best of all tools on the same pages."""
    measured: dict[str, Any] = json.loads(BASELINES.read_text())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for key, label in (("aeb", "Article Extraction Benchmark"), ("fundus", "(Fundus)"), ("wcxb", "WCXB articles")):
        best = max(v["body"]["f1"] for name, v in measured[key].items() if not name.startswith("Fundus"))
        (row,) = [line for line in readme.splitlines() if line.startswith("| body F1") and label in line]
        assert f"{best:.3f} / " in row, row
