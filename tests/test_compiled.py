"""Compiled modules beside sources: which form runs, and that an old one does not."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from newscrawl.compiled import PlainFinder, out_of_date, read_sources

ROOT = Path(__file__).parent.parent


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of this name with one module that is "compiled": its extension cannot be loaded."""
    folder = tmp_path / "newscrawl"
    room = folder / "parsing"
    room.mkdir(parents=True)
    for name in ("__init__.py", "compiled.py"):
        (folder / name).write_text((ROOT / "newscrawl" / name).read_text())
    (room / "__init__.py").touch()
    (room / "tree.py").write_text("FORM = 'plain'\n")
    (room / f"tree{EXTENSION_SUFFIXES[0]}").write_bytes(b"")
    (folder / ".compiled.json").write_text(read_sources([room / "tree.py"], folder))
    return folder


def imported(package: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    code = "from newscrawl.parsing.tree import FORM; from newscrawl.compiled import form; print(FORM, form())"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=package.parent, capture_output=True, text=True, env={"PATH": "", **variables}
    )


def test_compiled_modules_are_taken_while_their_sources_are_as_they_were(package: Path) -> None:
    run = imported(package)
    assert run.returncode != 0
    assert "ImportError" in run.stderr
    (package / "parsing" / "tree.py").touch()  # the same text
    assert "ImportError" in imported(package).stderr


def test_changed_source_runs_as_plain_python_with_a_line_that_says_so(package: Path) -> None:
    (package / "parsing" / "tree.py").write_text("FORM = 'changed'\n")
    run = imported(package)
    assert run.stdout == "changed plain\n"
    assert run.stderr.count("\n") == 1
    assert "parsing/tree.py changed since `make fast`" in run.stderr


def test_plain_python_is_taken_where_it_is_asked_for(package: Path) -> None:
    run = imported(package, NEWSCRAWL_PLAIN="1")
    assert (run.stdout, run.stderr) == ("plain plain\n", "")


@pytest.mark.parametrize("manifest", ["", "{"])
def test_broken_manifest_trusts_nothing(package: Path, manifest: str) -> None:
    path = package / ".compiled.json"
    path.write_text(manifest)
    assert out_of_date(path) == ".compiled.json"


def test_source_that_is_gone_is_out_of_date(package: Path) -> None:
    (package / "parsing" / "tree.py").unlink()
    assert out_of_date(package / ".compiled.json") == "parsing/tree.py"


def test_finder_leaves_other_packages_alone() -> None:
    assert PlainFinder.find_spec("json.decoder", ["/nowhere"]) is None
    assert PlainFinder.find_spec("newscrawl", None) is None


def test_compiled_rooms_hold_no_loop_over_reversed() -> None:
    """Mypyc 2.4 crashes on ``for … in reversed(values)`` where the values' type is not known: ``values[::-1]``."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["newscrawl"]["compiled"]
    paths = [path for room in table["rooms"] for path in (ROOT / "newscrawl" / room).rglob("*.py")]
    assert len(paths) > 100
    loops = [
        f"{path.relative_to(ROOT)}:{node.iter.lineno}"
        for path in paths
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.For | ast.comprehension)
        and isinstance(node.iter, ast.Call)
        and isinstance(node.iter.func, ast.Name)
        and node.iter.func.id == "reversed"
    ]
    assert loops == []
