from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newscrawl.cluster.merging import merge, segments_in
from tests.records import record
from tests.support import run_scrapy


def line(number: int, **fields: Any) -> bytes:
    return json.dumps(record(f"https://a.example/{number}", seed=number, **fields)).encode() + b"\n"


def write(folder: Path, name: str, *lines: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(lines))
    return path


def merged(folder: Path) -> tuple[Any, list[bytes], list[bytes]]:
    lines: list[bytes] = []
    aside: list[bytes] = []
    return merge(segments_in([folder]), lines.append, aside.append), lines, aside


def test_lines_doubled_by_a_second_delivery_collapse(tmp_path: Path) -> None:
    write(tmp_path, "a.example/2026-11-22/w1-1.jsonl", line(1), line(2))
    write(tmp_path, "a.example/2026-11-22/w2-7.jsonl", line(2, fetched_at="2026-11-22T10:00:00Z"), line(3))
    found, lines, aside = merged(tmp_path)
    assert lines == [line(1), line(2), line(3)], "the earlier run's line stands"
    assert (found.lines, found.doubled, found.troubles, aside) == (3, 1, [], [])


def test_the_earlier_run_goes_first_whatever_its_name(tmp_path: Path) -> None:
    write(tmp_path, "z.example/2026-11-23/zz-2.jsonl", line(1))
    write(tmp_path, "a.example/2026-11-22/aa-10.jsonl", line(1, fetched_at="later"))
    assert merged(tmp_path)[1] == [line(1)]


def test_versions_are_lines_of_their_own(tmp_path: Path) -> None:
    second = record("https://a.example/1", seed=9, version=2)
    lines = line(1), json.dumps(second).encode() + b"\n"
    write(tmp_path, "w-1.jsonl", *lines)
    found, written, _ = merged(tmp_path)
    assert written == list(lines)
    assert found.troubles == []


def test_lines_that_contradict_each_other_are_reported_and_kept(tmp_path: Path) -> None:
    write(tmp_path, "w-1.jsonl", line(1))
    other = json.dumps(record("http://www.a.example/1?utm_source=x", seed=2)).encode() + b"\n"
    write(tmp_path, "w-2.jsonl", other)
    found, lines, aside = merged(tmp_path)
    assert (lines, aside) == ([line(1)], [other])
    assert [trouble.kind for trouble in found.troubles] == ["conflict"]
    assert "w-2.jsonl:1: http://www.a.example/1?utm_source=x says otherwise" in str(found.troubles[0])


@pytest.mark.parametrize(("same_text", "count"), [(True, 1), (False, 2)])
def test_one_canonical_address_is_one_article_where_the_text_is_one(
    tmp_path: Path, same_text: bool, count: int
) -> None:
    named = "https://a.example/the-story"
    one = record("https://a.example/1", seed=1, canonical_url=named)
    two = record("https://a.example/2", seed=1 if same_text else 2, canonical_url=named)
    write(tmp_path, "w-1.jsonl", *(json.dumps(row).encode() + b"\n" for row in (one, two)))
    found, lines, _ = merged(tmp_path)
    assert len(lines) == count
    assert found.troubles == []


@pytest.mark.parametrize("tail", [line(2)[:-1], b'{"url": "x"}\n', b"no json\n", b"[1]\n", line(2)[:100]])
def test_what_is_no_whole_line_is_reported(tmp_path: Path, tail: bytes) -> None:
    write(tmp_path, "w-1.jsonl", line(1), tail)
    found, lines, _ = merged(tmp_path)
    assert lines == [line(1)]
    assert [(trouble.kind, trouble.line) for trouble in found.troubles] == [("torn", 2)]


def test_a_segment_that_is_still_written_is_read_and_reported(tmp_path: Path) -> None:
    write(tmp_path, "w-1.jsonl.part", line(1))
    found, lines, _ = merged(tmp_path)
    assert lines == [line(1)]
    assert [trouble.kind for trouble in found.troubles] == ["open"]


def test_lists_of_failures_are_no_segments(tmp_path: Path) -> None:
    write(tmp_path, "failures.jsonl", b'{"url": null}\n')
    write(tmp_path, "w-1.jsonl", line(1))
    assert [path.name for path in segments_in([tmp_path])] == ["w-1.jsonl"]


def test_the_command(tmp_path: Path) -> None:
    write(tmp_path, "segments/a.example/2026-11-22/w1-1.jsonl", line(1), line(2))
    write(tmp_path, "segments/a.example/2026-11-22/w2-2.jsonl", line(2))
    done = run_scrapy(tmp_path, "segments", "merge", "-O", "all.jsonl")
    assert (done.code, done.out) == (0, "2 segments, 2 lines, 1 doubled by a second delivery, 0 troubles\n")
    assert (tmp_path / "all.jsonl").read_bytes() == line(1) + line(2)
    assert not (tmp_path / "all.jsonl.conflicts").exists()
    write(tmp_path, "segments/a.example/2026-11-22/w3-3.jsonl", line(3)[:-5])
    done = run_scrapy(tmp_path, "segments", "check")
    assert done.code == 3
    assert "w3-3.jsonl:1 is no whole line of an article" in done.err
    assert run_scrapy(tmp_path, "segments", "merge").code == 2
    assert "no folder nowhere" in run_scrapy(tmp_path, "segments", "check", "nowhere").err


def test_a_place_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    done = run_scrapy(tmp_path, "segments", "check", "gs://papers/first")
    assert (done.code, done.out) == (3, "")
    assert done.err == "newscrawl: gs://papers cannot be read: give a folder, or s3://…\n"
