"""A file of Zstandard frames as one stream of bytes with the offset of each frame, with the WARC dictionary.

Formats: RFC 8878; "Zstandard compression of WARC files" (iipc.github.io/warc-specifications), whose dictionary is the
content of a skippable frame at the beginning, itself compressed or not.
"""

from __future__ import annotations

import io
import sys
from typing import BinaryIO, Final

from newscrawl.readers.gzip_members import Members

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ZstdError = zstd.ZstdError

MAGIC: Final = b"\x28\xb5\x2f\xfd"
DICTIONARY_MAGIC: Final = b"\x5d\x2a\x4d\x18"
_DICTIONARY: Final = b"\x37\xa4\x30\xec"
_CHUNK: Final = 64 * 1024
_LONGEST: Final = 16 * 1024 * 1024
"""Maximum bytes of a dictionary; those in use have some 100 KB."""


class ZstdFrames(Members):
    """The decompressed bytes of ``file``, from its current position on.

    ``member`` is the offset of the frame being read. Raises `EOFError` where the file ends within a frame, and
    `ZstdError` where one is damaged.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._dictionary = _dictionary(file)
        self.member = file.tell()
        self._decompressor = zstd.ZstdDecompressor(zstd_dict=self._dictionary)
        self._pending = b""
        self._has_begun = False

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` with decompressed bytes and return their number; 0 at the end of the last frame."""
        while True:
            if self._decompressor.eof:
                self._pending = self._decompressor.unused_data
                self.member = self._file.tell() - len(self._pending)
                self._decompressor = zstd.ZstdDecompressor(zstd_dict=self._dictionary)
                self._has_begun = False
            if not self._pending and self._decompressor.needs_input:
                self._pending = self._file.read(_CHUNK)
                if not self._pending:
                    if self._has_begun:
                        raise EOFError("the file ends within a Zstandard frame")
                    return 0
            self._has_begun = True
            data = self._decompressor.decompress(self._pending, len(buffer))
            self._pending = b""
            if data:
                buffer[: len(data)] = data
                return len(data)


def _dictionary(file: BinaryIO) -> zstd.ZstdDict | None:
    """Return the dictionary of a WARC file; the position of ``file`` is restored, or moved past the dictionary."""
    start = file.tell()
    file.seek(0)
    head = file.read(8)
    size = int.from_bytes(head[4:], "little")
    data = b""
    if head[:4] == DICTIONARY_MAGIC and size <= _LONGEST:
        data = file.read(size)
        start = max(start, file.tell())
    file.seek(start)
    if data[:4] == MAGIC:
        data = zstd.ZstdDecompressor().decompress(data, _LONGEST)
    return zstd.ZstdDict(data, is_raw=data[:4] != _DICTIONARY) if data else None


def decompress(body: bytes, limit: int) -> bytes:
    """Return ``body`` decompressed, at most one byte more than ``limit``; as far as possible where it is truncated.

    Raises `ZstdError` where it is not Zstandard.
    """
    frames = ZstdFrames(io.BytesIO(body))
    found = bytearray()
    try:
        while len(found) <= limit:
            buffer = bytearray(_CHUNK)
            count = frames.readinto(buffer)
            if not count:
                break
            found += buffer[:count]
    except EOFError:
        pass
    return bytes(found[: limit + 1])
