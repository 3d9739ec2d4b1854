from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import brotli
import pytest

from newscrawl.readers.record import Problem, Record
from newscrawl.readers.warc import read_warc
from tests.support import Entry, entry, page, warc_bytes

LIMIT = 1_000_000
THREE = [entry(f"https://paper{number}.example/story") for number in (1, 2, 3)]


def read(folder: Path, data: bytes, name: str = "x.warc.gz") -> tuple[list[Record], list[Problem]]:
    path = folder / name
    path.write_bytes(data)
    found = list(read_warc(path, LIMIT))
    return [x for x in found if isinstance(x, Record)], [x for x in found if isinstance(x, Problem)]


def members(data: bytes) -> list[int]:
    return [at for at in range(len(data)) if data.startswith(b"\x1f\x8b\x08\x00", at)]


@pytest.mark.parametrize("compressed", [True, False])
def test_records_in_order(tmp_path: Path, compressed: bool) -> None:
    records, problems = read(tmp_path, warc_bytes(*THREE, gzip=compressed))
    assert [r.url for r in records] == [e.url for e in THREE]
    assert records[0].body == THREE[0].body
    assert records[0].fetched_at == "2024-05-03T18:19:08Z"
    assert records[0].headers["Content-Type"] == "text/html; charset=utf-8"
    assert records[0].place.endswith("x.warc.gz, record 2")  # the first is the warcinfo
    assert not problems


def test_one_gzip_member_for_the_whole_file(tmp_path: Path) -> None:
    records, problems = read(tmp_path, gzip.compress(warc_bytes(*THREE, gzip=False)))
    assert (len(records), problems) == (3, [])


@pytest.mark.parametrize(
    ("uri", "url"),
    [
        ("https://a.example/a b?c=ü", "https://a.example/a b?c=ü"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("https://a.example/%7Ex/../y#z", "https://a.example/%7Ex/../y#z"),
    ],
)
def test_address_byte_for_byte(tmp_path: Path, uri: str, url: str) -> None:
    data = warc_bytes(entry("https://placeholder.example/", page()), gzip=False)
    records, _ = read(tmp_path, data.replace(b"https://placeholder.example/", uri.encode()))
    assert [r.url for r in records] == [url]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (entry("https://a.example/", status="404 Not Found"), "http-404"),
        (entry("https://a.example/", status="301 Moved"), "http-301"),
        (entry("https://a.example/", status="OK"), "malformed"),
        (entry("https://a.example/", headers=[("Content-Type", "application/pdf")]), "not-html"),
        (Entry("https://a.example/", b"%PDF-1.4", headers=[("X-None", "1")]), "not-html"),
        (entry("https://a.example/", kind="revisit"), "revisit"),
        (Entry("https://a.example/", b"<html>" + b"x" * LIMIT), "too-large"),
    ],
)
def test_passed_over_with_a_reason(tmp_path: Path, item: Entry, reason: str) -> None:
    records, problems = read(tmp_path, warc_bytes(item, THREE[0]))
    assert [r.url for r in records] == [THREE[0].url]
    assert [(p.reason, p.url, p.damage) for p in problems] == [(reason, "https://a.example/", False)]


@pytest.mark.parametrize("kind", ["request", "metadata"])
def test_other_records_are_no_documents(tmp_path: Path, kind: str) -> None:
    data = warc_bytes(entry("https://a.example/", kind=kind, status="GET / HTTP/1.1"), THREE[0])
    records, problems = read(tmp_path, data)
    assert (len(records), problems) == (1, [])


def test_resource_records_and_pages_without_type(tmp_path: Path) -> None:
    html = page().encode()
    resource = Entry("https://a.example/", html, kind="resource")
    untyped = Entry("https://b.example/", html, headers=[("X", "1")])
    records, problems = read(tmp_path, warc_bytes(resource, untyped))
    assert [r.body for r in records] == [html, html]
    assert not problems


def test_empty_page_is_a_document(tmp_path: Path) -> None:
    records, _ = read(tmp_path, warc_bytes(Entry("https://a.example/", b"")))
    assert [r.body for r in records] == [b""]


def _chunked(body: bytes) -> bytes:
    middle = len(body) // 2
    parts = body[:middle], body[middle:]
    return b"".join(f"{len(part):x};ext=1\r\n".encode() + part + b"\r\n" for part in parts) + b"0\r\n\r\n"


HTML = page().encode()


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        (gzip.compress(HTML, mtime=0), {"Content-Encoding": "gzip"}),
        (zlib.compress(HTML), {"Content-Encoding": "deflate"}),
        (zlib.compress(HTML)[2:-4], {"Content-Encoding": "deflate"}),
        (brotli.compress(HTML), {"Content-Encoding": "br"}),
        (_chunked(HTML), {"Transfer-Encoding": "chunked"}),
        (_chunked(gzip.compress(HTML, mtime=0)), {"Transfer-Encoding": "Chunked", "Content-Encoding": "GZIP"}),
        (HTML, {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}),  # the archive undid both
        (HTML, {"Content-Encoding": "br"}),
        (HTML, {"Content-Length": "7"}),
        (HTML, {"Content-Length": "99999999"}),
    ],
)
def test_bodies_as_a_browser_has_them(tmp_path: Path, sent: bytes, headers: dict[str, str]) -> None:
    item = Entry("https://a.example/", sent, headers=[("Content-Type", "text/html"), *headers.items()])
    records, problems = read(tmp_path, warc_bytes(item))
    assert [r.body for r in records] == [HTML]
    assert not problems
    assert not {name.lower() for name in records[0].headers} & {"content-encoding", "transfer-encoding"}


def test_bomb_is_too_large(tmp_path: Path) -> None:
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    bomb = Entry("https://a.example/", gzip.compress(b"<html>" + b"\0" * 5_000_000), headers=headers)
    records, problems = read(tmp_path, warc_bytes(bomb, THREE[0]))
    assert len(records) == 1
    assert [p.reason for p in problems] == ["too-large"]


@pytest.mark.parametrize("compressed", [True, False])
def test_truncated(tmp_path: Path, compressed: bool) -> None:
    records, problems = read(tmp_path, warc_bytes(*THREE, gzip=compressed)[:-100])
    assert [r.url for r in records] == [e.url for e in THREE[:2]]
    assert [(p.reason, p.damage) for p in problems] == [("truncated", True)]
    assert "record 4" in problems[0].detail
    assert "byte" in problems[0].detail


def test_reading_goes_on_behind_a_damaged_record(tmp_path: Path) -> None:
    data = bytearray(warc_bytes(*THREE))
    second = members(bytes(data))[2]
    data[second + 150 : second + 170] = bytes(20)
    records, problems = read(tmp_path, bytes(data))
    assert [r.url for r in records] == [THREE[0].url, THREE[2].url]
    assert [(p.reason, p.damage) for p in problems] == [("damaged", True)]
    assert f"byte {second}" in problems[0].detail


def test_checksum_that_does_not_fit(tmp_path: Path) -> None:
    data = bytearray(warc_bytes(*THREE))
    data[members(bytes(data))[2] - 6] ^= 1  # in the trailer of the first page's member
    records, problems = read(tmp_path, bytes(data))
    assert [r.url for r in records] == [e.url for e in THREE[1:]]
    assert [p.reason for p in problems] == ["damaged"]


def test_length_too_short_costs_one_record(tmp_path: Path) -> None:
    data = warc_bytes(*THREE, gzip=False)
    first = data.index(b"Content-Length: ", data.index(b"paper1.example"))
    end = data.index(b"\r\n", first)
    records, problems = read(tmp_path, data[:first] + b"Content-Length: 90" + data[end:], "x.warc")
    assert [r.url for r in records][-2:] == [e.url for e in THREE[1:]]
    assert "damaged" in [p.reason for p in problems]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"no archive at all\n" * 500, "not-warc"),
        (gzip.compress(b"no archive at all\n" * 500, mtime=0), "not-warc"),
        (b"\x00" * 100_000, "not-warc"),
        (b"\x1f\x8b\x08garbage", "damaged"),
        (gzip.compress(b"x" * 5000, mtime=0)[:-9], "truncated"),
    ],
)
def test_what_is_no_archive(tmp_path: Path, data: bytes, reason: str) -> None:
    records, problems = read(tmp_path, data)
    assert not records
    assert [(p.reason, p.damage) for p in problems] == [(reason, True)]
    assert str(tmp_path) in problems[0].place


def test_missing_file(tmp_path: Path) -> None:
    assert [p.reason for p in read_warc(tmp_path / "none", LIMIT) if isinstance(p, Problem)] == ["unreadable"]
