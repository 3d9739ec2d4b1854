"""The end of a file of JSON Lines that is appended to: the offset of a torn line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import BinaryIO

_STEP = 1 << 20
_MAX_LINE = 256 << 20


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
