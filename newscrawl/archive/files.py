"""The files of an archive: names, rotation, and those that a kill left open."""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from newscrawl.archive.records import read_about
from newscrawl.exceptions import OutputBusyError
from newscrawl.output.file import DurableFile, is_written, sync_folder

logger = logging.getLogger(__name__)

SUFFIX = ".warc.gz"
OPEN = ".open"
"""Suffix of a file while it is written."""
_CHUNK = 1 << 20
_READ = 256 * 1024


class ArchiveFiles:
    """The files that one run writes: ``<stem>-00001.warc.gz`` and so on, each of ``most`` bytes or a little more."""

    def __init__(self, folder: Path, stem: str, most: int, head: Callable[[str], bytes]) -> None:
        self.folder = folder
        self.stem = safe_name(stem)
        self.most = most
        self._head = head
        self._numbers = count(1)

    def open(self) -> DurableFile:
        """Open the next file, and buffer its first record; raises `OSError`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        names = (f"{self.stem}-{number:05}{SUFFIX}" for number in self._numbers)
        name = next(name for name in names if not any((self.folder / f"{name}{end}").exists() for end in ("", OPEN)))
        file = DurableFile(self.folder / f"{name}{OPEN}", size=0)
        sync_folder(self.folder)
        file.write(self._head(name))
        return file

    def is_full(self, file: DurableFile, more: int) -> bool:
        """Tell whether ``more`` bytes belong into the next file."""
        return file.tell() + more > self.most


def safe_name(text: str) -> str:
    """Return ``text`` as a safe part of a file name.

    >>> safe_name("../Übung site.example")
    '_bung_site.example'
    """
    return re.sub(r"[^A-Za-z0-9.-]+", "_", text).lstrip(".-")[:120] or "archive"


def finish(path: Path, size: int) -> None:
    """Give a completely written file its final name; remove an empty one."""
    if size:
        path.replace(path.with_name(path.name.removesuffix(OPEN)))
    else:
        path.unlink()
    sync_folder(path.parent)


def finish_left_open(folder: Path) -> int:
    """Truncate files that a kill left open to whole groups, and give them their final names; return their number.

    Raises `OSError`. Files that a running program writes are skipped.
    """
    found = 0
    for path in sorted(folder.glob(f"*{SUFFIX}{OPEN}")):
        if is_written(path):
            continue
        length = path.stat().st_size
        size = whole_groups(path)
        try:
            DurableFile(path, size=size).close()
        except OutputBusyError:
            continue
        finish(path, size)
        logger.warning("%s, which a run left open, is finished: %d bytes were truncated", path, length - size)
        found += 1
    return found


def whole_groups(path: Path) -> int:
    """Return the end offset of the last complete group of records (`newscrawl.archive.records.group`)."""
    end = left = 0
    for position, head in _members(path):
        found = _records(head)
        if left == 0 or found:
            left = found or 1
        left -= 1
        if left == 0:
            end = position
    return end


def _records(head: bytes) -> int:
    """Return the number of records in the group that a record begins; 0 where it begins none."""
    _, _, payload = head.partition(b"\r\n\r\n")
    about = read_about(payload) if b"WARC-Type: metadata" in head else None
    return max(0, about.get("records", 0)) if about else 0


def _members(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the end offset of each complete gzip member of a file and its first bytes; ends at a torn one."""
    with path.open("rb") as file:
        pending = file.read(_CHUNK)
        while pending:
            member, head = zlib.decompressobj(31), b""
            try:
                while not member.eof:
                    data = member.decompress(pending, _READ)
                    pending = member.unconsumed_tail
                    if len(head) < _READ:
                        head += data
                    if not data and not pending and not member.eof:
                        pending = file.read(_CHUNK)
                        if not pending:
                            return
            except zlib.error:
                return
            rest = member.unused_data
            yield file.tell() - len(rest), head
            pending = rest or file.read(_CHUNK)
