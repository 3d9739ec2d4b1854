"""Removal of a URL from archives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive.records import read_about
from newscrawl.exceptions import OutputBusyError
from newscrawl.output.file import is_written, put_in_place
from newscrawl.urls.canonical import canonical

_STEP = 1 << 20
_ABOUT = 256 * 1024


class _Place(NamedTuple):
    """Position of a record in a file, and the URL that it belongs to."""

    offset: int
    length: int
    group: int
    """Number of the article that its records belong to (`newscrawl.archive.records.group`)."""
    urls: tuple[str, ...]


def archives_in(folder: Path | None) -> list[Path]:
    """Return the WARC files in a folder."""
    return sorted(folder.rglob("*.warc*")) if folder is not None and folder.is_dir() else []


def remove_records(path: Path, key: str) -> int:
    """Remove the records of the canonical URL ``key`` from a WARC file; return the number removed.

    All records of an article in an archive of ours are removed: its pages, and the redirects to them. Raises
    `OutputBusyError` where a crawl writes to the file, `OSError`, and `warcio.exceptions.ArchiveLoadFailed`.
    """
    if is_written(path):
        raise OutputBusyError(11, "a crawl writes to it: try again when it is done", str(path))
    places = list(_places(path))
    doomed = {place.group for place in places if any(canonical(url) == key for url in place.urls)}
    if not doomed:
        return 0
    fresh = path.with_name(f"{path.name}.rewritten")
    try:
        with path.open("rb") as read, fresh.open("wb") as write:
            for place in places:
                if place.group not in doomed:
                    _copy(read, write, place)
        put_in_place(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    return sum(place.group in doomed for place in places)


def _copy(read: BinaryIO, write: BinaryIO, place: _Place) -> None:
    read.seek(place.offset)
    left = place.length
    while left > 0 and (part := read.read(min(left, _STEP))):
        write.write(part)
        left -= len(part)


def _places(path: Path) -> Iterator[_Place]:
    size = path.stat().st_size
    starts: list[tuple[int, int, tuple[str, ...]]] = []
    number = left = 0
    with path.open("rb") as file:
        records = ArchiveIterator(file, no_record_parse=False, verify_http=False)
        for record in records:
            about = read_about(record.raw_stream.read(_ABOUT)) if record.rec_type == "metadata" else None
            offset = records.get_record_offset()  # reads the record to its end
            if left <= 0 or "records" in (about or {}):
                number, left = number + 1, (about or {}).get("records", 1)
            left -= 1
            found = (record.rec_headers.get_header("WARC-Target-URI"), (about or {}).get("asked"))
            starts.append((offset, number, tuple(url for url in found if url)))
    ends = [offset for offset, _, _ in starts[1:]] + [size]
    for (offset, number, urls), end in zip(starts, ends, strict=True):
        yield _Place(offset, end - offset, number, urls)
