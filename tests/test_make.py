"""The two commands of the README, from another folder, twice in a row."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from newscrawl.report.terminal import read_lines
from newscrawl.sample import pages
from newscrawl.sample.server import sample_newspaper
from tests.support import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project whose name has a blank, with this environment set up in it."""
    copy = tmp_path / "a copy"
    (copy / "deep" / "er").mkdir(parents=True)
    for name in ("Makefile", "scrapy.cfg", "requirements.txt", "requirements-dev.txt", "constraints.txt"):
        shutil.copy2(ROOT / name, copy)  # as old as it is: what is set up is not set up anew
    (copy / "newscrawl").symlink_to(ROOT / "newscrawl")
    (copy / ".venv").symlink_to(Path(os.environ.get("VIRTUAL_ENV", ROOT / ".venv")))
    return copy


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    clean |= {"COLUMNS": "140", "PYTHONSAFEPATH": ""}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


@pytest.mark.skipif(not (ROOT / ".venv/.installed").exists(), reason="needs .venv, as make sets it up")
def test_crawl_twice_from_another_folder(project: Path) -> None:
    for _ in range(2):
        done = make(project / "deep" / "er", "-C", "../..", "crawl")
        assert done.returncode == 0, done.stdout + done.stderr
        lines = read_lines(project / "sample/articles.jsonl")
        assert {line["url"].rsplit("/", 1)[1] for line in lines} == set(pages())
        assert f"{len(pages())} articles" in done.stdout
        assert "Written to" in done.stdout
        assert (project / "sample/report.html").as_uri() in done.stdout
        assert f"{len(pages())} articles" in (project / "sample/report.html").read_text(encoding="utf-8")


@pytest.mark.skipif(not (ROOT / ".venv/.installed").exists(), reason="needs .venv, as make sets it up")
def test_crawl_of_an_address(project: Path) -> None:
    with sample_newspaper() as addresses:
        done = make(project, "crawl", f"URL={addresses[0]}?a=1&b='$(id)'")
    assert done.returncode == 2  # make's own code for a recipe that failed
    assert "NEWSCRAWL_ALLOW_PRIVATE" in done.stdout
    assert "Error 3" in done.stderr
