"""The files that say what is installed agree with each other."""

from __future__ import annotations

import re
import tomllib

from packaging.requirements import Requirement
from packaging.version import Version

from tests.support import ROOT


def pins(name: str) -> dict[str, str]:
    """Return the versions of a file of ``name==version`` lines, by normalised name."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([\w.-]+)==([^\s#]+)", line) for line in lines)
    return {re.sub(r"[-_.]+", "-", match[1]).lower(): match[2] for match in found if match}


def declared() -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = [Requirement(text) for text in project["dependencies"]]
    return {re.sub(r"[-_.]+", "-", requirement.name).lower(): requirement for requirement in requirements}


def test_pinned_versions_lie_in_the_ranges_of_the_package() -> None:
    tested = pins("requirements.txt")
    assert set(tested) == set(declared())
    for name, requirement in declared().items():
        assert requirement.specifier.contains(tested[name]), requirement
        assert pins("constraints.txt")[name] == tested[name]


def test_lower_bounds_are_the_oldest_tested_versions() -> None:
    oldest = pins("constraints-oldest.txt")
    assert set(oldest) == set(declared())
    for name, requirement in declared().items():
        (bound,) = (specifier for specifier in requirement.specifier if specifier.operator == ">=")
        assert Version(bound.version) == Version(oldest[name]), requirement
        assert all(specifier.operator != "==" for specifier in requirement.specifier), requirement
