from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.parsing.encoding import decode
from newscrawl.readers.corpus import read_corpus, utc
from newscrawl.readers.record import Problem, Record

LIMIT = 10_000


def read(path: Path, data: bytes) -> list[Record | Problem]:
    path.write_bytes(data)
    return list(read_corpus(path, LIMIT))


@pytest.mark.parametrize(("name", "media"), [("a.txt", "text"), ("b.MD", "markdown")])
def test_file(tmp_path: Path, name: str, media: str) -> None:
    (record,) = read(tmp_path / name, "Höhe\n".encode())
    assert isinstance(record, Record)
    assert (record.url, record.media, record.body) == ((tmp_path / name).as_uri(), media, "Höhe\n".encode())
    assert record.fetched_at is None


def test_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    data = (
        b'\xef\xbb\xbf{"url": "https://a.example/1", "text": "One.", "headline": "H", "date_published": "2024-05-01",'
        b' "in_language": "en", "fetched_at": "2024-05-01T12:00:00+02:00", "other": 1}\n'
        b"\n"
        b'{"text": "Two."}\r\n'
        b'{"url": "", "text": ""}'
    )
    first, second, third = (found for found in read(path, data) if isinstance(found, Record))
    assert (first.url, first.body, first.fetched_at) == ("https://a.example/1", b"One.", "2024-05-01T10:00:00Z")
    assert first.facts == {"headline": "H", "date_published": "2024-05-01", "in_language": "en"}
    assert second.url == path.as_uri() + "#3"
    assert (third.url, third.body) == (path.as_uri() + "#4", b"")


@pytest.mark.parametrize(
    "row",
    [
        b"[1, 2]",
        b'"text"',
        b'{"url": "https://a.example/", "text": "cut he',
        b'{"url": "https://a.example/"}',
        b'{"url": "https://a.example/", "text": 7}',
        b'{"text": "\xff\xfe"}',
        b"[" * 5000,
        b"nonsense",
    ],
)
def test_bad_row_is_named_and_the_rest_goes_on(tmp_path: Path, row: bytes) -> None:
    path = tmp_path / "rows.jsonl"
    found = read(path, b'{"text": "before"}\n' + row + b'\n{"text": "after"}\n')
    assert [type(x) for x in found] == [Record, Problem, Record]
    problem = found[1]
    assert isinstance(problem, Problem)
    assert problem.place == f"{path}, line 2"
    assert problem.damage


def test_lone_surrogates_do_not_stop_a_row(tmp_path: Path) -> None:
    (record,) = read(tmp_path / "rows.jsonl", b'{"url": "https://a.example/", "text": "a\\ud800b"}')
    assert isinstance(record, Record)
    assert record.body == b"a?b"


def test_too_large(tmp_path: Path) -> None:
    found = read(tmp_path / "rows.jsonl", b'{"text": "' + b"x" * 25_000 + b'"}\n{"text": "next"}\n')
    assert [type(x) for x in found] == [Problem, Record]
    (problem,) = read(tmp_path / "a.txt", b"x" * 20_000)
    assert isinstance(problem, Problem)


def test_empty_file(tmp_path: Path) -> None:
    (problem,) = read(tmp_path / "a.txt", b"")
    assert isinstance(problem, Problem)
    assert (problem.reason, problem.damage) == ("empty", True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-01T12:00:00Z", "2024-05-01T12:00:00Z"),
        ("2024-05-01 12:00:00", "2024-05-01T12:00:00Z"),
        ("2024-05-01T12:00:00-05:00", "2024-05-01T17:00:00Z"),
        ("2024-05-01", "2024-05-01"),
        ("yesterday", None),
        (1714564800, None),
        (None, None),
    ],
)
def test_fetched_at(value: object, expected: str | None) -> None:
    assert utc(value) == expected


def test_file_without_text_is_named_as_what_it_is(tmp_path: Path) -> None:
    (problem,) = read(tmp_path / "a.txt", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    assert isinstance(problem, Problem)
    assert (problem.reason, problem.damage) == ("binary", True)
    assert "PDF" in problem.detail


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", ["Паром снова ходит по средам.\n\nБилеты бесплатны.", "Die Fähre fährt.\n\nAm Montag."]
)
def test_each_unicode_encoding_is_read(tmp_path: Path, encoding: str, text: str) -> None:
    (record,) = read(tmp_path / "a.txt", text.encode(encoding))
    assert isinstance(record, Record)
    assert decode(record.body, record.headers.get("Content-Type"))[0] == text
