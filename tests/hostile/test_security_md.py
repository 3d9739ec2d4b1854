"""SECURITY.md names tests that exist, and enough of them."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.support import ROOT


@cache
def rows() -> tuple[tuple[str, ...], ...]:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    table = text.split("| threat |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return tuple(tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in table)


@cache
def functions(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_there_are_sixty_inputs() -> None:
    assert len(rows()) >= 60
    assert len({row[1] for row in rows()}) == len(rows())


@pytest.mark.parametrize("number", range(60))
def test_each_row_names_a_test(number: int) -> None:
    assert len(rows()[number]) == 4


def test_the_named_tests_exist() -> None:
    missing = []
    for row in rows():
        match = re.fullmatch(r"`(tests/[\w/.]+\.py)::(\w+)`", row[3])
        if match is None or match[2] not in functions(match[1]):
            missing.append(row[3])
    assert missing == []
