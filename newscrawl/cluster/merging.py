"""Comparison and merge of segments: exactly one line per version of an article."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from newscrawl.cluster.remote import Remote
from newscrawl.output.feeds import FILE_NAME
from newscrawl.store.check import open_lines
from newscrawl.text.plain import one_line
from newscrawl.urls.canonical import canonical

_NUMBER = re.compile(r"-(\d+)\.jsonl")
_NO_SEGMENTS = (FILE_NAME, "hosts.jsonl")
Kind = Literal["torn", "open", "conflict", "unreadable"]
_SENTENCES: dict[Kind, str] = {
    "torn": "is no whole line of an article",
    "open": "is still being written, or was left by a kill: the next crawl on its machine finishes it",
    "conflict": "says otherwise than the line of the same version in an earlier segment",
    "unreadable": "cannot be read",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault in a segment; ``line`` counts from 1."""

    kind: Kind
    path: Path
    line: int | None = None
    url: str | None = None

    def __str__(self) -> str:
        where = f"{self.path}{f':{self.line}' if self.line else ''}{f': {self.url}' if self.url else ''}"
        return one_line(f"{where} {_SENTENCES[self.kind]}", limit=2000)


@dataclass(slots=True)
class Merged:
    """Result of a merge: segments, lines written, duplicates from a second delivery, and faults."""

    segments: int = 0
    lines: int = 0
    doubled: int = 0
    troubles: list[Trouble] = field(default_factory=list)


def segments_in(paths: Iterable[Path]) -> list[Path]:
    """Return the segments in folders, and files given explicitly, in the order of the runs that wrote them."""
    found = {file for path in paths for file in (path.rglob("*.jsonl*") if path.is_dir() else [path])}
    chosen = [file for file in found if file.name not in _NO_SEGMENTS and not file.name.endswith(".lock")]
    return sorted(chosen, key=order)


def order(segment: Path | Remote) -> tuple[int, str]:
    """Return the sort key of a segment: the number of the run that wrote it."""
    number = _NUMBER.search(segment.name)
    return int(number[1]) if number else 0, str(segment)


def at_hand(segments: Iterable[Path | Remote], folder: Path) -> Iterator[Path]:
    """Yield segments as local files; a remote one is in ``folder`` until the next is requested.

    Raises `newscrawl.exceptions.RemoteError` where one cannot be fetched.
    """
    for segment in segments:
        if isinstance(segment, Path):
            yield segment
        else:
            file = segment.fetch(folder)
            yield file
            file.unlink()


def merge(
    segments: Iterable[Path],
    write: Callable[[bytes], object] = lambda line: None,
    put_aside: Callable[[bytes], object] = lambda line: None,
) -> Merged:
    """Pass each version's line once to ``write``, as it is in the earliest segment.

    A second line with the same text comes from a second delivery and is skipped. One with another text goes to
    ``put_aside`` and is reported. The index of earlier lines is on the disk, not in memory.
    """
    found = Merged()
    with TemporaryDirectory(prefix="newscrawl-merge-") as folder, closing(_index(Path(folder))) as index:
        for segment in segments:
            found.segments += 1
            if segment.name.endswith(".part"):
                found.troubles.append(Trouble("open", segment))
            for number, line, record in _lines(segment, found):
                verdict = _judge(index, record)
                if verdict == "new":
                    found.lines += 1
                    write(line)
                elif verdict == "doubled":
                    found.doubled += 1
                else:
                    found.troubles.append(Trouble("conflict", segment, number, record["url"]))
                    put_aside(line)
    return found


def _lines(segment: Path, found: Merged) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
    try:
        with open_lines(segment) as file:
            for number, line in enumerate(file, 1):
                record = _record(line)
                if record is None:
                    found.troubles.append(Trouble("torn", segment, number))
                else:
                    yield number, line, record
    except (OSError, EOFError):
        found.troubles.append(Trouble("unreadable", segment))


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    if not isinstance(record, dict) or not isinstance(record.get("url"), str):
        return None
    whole = isinstance(record.get("content_hash"), str) and type(record.get("version")) is int
    return record if whole else None


def _index(folder: Path) -> sqlite3.Connection:
    index = sqlite3.connect(folder / "index.db", isolation_level=None)
    index.execute("PRAGMA journal_mode=OFF")
    index.execute("PRAGMA synchronous=OFF")
    index.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, hash BLOB NOT NULL) WITHOUT ROWID")
    index.execute("BEGIN")
    return index


def _judge(index: sqlite3.Connection, record: dict[str, Any]) -> Literal["new", "doubled", "conflict"]:
    """Tell whether a version is new; pages with the same canonical URL are one article if the text is the same."""
    text = sha256(record["content_hash"].encode()).digest()[:16]
    version = record["version"]
    key = canonical(record["url"])
    earlier = index.execute("SELECT hash FROM seen WHERE key = ?", (_digest("at", key, version),)).fetchone()
    if earlier is not None:
        return "doubled" if earlier[0] == text else "conflict"
    named = canonical(record["canonical_url"]) if isinstance(record.get("canonical_url"), str) else key
    names = {_digest("of", name, version, record["content_hash"]) for name in (key, named)}
    is_known = any(index.execute("SELECT 1 FROM seen WHERE key = ?", (name,)).fetchone() for name in names)
    index.execute("INSERT INTO seen VALUES (?, ?)", (_digest("at", key, version), text))
    index.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", [(name, text) for name in names])
    return "doubled" if is_known else "new"


def _digest(*parts: object) -> bytes:
    return sha256("\n".join(map(str, parts)).encode("utf-8", "replace")).digest()[:16]
