from __future__ import annotations

import json

import pytest

from newscrawl.text.plain import escape_line_breakers, one_line, scrub


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain ü", "plain ü"),
        ("a\nb", "a\\x0ab"),
        ("a\r\x1b[31mred", "a\\x0d\\x1b[31mred"),
        ("a\u2028b\u202eb", "a\\u2028b\\u202eb"),
        ("a\ud800b", "a?b"),
    ],
)
def test_one_line(text: str, expected: str) -> None:
    assert one_line(text) == expected


def test_one_line_is_bounded() -> None:
    assert len(one_line("x" * 10_000)) == 501


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),  # a pair of surrogates is one character
        (float("nan"), None),
        (float("inf"), None),
        (1.5, 1.5),
        ({"a": ["\udfff", {"b": float("nan")}]}, {"a": ["\ufffd", {"b": None}]}),
        (("x", "\ud800"), ["x", "\ufffd"]),
        (None, None),
    ],
)
def test_scrub(value: object, expected: object) -> None:
    assert scrub(value) == expected


def test_scrub_keeps_what_is_fit() -> None:
    value = {"a": ["é", 1, None]}
    assert scrub(value) is value


def test_line_breakers_are_escaped_and_read_back() -> None:
    line = json.dumps({"a": "x\u2028y\u2029z\x85"}, ensure_ascii=False)
    escaped = escape_line_breakers(line)
    assert len(escaped.splitlines()) == 1
    assert json.loads(escaped) == json.loads(line)
