"""The end of a file of JSON Lines after a kill: complete lines, and the offset of the torn one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

_STEP = 1 << 20
_MAX_LINE = 256 << 20


def whole_lines(path: Path, start: int) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield each object from byte ``start`` on with the offset after its line; ends at the first invalid one."""
    with path.open("rb") as file:
        file.seek(start)
        position = start
        while (line := file.readline(_MAX_LINE)).endswith(b"\n"):
            try:
                record = json.loads(line)
            except ValueError:
                return
            if not isinstance(record, dict):
                return
            position += len(line)
            yield record, position


def torn_from(path: Path) -> tuple[int, bool]:
    """Return the offset of the file's last line if it is torn, and whether it only lacks its line end.

    A file that ends with a line end, or whose last line is complete, gives its length.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        if size == 0:
            return 0, False
        file.seek(size - 1)
        if file.read(1) == b"\n":
            return size, False
        begin = _line_start(file, size)
        file.seek(begin)
        last = file.read(_MAX_LINE)
    try:
        json.loads(last)
    except ValueError:
        return begin, False
    return size, True


def _line_start(file: BinaryIO, end: int) -> int:
    while end > 0:
        begin = max(0, end - _STEP)
        file.seek(begin)
        found = file.read(end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0
