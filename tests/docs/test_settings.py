"""docs/settings.md against the code: up to date, complete, and its own settings file works."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from newscrawl import settings
from tests.support import ROOT, run_scrapy

NAME = re.compile(r"\bNEWSCRAWL_[A-Z]+(?:_[A-Z]+)*\b(?!_)")
PAGE = ROOT / "docs/settings.md"
INTERNAL = {"NEWSCRAWL_CACHE_DIR", "NEWSCRAWL_CLUSTER_SETTINGS", "NEWSCRAWL_PLAIN"}  # in the environment alone


@pytest.fixture(scope="module")
def make() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs/make.py"))


def test_page_is_what_the_code_says(make: dict[str, Any]) -> None:
    assert PAGE.read_text(encoding="utf-8") == make["page"](), "make docs"


def test_every_setting_says_why(make: dict[str, Any]) -> None:
    rows = make["rows"]((ROOT / "newscrawl/settings.py").read_text(encoding="utf-8"))
    assert {name for name in dir(settings) if name.isupper() and not name.startswith("_")} == {
        name.split("[")[0] for _, name, _, _ in rows
    }
    assert [name for _, name, _, why in rows if len(why) < 8] == []


def test_reasons_and_entries_are_read(make: dict[str, Any]) -> None:
    source = (
        "# --- Manners ------\nA = 1  # why | so\nB: list[int] = []  # none\n"
        'C = {\n    # about all\n    "x": 1,\n    "y": 2,  # its own\n}\n_D = 3\ne = 4\n'
    )
    assert make["rows"](source) == [
        ("Manners", "A", "1", "why | so"),
        ("Manners", "B", "[]", "none"),
        ("Manners", "C['x']", "1", "about all"),
        ("Manners", "C['y']", "2", "its own"),
    ]


def test_every_name_in_the_code_is_a_setting() -> None:
    """A name that settings.py does not have is in no documentation, and -s refuses it."""
    for file in (ROOT / "newscrawl").rglob("*.py"):
        names = set(NAME.findall(file.read_text(encoding="utf-8")))
        assert {name for name in names - INTERNAL if not hasattr(settings, name)} == set(), file


def test_every_name_in_the_docs_is_a_setting() -> None:
    elsewhere = INTERNAL | {"NEWSCRAWL_EVAL_DIR", "NEWSCRAWL_COMPILE"}  # of the Makefile; of setup.py
    for file in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        names = set(NAME.findall(file.read_text(encoding="utf-8"))) - elsewhere
        assert {name for name in names if not hasattr(settings, name)} == set(), file


def test_settings_file_of_ones_own(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "my_settings.py").write_text(example)
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = my_settings\n")
    env = {"SCRAPY_SETTINGS_MODULE": "my_settings", "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    run = run_scrapy(tmp_path, "settings", "--get", "NEWSCRAWL_CONTACT", env=env)
    assert run.out.strip() == "desk@example.org", run.err
