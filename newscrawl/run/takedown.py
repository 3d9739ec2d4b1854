"""Removal of a URL from outputs, lists of failures and archives."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from warcio.exceptions import ArchiveLoadFailed

from newscrawl.archive.removal import remove_records
from newscrawl.exceptions import OutputBusyError
from newscrawl.output.feeds import FILE_NAME
from newscrawl.output.file import is_written, put_in_place
from newscrawl.store.check import open_lines
from newscrawl.store.line_formats import LINE_FORMATS
from newscrawl.store.store import Store
from newscrawl.text.plain import escape_line_breakers
from newscrawl.urls.canonical import canonical


def remove_lines(path: Path, key: str) -> int:
    """Remove the lines of the canonical URL ``key`` from a file; return the number removed.

    In other records that have it as their original, ``duplicate_of`` becomes ``null``. Raises `OutputBusyError` where a
    crawl writes to the file, and `OSError`.
    """
    if is_written(path):
        raise OutputBusyError(11, "a crawl writes to it: try again when it is done", str(path))
    gone = changed = 0
    fresh = path.with_name(f"{path.name}.rewritten")
    try:
        with open_lines(path) as read, open_lines(fresh, "wb", like=path) as write:
            for line in read:
                kept = _without(line, key)
                gone += kept is None
                changed += kept != line
                if kept is not None:
                    write.write(kept)
        if changed:
            put_in_place(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    return gone


def _without(line: bytes, key: str) -> bytes | None:
    try:
        record = json.loads(line)
        url, copied = record.get("url"), record.get("duplicate_of")
    except (ValueError, AttributeError):
        return line
    if isinstance(url, str) and canonical(url) == key:
        return None
    if isinstance(copied, str) and canonical(copied) == key:
        record["duplicate_of"] = None
        return (escape_line_breakers(json.dumps(record, ensure_ascii=False)) + "\n").encode("utf-8", "replace")
    return line


def files_of(store: Store, more: Iterable[Path] = ()) -> Iterator[Path]:
    """Yield this machine's output files known to the store, the lists of failures beside them, and ``more``."""
    found: dict[Path, None] = {}
    for row in store.outputs.all():
        path = Path(row.path)
        if row.host == store.outputs.host and row.format in LINE_FORMATS and path.is_file():
            found[path] = None
            if (path.parent / FILE_NAME).is_file():
                found[path.parent / FILE_NAME] = None
    yield from dict.fromkeys([*found, *more])


def remove_everywhere(
    url: str, files: Iterable[Path], archives: Iterable[Path], told: Callable[[Path, int | str], None]
) -> bool:
    """Remove a URL from files and archives; call ``told`` with each result. Return whether all succeeded."""
    key = canonical(url)
    well = True
    for paths, remove in ((files, remove_lines), (archives, remove_records)):
        for path in paths:
            try:
                told(path, remove(path, key))
            except (OSError, EOFError, ArchiveLoadFailed) as error:
                well = False
                told(path, getattr(error, "strerror", None) or str(error))
    return well
