"""Every regular expression of the package costs at most the length of its text, or has a bound."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import newscrawl
from tests.hostile.regex_cost import faults
from tests.support import ROOT

_ONE_BACK = "the run of capitals goes back one character at most: the one before a small letter"
_TO_THE_END = "it goes on to the end of the text at most, and that is a match"
HARMLESS: dict[str, str] = {
    "newscrawl.dates.context._PARTS": _ONE_BACK,
    "newscrawl.extraction.metadata.markup._TOKEN": _ONE_BACK,
    "newscrawl.parsing.charset_detection._MARKUP": "it is only looked for where an end follows",
    "newscrawl.parsing.encoding._COMMENT": _TO_THE_END,
    "newscrawl.discovery.xml_text._MISC": _TO_THE_END,
    "newscrawl/commands/addsite.py": _TO_THE_END,
    "newscrawl.parsing.json_ld._STRING_OR_COMMA": _TO_THE_END,
}
"""Pattern → why it costs no more than the length of its text although the judge thinks so."""
_SEARCHES = "search|sub|subn|findall|finditer|split"


@cache
def modules() -> dict[str, ModuleType]:
    """The modules of the package but those of an extra that is not installed here."""
    found = {}
    for module in pkgutil.walk_packages(newscrawl.__path__, "newscrawl."):
        if not module.name.endswith("__main__"):
            try:
                found[module.name] = importlib.import_module(module.name)
            except ModuleNotFoundError as error:
                if (error.name or "newscrawl").startswith("newscrawl"):
                    raise
    return found


@cache
def sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "newscrawl").rglob("*.py")))


def patterns() -> Iterator[tuple[str, re.Pattern[Any], bool]]:
    """Yield each pattern that a module holds, its name, and whether it is looked for within texts."""
    seen: set[int] = set()
    for module, held in modules().items():
        for name, value in vars(held).items():
            for found in _patterns_in(value, 0):
                if id(found) in seen:
                    continue
                seen.add(id(found))
                searched = rf"\b{re.escape(name)}\.(?:{_SEARCHES})\b"
                is_matched = isinstance(value, re.Pattern) and not re.search(searched, _text(module, name))
                yield f"{module}.{name}", found, not is_matched


def _text(module: str, name: str) -> str:
    """The code in which a name may be used: a private one only in its own module."""
    if name.startswith("_"):
        path = (modules()[module].__file__) or ""
        return Path(path).read_text(encoding="utf-8")
    return sources()


def _patterns_in(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 5:
        parts: list[Any] = []
        if isinstance(value, dict):
            parts = [*value, *value.values()]
        elif isinstance(value, list | tuple | set | frozenset):
            parts = list(value)
        elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
            parts = [getattr(value, name, None) for name in value.__dataclass_fields__]
        for part in parts:
            yield from _patterns_in(part, depth + 1)


def written_in_functions() -> Iterator[tuple[str, re.Pattern[Any], bool]]:
    """Yield the patterns that stand in a call, such as ``re.split(r",", text)``."""
    for path in sorted((ROOT / "newscrawl").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            of, pattern = node.func.value, node.args[0]
            if isinstance(of, ast.Name) and of.id == "re" and isinstance(pattern, ast.Constant):
                name = str(path.relative_to(ROOT))
                if node.func.attr not in ("compile", "escape"):
                    yield name, re.compile(pattern.value), node.func.attr not in ("match", "fullmatch")


@cache
def recorded() -> list[dict[str, Any]]:
    """What `tests.hostile.compiled_patterns` writes."""
    command = [sys.executable, "-m", "tests.hostile.compiled_patterns"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def compiled_when_run() -> Iterator[tuple[str, re.Pattern[Any], bool]]:
    """Yield the patterns that are put together, or compiled when they are first needed."""
    for entry in recorded():
        pattern = re.compile(ast.literal_eval(entry["pattern"]), entry["flags"])
        yield f"{entry['file']}:{entry['function']}", pattern, entry["method"] not in ("match", "fullmatch")


def _calls_in_functions() -> Iterator[tuple[str, int]]:
    """Yield file and line of each call that compiles a pattern within a function, but those with a constant."""
    for path in sorted((ROOT / "newscrawl").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        for node in (node for function in functions for node in ast.walk(function)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                of, name = node.func.value, node.func.attr
                is_built = name == "compile" or not isinstance(node.args[0], ast.Constant)
                if isinstance(of, ast.Name) and of.id == "re" and name != "escape" and is_built:
                    yield str(path.relative_to(ROOT)), node.lineno


KEPT = "newscrawl/text/kept_patterns.py"
"""It compiles what others give it, which is recorded where they do."""
FOUND = [*patterns(), *written_in_functions()]


def test_there_are_patterns_to_judge() -> None:
    assert len(FOUND) > 100


def test_every_place_that_compiles_when_it_runs_is_recorded() -> None:
    places = {place for place in _calls_in_functions() if place[0] != KEPT}
    assert len(places) > 3
    assert places - {(entry["file"], entry["line"]) for entry in recorded()} == set()


def test_no_pattern_put_together_costs_more_than_its_text() -> None:
    known = {(pattern.pattern, pattern.flags) for _, pattern, _ in FOUND}  # judged by how they are used
    fresh = [row for row in compiled_when_run() if (row[1].pattern, row[1].flags) not in known]
    assert len(fresh) > 20
    assert [(name, found) for name, pattern, searched in fresh if (found := faults(pattern, searched=searched))] == []


def test_no_pattern_costs_more_than_its_text() -> None:
    wrong = {name: found for name, pattern, searched in FOUND if (found := faults(pattern, searched=searched))}
    assert {name: found for name, found in wrong.items() if name not in HARMLESS} == {}
    assert set(HARMLESS) <= set(wrong), "no longer needed"


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        (r"(a+)+$", "nested"),
        (r"(?:\w+\s?)*x", "nested"),
        (r"(?:[ab]|\w+)*x", "nested"),
        (r"\A.*.*x", "neighbours"),
        (r"\A\s+[^x]*\s+x", "neighbours"),
        (r"\s+\Z", "every start"),
        (r"<a\b[^>]*>x", "every start"),
        (r"\w+@", "every start"),
    ],
)
def test_the_judge_finds_what_is_wrong(pattern: str, fault: str) -> None:
    assert fault in faults(re.compile(pattern), searched=True)


@pytest.mark.parametrize(
    "pattern", [r"\w+", r"\A\s+x", r"(?<!\s)\s+\Z", r"(?:[.#][\w-]+)+", r"<a [^<>]*>", r"a{0,80}b"]
)
def test_the_judge_lets_pass_what_is_linear(pattern: str) -> None:
    assert faults(re.compile(pattern), searched=True) == []
