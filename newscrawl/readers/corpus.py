"""Documents whose text was extracted elsewhere: `.txt` and `.md` files, and `.jsonl` rows of ``url`` and ``text``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawl.extraction.document import Media
from newscrawl.parsing.binary import binary_kind, unmarked_utf16
from newscrawl.readers.paths import CORPUS_SUFFIXES
from newscrawl.readers.record import Problem, Record

SUFFIXES = CORPUS_SUFFIXES
FACTS = ("headline", "date_published", "in_language")


def read_corpus(path: Path, limit: int) -> Iterator[Record | Problem]:
    """Yield each document of the file, and a `Problem` for each that cannot be read; never raises.

    ``limit``: bytes of a document (a file, a row); larger ones are skipped.
    """
    try:
        if path.stat().st_size == 0:
            yield Problem("empty", "the file is empty", str(path), damage=True)
        elif path.suffix.lower() == ".jsonl":
            yield from _rows(path, limit)
        else:
            yield _text(path, limit)
    except OSError as error:
        yield Problem("unreadable", error.strerror or str(error), str(path), damage=True)


def _text(path: Path, limit: int) -> Record | Problem:
    with path.open("rb") as file:
        body = file.read(limit + 1)
    if len(body) > limit:
        return Problem("too-large", f"more than {limit} bytes", str(path), url=path.as_uri(), damage=True)
    if kind := binary_kind(body):
        return Problem("binary", f"the file holds no text: it is {kind}", str(path), url=path.as_uri(), damage=True)
    media: Media = "markdown" if path.suffix.lower() == ".md" else "text"
    order = unmarked_utf16(body)
    headers = {"Content-Type": f"text/plain; charset={order}"} if order else {}
    return Record(url=path.as_uri(), body=body, place=str(path), media=media, headers=headers)


def _rows(path: Path, limit: int) -> Iterator[Record | Problem]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(limit + 1):
            number += 1
            place = f"{path}, line {number}"
            if len(line) > limit and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):
                    line = file.readline(limit)
                yield Problem("too-large", f"a row of more than {limit} bytes", place, damage=True)
            elif line.strip():
                yield _row(line, f"{path.as_uri()}#{number}", place)


def _row(line: bytes, own_url: str, place: str) -> Record | Problem:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Problem("bad-row", "the row is not UTF-8", place, damage=True)
    except (ValueError, RecursionError):
        return Problem("bad-row", "the row is not JSON: truncated or damaged", place, damage=True)
    if not isinstance(row, dict):
        return Problem("bad-row", 'the row is no JSON object {"url": …, "text": …}', place, damage=True)
    url = row.get("url") if isinstance(row.get("url"), str) and row["url"].strip() else None
    text = row.get("text")
    if not isinstance(text, str):
        return Problem("bad-row", 'the row has no "text"', place, url=url, damage=True)
    return Record(
        url=url or own_url,
        body=text.encode("utf-8", "replace"),
        place=place,
        media="text",
        headers={"Content-Type": "text/plain; charset=utf-8"},
        fetched_at=utc(row.get("fetched_at")),
        facts={name: row[name] for name in FACTS if isinstance(row.get(name), str) and row[name].strip()},
    )


def utc(value: Any) -> str | None:
    """Return an ISO 8601 instant in UTC; one without zone is UTC by the field's definition, a bare date stays one.

    >>> utc("2017-07-08T09:05:00+02:00")
    '2017-07-08T07:05:00Z'
    >>> utc("2017-07-08"), utc("yesterday")
    ('2017-07-08', None)
    """
    if not isinstance(value, str):
        return None
    try:
        instant = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    if len(value.strip()) <= len("2017-07-08"):
        return instant.date().isoformat()
    if instant.tzinfo is not None:
        instant = instant.astimezone(UTC)
    return instant.replace(tzinfo=None).isoformat() + "Z"
