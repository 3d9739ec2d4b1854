"""What a text file's bytes are, whatever its name says: no text, or UTF-16 that does not say so."""

from __future__ import annotations

import codecs
from collections import Counter
from typing import Final

_MAGIC: Final = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"{\\rtf", "a document in RTF"),
    (b"\x1f\x8b\x08", "compressed by gzip"),
    (b"\xfd7zXZ\x00", "compressed by xz"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd"),
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x7fELF", "a program"),
)
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\0\0\xfe\xff")
_SAMPLE: Final = 65_536
_CONTROLS: Final = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e")
_FEWEST: Final = 5
_SHARE: Final = 0.03
"""Share of control characters from which bytes are no text; random bytes have a tenth."""
_HIGH_BYTE_SHARE: Final = 0.6
"""Share of the commonest byte at every other place in UTF-16 without a byte order mark: the script's own high byte."""


def binary_kind(body: bytes) -> str | None:
    """Return what bytes are that hold no text, or ``None`` where they may be text in any encoding.

    >>> binary_kind(b"%PDF-1.7 ..."), binary_kind("Höhe".encode("cp1252")), binary_kind(bytes(range(256)))
    ('a PDF', None, 'binary data')
    """
    for start, kind in _MAGIC:
        if body.startswith(start):
            return kind
    sample = body[:_SAMPLE]
    if sample.startswith(_MARKS) or not _has_controls(sample):
        return None
    return None if unmarked_utf16(body) else "binary data"


def unmarked_utf16(body: bytes) -> str | None:
    """Return the byte order of UTF-16 without a byte order mark: half its bytes are nearly one value, half are text.

    >>> unmarked_utf16("Höhe des Pegels".encode("utf-16-le")), unmarked_utf16("Höhe des Pegels".encode())
    ('utf-16-le', None)
    """
    sample = body[:_SAMPLE]
    if sample.startswith(_MARKS) or not _has_controls(sample):
        return None
    for name, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        (_, times) = Counter(high).most_common(1)[0]
        if times >= _HIGH_BYTE_SHARE * len(high) and not _has_controls(low):
            return name
    return None


def _has_controls(sample: bytes) -> bool:
    controls = len(sample) - len(sample.translate(None, delete=_CONTROLS))
    return controls >= _FEWEST and controls > _SHARE * len(sample)
