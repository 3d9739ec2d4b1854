from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawl.items import FIELDS
from tests.golden.cases import Case, all_cases, crawl_cases, shown


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return crawl_cases(all_cases(), tmp_path_factory.mktemp("golden"))


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_golden(case: Case, records: dict[str, dict[str, Any]]) -> None:
    assert case.name in records, f"{case.name}: no line came of it"
    record = shown(records[case.name])
    assert tuple(records[case.name]) == FIELDS
    expected = case.expected
    assert expected, f"a new case: make golden CASE={case.name}"
    wrong = [
        f"{name}\n  expected {json.dumps(value, ensure_ascii=False)}\n  got      {_text(record[name])}"
        for name, value in expected.items()
        if record[name] != value
    ]
    assert not wrong, f"{case.name}; if the new values are right: make golden CASE={case.name}\n" + "\n".join(wrong)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
