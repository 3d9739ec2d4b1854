"""Files often kept beside WARC files that are not WARC: recognised by content, with how to convert them."""

from __future__ import annotations

import zlib
from pathlib import Path

from newscrawl.readers.gzip_members import MAGIC

_SENTENCES = (
    (b"filedesc://", "it is an ARC file, the format before WARC: `warcio recompress FILE.arc.gz FILE.warc.gz`"),
    (b"\x04\x22\x4d\x18", "it is compressed with LZ4: decompress it first (`lz4 -d`)"),
    (b"\x02\x21\x4c\x18", "it is compressed with LZ4: decompress it first (`lz4 -d`)"),
    (b"BZh", "it is compressed with bzip2: decompress it first (`bunzip2`)"),
    (b"\xfd7zXZ", "it is compressed with xz: decompress it first (`unxz`)"),
    (b"PK\x03\x04", "it is a ZIP file; if it is a WACZ file, unpack it: its folder archive/ holds WARC files"),
)


def other_format(path: Path) -> str | None:
    """Return the format of a file without a WARC record, ``None`` where it is unknown; raises `OSError`."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(MAGIC):
        try:
            head = zlib.decompressobj(31).decompress(head, 4096)
        except zlib.error:
            return None
    return next((sentence for start, sentence in _SENTENCES if head.startswith(start)), None)
