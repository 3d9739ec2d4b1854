"""The field in a line: two decimals from 0 to 1, or null; lines of another form are read all the same."""

from __future__ import annotations

import doctest
import json
from typing import Any

import pytest

from newscrawl.items import FIELDS, Article
from newscrawl.record import completion
from newscrawl.record.completion import complete
from newscrawl.record.reading import read_record
from newscrawl.record.schema import record_schema


def test_examples() -> None:
    assert doctest.testmod(completion).failed == 0


def test_place_and_type_in_the_contract() -> None:
    assert FIELDS[FIELDS.index("removed") + 1] == "confidence"
    assert record_schema()["properties"]["confidence"] == {"type": ["number", "null"], "minimum": 0, "maximum": 1}


@pytest.mark.parametrize(("given", "kept"), [(0.98765, 0.99), (0, 0.0), (1, 1.0), (None, None)])
def test_a_complete_record_has_two_decimals(given: float | None, kept: float | None) -> None:
    article = Article(blocks=[{"type": "paragraph", "text": "It sails.", "time": None}], confidence=given)
    complete(article)
    assert article.confidence == kept


def test_a_record_without_body_has_none() -> None:
    article = Article(confidence=0.8)
    complete(article)
    assert article.confidence is None


@pytest.mark.parametrize(
    ("value", "read"), [(0.5, 0.5), (1, 1.0), ("0.5", None), (True, None), (1.5, None), (-1, None), ([], None)]
)
def test_reading_of_lines(value: Any, read: float | None) -> None:
    line = json.dumps({"schema_version": 1, "blocks": [], "confidence": value}).encode()
    record = read_record(line)
    assert record is not None
    assert record["confidence"] == read


def test_lines_of_former_versions_have_none() -> None:
    record = read_record(b'{"schema_version": 1, "blocks": []}')
    assert record is not None
    assert record["confidence"] is None
