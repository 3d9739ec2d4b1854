"""docs/library.md runs as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from newscrawl import addon
from newscrawl.items import FIELDS
from newscrawl.record import fields_map
from tests.support import ROOT

TEXT = (ROOT / "docs/library.md").read_text(encoding="utf-8")
EXAMPLE, ADDONS, MAP = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def test_example_runs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EXAMPLE],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Ferry sails again 2024-05-03T08:30:00+01:00 3 newsletter",
        "The ferry of Wexmouth sails again.",
        "2017-07-07T16:48:00+02:00",
    ]


def test_settings_named_are_those_of_the_code() -> None:
    said: dict[str, dict[str, object]] = {}
    exec(ADDONS + MAP, said)
    assert said["ADDONS"] == {f"{addon.NewscrawlAddon.__module__}.{addon.NewscrawlAddon.__qualname__}": 500}
    assert set(said[fields_map.SETTING]) <= set(FIELDS)
