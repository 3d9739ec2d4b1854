"""A gzip file of many members as one stream of bytes with the offset of each member.

`gzip.GzipFile` reads such files too, but forgets the offsets, and without them a reader cannot continue after a damaged
member. Format: RFC 1952, section 2.2.
"""

from __future__ import annotations

import io
from typing import BinaryIO

from isal import isal_zlib

MAGIC = b"\x1f\x8b\x08"
GzipError: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stub calls it an instance
_CHUNK = 64 * 1024


class Members(io.RawIOBase):
    """A stream of compressed pieces; ``member`` is the offset of the current one."""

    member: int = 0

    def readable(self) -> bool:
        """Return true, as `io.BufferedReader` requires."""
        return True


class GzipMembers(Members):
    """The decompressed bytes of ``file``, from its current position on.

    ``member`` is the offset of the member being read. Raises `EOFError` where the file ends within a member, and
    `GzipError` where a member is damaged.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.member = file.tell()
        self._decompressor = isal_zlib.decompressobj(31)
        self._pending = b""
        self._position = self.member

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` with decompressed bytes and return their number; 0 at the end of the last member."""
        room = len(buffer)
        while True:
            if not self._pending:
                self._pending = self._file.read(_CHUNK)
                self._position += len(self._pending)
                if not self._pending and (self._decompressor.eof or self._position == self.member):
                    return 0
            if self._decompressor.eof and not self._next_member():
                continue
            data = self._decompressor.decompress(self._pending, room)  # may have read all, and still hold some of it
            if not self._pending and not data and not self._decompressor.eof:
                raise EOFError("the file ends within a gzip member")
            self._pending = self._decompressor.unconsumed_tail or self._decompressor.unused_data
            if data:
                buffer[: len(data)] = data
                return len(data)

    def _next_member(self) -> bool:
        """Begin the next member at the pending bytes; False while only padding (NUL) is pending."""
        self._pending = self._pending.lstrip(b"\0")
        if not self._pending:
            self.member = self._position
            return False
        self.member = self._position - len(self._pending)
        self._decompressor = isal_zlib.decompressobj(31)
        return True


def find(file: BinaryIO, pattern: bytes, start: int) -> int:
    """Return the offset of ``pattern`` in ``file`` at or after ``start``, or -1."""
    file.seek(start)
    tail = b""
    while chunk := file.read(1 << 20):
        window = tail + chunk
        at = window.find(pattern)
        if at >= 0:
            return file.tell() - len(window) + at
        tail = window[-(len(pattern) - 1) :]
    return -1
