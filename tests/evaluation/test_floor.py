"""The quality floor: no figure of the evaluation may fall below tests/eval_floor.toml.

Run with ``make floor``; skipped where there are no evaluation pages (NEWSCRAWL_EVAL_DIR, default ../shared/eval).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT

EVALUATION = (ROOT / os.environ.get("NEWSCRAWL_EVAL_DIR", "../shared/eval")).resolve()
FLOORS: dict[str, dict[str, dict[str, float]]] = tomllib.loads(
    (Path(__file__).parent.parent / "eval_floor.toml").read_text(encoding="utf-8")
)
SETS = sorted(FLOORS)

needs_pages = pytest.mark.skipif(
    not (EVALUATION / "evaluate.py").exists(), reason="no evaluation pages: set NEWSCRAWL_EVAL_DIR"
)


@cache
def figures(name: str) -> dict[str, Any]:
    """Measure a set, once."""
    output = Path(os.environ.get("PYTEST_TMP", "/tmp")) / f"newscrawl-floor-{os.getpid()}-{name}.json"
    command = [sys.executable, str(EVALUATION / "evaluate.py"), "--sets", name, "--no-peers", "--json", str(output)]
    scrapy = Path(sys.executable).parent / "scrapy"
    done = subprocess.run(
        [*command, "--scrapy", str(scrapy)], cwd=ROOT, capture_output=True, text=True, timeout=1200, check=False
    )
    try:
        assert done.returncode == 0, done.stdout + done.stderr
        result: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))[name]
        return result
    finally:
        output.unlink(missing_ok=True)


def figure(result: dict[str, Any], path: str) -> float:
    """Return a figure by its path ("body.f1")."""
    value: Any = result
    for key in path.split("."):
        value = value[key]
    assert isinstance(value, int | float), f"{path} is {value!r}"
    return value


@needs_pages
@pytest.mark.parametrize("name", SETS)
def test_floor(name: str) -> None:
    result = figures(name)
    fallen = [
        f"{path}: {figure(result, path):.4f}, floor {least}"
        for path, least in FLOORS[name].get("min", {}).items()
        if figure(result, path) < least
    ]
    fallen += [
        f"{path}: {figure(result, path):.4f}, at most {most}"
        for path, most in FLOORS[name].get("max", {}).items()
        if figure(result, path) > most
    ]
    if "pages" in result and result["answered"] < result["pages"]:
        fallen.append(f"answered {result['answered']} of {result['pages']} pages")
    assert not fallen, f"{name} fell: " + "; ".join(fallen)
