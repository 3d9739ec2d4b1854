"""Modules stay small enough to be read in one go."""

from __future__ import annotations

from statistics import median

from tests.support import ROOT

LONGEST = 300
"""Lines of the longest module."""


def test_no_module_is_long() -> None:
    sizes = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "newscrawl").rglob("*.py")
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST} == {}
    assert median(sizes.values()) < LONGEST / 3
