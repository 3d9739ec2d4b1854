"""The store held against the files: each line that counts as seen is there once, and no line is there uncounted."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, cast

from newscrawl.store.line_formats import LINE_FORMATS
from newscrawl.store.store import Store
from newscrawl.text.plain import one_line

Kind = Literal["missing", "uncounted", "twice", "torn", "no-file", "unreadable", "open"]
_SENTENCES: dict[Kind, str] = {
    "missing": "counts as seen, and its line is not there",
    "uncounted": "is there, and does not count as seen",
    "twice": "is there more than once",
    "torn": "is no whole line",
    "no-file": "is no longer there: {lines} lines count as seen",
    "unreadable": "cannot be read",
    "open": "is still open: a run is on, or the next one will finish it",
}
_OPENERS: tuple[tuple[bytes, Callable[..., Any]], ...] = (
    (b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ", lzma.open),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoreTrouble:
    """Where store and files disagree. ``url`` and ``version`` name the line, as far as one is meant."""

    kind: Kind
    path: str
    url: str | None = None
    version: int | None = None
    output: int | None = None
    lines: int = 0

    def __str__(self) -> str:
        what = f"{self.path}: {self.url} (version {self.version})" if self.url else self.path
        return one_line(f"{what} {_SENTENCES[self.kind].format(lines=self.lines)}", limit=2000)


def check(store: Store) -> Iterator[StoreTrouble]:
    """Yield where the store and this machine's files of JSON Lines disagree; other formats are only looked for."""
    for row in store.outputs.all():
        if row.host != store.outputs.host or row.state == "gone":
            continue
        path = Path(row.path)
        if row.state != "closed":
            yield StoreTrouble("open", row.writing, output=row.id)
        elif not path.is_file():
            if row.counted:
                yield StoreTrouble("no-file", row.path, output=row.id, lines=row.counted)
        elif row.format in LINE_FORMATS:
            yield from _compare(store, row, path)


def _compare(store: Store, row: Any, path: Path) -> Iterator[StoreTrouble]:
    with store.database.read() as connection:
        query = "SELECT url, version, content_hash FROM lines WHERE output = :output"
        counted = Counter(tuple(line) for line in connection.stream(query, output=row.id))
    there: Counter[tuple[str, int, str]] = Counter()
    try:
        with open_lines(path) as file:
            for line in file:
                key = _key(line)
                if key is None:
                    yield StoreTrouble("torn", row.path, output=row.id)
                elif key[2]:  # without a hash it is another program's
                    there[key] += 1
    except (OSError, EOFError, lzma.LZMAError):
        yield StoreTrouble("unreadable", row.path, output=row.id)
        return
    for key in counted.keys() | there.keys():
        kinds: tuple[tuple[Kind, bool], ...] = (
            ("missing", there[key] < counted[key]),
            ("uncounted", not counted[key]),
            ("twice", there[key] > 1 and there[key] > counted[key]),
        )
        for kind, is_so in kinds:
            if is_so:
                yield StoreTrouble(kind, row.path, key[0], key[1], row.id)


def _key(line: bytes) -> tuple[str, int, str] | None:
    try:
        record = json.loads(line)
        if not line.endswith(b"\n"):
            return None
        return str(record.get("url")), int(record.get("version") or 1), str(record.get("content_hash") or "")
    except (ValueError, AttributeError, TypeError):
        return None


def open_lines(path: Path, mode: Literal["rb", "wb"] = "rb", *, like: Path | None = None) -> IO[bytes]:
    """Open a file of lines, compressed or not by what it begins with; to be written, by what ``like`` begins with."""
    with (like or path).open("rb") as file:
        start = file.read(6)
    opener = next((opener for magic, opener in _OPENERS if start.startswith(magic)), open)
    return cast("IO[bytes]", opener(path, mode))
