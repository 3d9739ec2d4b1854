from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import brotli
import pytest

from newscrawl.readers.record import Problem, Record
from newscrawl.readers.warc import read_warc
from newscrawl.readers.zstd_frames import zstd
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
        (b"\x1f\x8b\x08\x00" + 10 * b"garbage", "damaged"),
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


def with_header(data: bytes, line: str) -> bytes:
    """Return an archive whose last record has one WARC header more."""
    before, after = data.rsplit(b"WARC-Date:", 1)
    return before + line.encode() + b"\r\nWARC-Date:" + after


@pytest.mark.parametrize("why", ["length", "time", "disconnect", "unspecified"])
def test_a_truncated_record_is_reported_and_no_page(tmp_path: Path, why: str) -> None:
    data = with_header(warc_bytes(*THREE[:2], gzip=False), f"WARC-Truncated: {why}")
    records, (problem,) = read(tmp_path, data, "x.warc")
    assert [record.url for record in records] == [THREE[0].url]
    assert (problem.reason, problem.url, problem.damage) == ("cut-short", THREE[1].url, False)
    assert why in problem.detail


@pytest.mark.parametrize(
    ("kind", "content_type", "identified", "pages"),
    [
        ("response", "text/plain", "text/html", 1),
        ("response", "application/octet-stream", "application/xhtml+xml", 1),
        ("response", "application/octet-stream", "application/pdf", 0),
        ("response", "application/pdf", "text/html", 0),
        ("resource", "text/html", "", 1),
        ("conversion", "text/html; charset=utf-8", "", 1),
        ("conversion", "text/plain", "", 0),
    ],
)
def test_types_of_records_and_bodies(tmp_path: Path, kind: str, content_type: str, identified: str, pages: int) -> None:
    made = Entry("https://a.example/1", page().encode(), headers=(("Content-Type", content_type),), kind=kind)
    data = warc_bytes(made, gzip=False)
    if kind == "conversion":
        data = converted(data, content_type)
    if identified:
        data = with_header(data, f"WARC-Identified-Payload-Type: {identified}")
    records, problems = read(tmp_path, data, "x.warc")
    assert len(records) == pages
    assert [problem.reason for problem in problems] == ([] if pages or kind == "conversion" else ["not-html"])
    assert all("html" in record.headers["Content-Type"] for record in records)


def converted(data: bytes, content_type: str) -> bytes:
    """Return an archive with the body of its last record alone, as a conversion record."""
    start = data.rindex(b"WARC/1.0")
    body = page().encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://a.example/1\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-05-03T18:19:08Z\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return data[:start] + head.encode() + body + b"\r\n\r\n"


def test_a_body_in_zstandard(tmp_path: Path) -> None:
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "zstd"))
    made = [
        Entry("https://a.example/1", zstd.compress(page().encode()), headers=headers),
        Entry("https://a.example/2", page().encode(), headers=headers),  # kept as it was read
        Entry("https://a.example/3", zstd.compress(bytes(LIMIT + 1)), headers=headers),
    ]
    records, problems = read(tmp_path, warc_bytes(*made))
    assert [record.body for record in records] == [page().encode()] * 2
    assert [problem.reason for problem in problems] == ["too-large"]


def zstd_file(*entries: Entry, dictionary: bytes = b"", packed: bool = False) -> bytes:
    """Return a WARC file with a Zstandard frame for each record, and a dictionary before them."""
    trained = zstd.ZstdDict(dictionary, is_raw=True) if dictionary else None
    data = b"".join(
        zstd.compress(b"WARC/1.0" + record, zstd_dict=trained)
        for record in warc_bytes(*entries, gzip=False).split(b"WARC/1.0")[1:]
    )
    if not dictionary:
        return data
    content = zstd.compress(dictionary) if packed else dictionary
    return b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content + data


@pytest.mark.parametrize(("dictionary", "packed"), [(b"", False), (page().encode(), False), (page().encode(), True)])
def test_a_file_in_zstandard(tmp_path: Path, dictionary: bytes, packed: bool) -> None:
    data = zstd_file(*THREE, dictionary=dictionary, packed=packed)
    records, problems = read(tmp_path, data, "x.warc.zst")
    assert [record.url for record in records] == [item.url for item in THREE]
    assert records[0].body == THREE[0].body
    assert problems == []


def test_a_damaged_and_a_cut_file_in_zstandard(tmp_path: Path) -> None:
    data = zstd_file(*THREE)
    second = [at for at in range(len(data)) if data.startswith(b"\x28\xb5\x2f\xfd", at)][2]
    broken = bytearray(data)
    broken[second + 8 : second + 40] = bytes(32)
    records, (problem,) = read(tmp_path, bytes(broken), "x.warc.zst")
    assert [record.url for record in records] == [THREE[0].url, THREE[2].url]
    assert (problem.reason, problem.damage) == ("damaged", True)
    records, (problem,) = read(tmp_path, data[:-20], "x.warc.zst")
    assert (len(records), problem.reason) == (2, "truncated")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"filedesc://x.arc 0.0.0.0 20010203040506 text/plain 76\n1 0 X\n", "ARC"),
        (gzip.compress(b"filedesc://x.arc.gz 0.0.0.0 20010203040506 text/plain 76\n", mtime=0), "ARC"),
        (b"\x04\x22\x4d\x18" + bytes(40), "LZ4"),
        (b"PK\x03\x04" + bytes(40), "WACZ"),
    ],
    ids=["arc", "arc.gz", "lz4", "wacz"],
)
def test_files_of_other_formats_are_called_by_their_names(tmp_path: Path, data: bytes, name: str) -> None:
    records, problems = read(tmp_path, data)
    assert records == []
    assert (problems[-1].reason, problems[-1].damage) == ("not-warc", True)
    assert name in problems[-1].detail
