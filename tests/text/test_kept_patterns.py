"""Patterns kept compiled: the same as Python's own, made again where the file or Python's compiler is another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from re import _compiler  # type: ignore[attr-defined]

import pytest

from newscrawl.text import kept_patterns
from newscrawl.text.kept_patterns import compiled

PATTERNS = [
    (r"[\u3040-\u30ff\u3400-\u9fff]", 0),
    (r"(?:(?:photo by|photo)(?P<colon>\s?:)?\s|(?:von)[:：])\s?(x)?", 0),
    (r"(?i)(?P<day>\d{1,2})\.\s?(?P<month>märz|ΜΑΡΤΊΟΥ)", 0),
    (r"^ferry$", re.MULTILINE | re.IGNORECASE),
    ("ferry.+wexmouth  # a comment", re.DOTALL | re.VERBOSE | re.ASCII),
]
TEXTS = ["photo by : Ada", "Von: x", "3. MÄRZ", "7.Μαρτίου", "a\nFERRY\nb", "ferry\nto wexmouth", "ferry海フェリー"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("NEWSCRAWL_CACHE_DIR", str(tmp_path))
    known = kept_patterns._known
    known.cache_clear()
    yield tmp_path
    known.cache_clear()


def found(pattern: re.Pattern[str]) -> list[object]:
    matches = [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for text in TEXTS for m in pattern.finditer(text)]
    return [pattern.pattern, pattern.flags, pattern.groups, dict(pattern.groupindex), matches]


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_kept_pattern_is_that_of_python(pattern: str, flags: int, monkeypatch: pytest.MonkeyPatch) -> None:
    own = found(re.compile(pattern, flags))
    assert own[-1]
    assert found(compiled(pattern, flags)) == own
    kept_patterns._known.cache_clear()  # as the next start

    def never(*_: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(_compiler, "_code", never)
    assert found(compiled(pattern, flags)) == own


@pytest.mark.parametrize("error", [AttributeError, TypeError])
def test_another_python_compiles_it_itself(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def other(*_: object) -> None:
        raise error("another compiler")

    monkeypatch.setattr(kept_patterns, "_code", other)
    assert compiled("[ab]+").findall("abc ba") == ["ab", "ba"]


def test_code_that_is_none_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_patterns, "_known", lambda: {"0 [ab]+": (32, b"\xff" * 8, 0, {}, (None,))})
    assert compiled("[ab]+").findall("abc ba") == ["ab", "ba"]


def test_a_wrong_pattern_is_refused() -> None:
    with pytest.raises(re.error):
        compiled("(ab")


def test_no_more_than_some_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_patterns, "_MOST", 3)
    for count in range(1, 9):
        assert compiled(f"a{{{count}}}").fullmatch("a" * count)
    kept_patterns._known.cache_clear()
    assert 0 < len(kept_patterns._known()) <= 3
