"""docs/cron.md against the program: units, settings and exit codes."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from scrapy.settings import default_settings

from newscrawl import settings
from newscrawl.exitcodes import ExitCode
from tests.support import ROOT

TEXT = (ROOT / "docs" / "cron.md").read_text(encoding="utf-8")


def unit(name: str) -> str:
    """Return the block of text behind the line that names a unit."""
    block = TEXT.partition(f"/{name}`:\n\n")[2].partition("\n\n`")[0].partition("\n\n##")[0]
    return "\n".join(line.removeprefix("    ") for line in block.splitlines() if line.startswith("    ") or not line)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_units(tmp_path: Path) -> None:
    scrapy = tmp_path / ".venv/bin/scrapy"
    scrapy.parent.mkdir(parents=True)
    scrapy.write_text("#!/bin/sh\n")
    scrapy.chmod(0o755)
    files = [tmp_path / "newscrawl.service", tmp_path / "newscrawl.timer"]
    for file in files:
        text = unit(file.name).replace("/srv/newscrawl", str(tmp_path)).replace("User=newscrawl", "User=root")
        assert text.startswith("[Unit]")
        file.write_text(text + "\n")
    run = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    complaints = [line for line in run.stderr.splitlines() if "newscrawl." in line]
    assert (run.returncode, complaints) == (0, [])


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\b(?:NEWSCRAWL|CLOSESPIDER|DOWNLOAD|LOG)_[A-Z_]+", TEXT))))
def test_settings_are_there(name: str) -> None:
    is_read = any(name in file.read_text(encoding="utf-8") for file in (ROOT / "newscrawl").rglob("*.py"))
    assert hasattr(settings, name) or hasattr(default_settings, name) or is_read


def test_every_exit_code() -> None:
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE)] == [int(code) for code in ExitCode]
