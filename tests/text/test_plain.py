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


@pytest.mark.parametrize(
    "value",
    [
        {"a": ["é", 1, None]},
        ["x" * 0xED, "\xa0" * 0x7F, "\xf1" * 0xFF, "\x7f", -1, 0xFFF0, 1e308],
        ["한국의 \ud7ff", "\ue000", "😀", 1.5],
        {"a": {1, 2}, "b": b"\xed\xa0\x80"},
    ],
)
def test_scrub_keeps_what_is_fit(value: object) -> None:
    assert scrub(value) is value


@pytest.mark.parametrize("before", ["", "a", "é", "한", "\ud7ff", "\U0010ffff", "x" * 0xED])
@pytest.mark.parametrize("unfit", [0xD800, 0xDBFF, 0xDC00, 0xDFFF, float("nan"), float("inf"), float("-inf")])
def test_scrub_finds_what_is_unfit_anywhere(before: str, unfit: float) -> None:
    value = {before: [before, {"a": f"{before}{chr(unfit)}z" if isinstance(unfit, int) else unfit}]}
    assert json.dumps(scrub(value), ensure_ascii=False, allow_nan=False).encode("utf-8")


def test_line_breakers_are_escaped_and_read_back() -> None:
    line = json.dumps({"a": "x\u2028y\u2029z\x85"}, ensure_ascii=False)
    escaped = escape_line_breakers(line)
    assert len(escaped.splitlines()) == 1
    assert json.loads(escaped) == json.loads(line)
