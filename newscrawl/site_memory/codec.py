"""The memory of a site as bytes, for a store: about ten bytes a piece.

Little-endian, zlib-compressed after four bytes that name the format: pages ever learned; the long memory as
(fingerprint, page) pairs; then each page as its keys, the hashes of its title's words, its fingerprints, their sizes
with two flags, the (index, fingerprint without numbers) pairs of those that have one, and its other headlines.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

from newscrawl.site_memory.memory import PageRecord, SiteMemory
from newscrawl.site_memory.pieces import MemoryPiece

MAGIC: Final = b"NCM2"
BEFORE: Final = b"NCM1"
"""The format without other headlines."""
LARGEST: Final = 4_000_000
_LINKED: Final = 1 << 14
_HEADING: Final = 1 << 15
_SIZE: Final = _LINKED - 1


def dumps(memory: SiteMemory) -> bytes:
    """Return the bytes from which `loads` makes the same memory again."""
    out = [struct.pack("<III", memory.count, len(memory.known), len(memory.pages))]
    out += [struct.pack("<QI", mark, at) for mark, at in memory.known.items()]
    for page in memory.pages:
        pieces = list(page.pieces.values())
        loose = [(i, p.loose) for i, p in enumerate(pieces) if p.loose]
        out.append(struct.pack("<HHHH", len(page.keys), len(page.title), len(pieces), len(loose)))
        out.append(struct.pack(f"<{len(page.keys)}Q", *page.keys))
        out.append(struct.pack(f"<{len(page.title)}I", *sorted(page.title)))
        out.append(struct.pack(f"<{len(pieces)}Q", *(p.mark for p in pieces)))
        sizes = (min(p.size, _SIZE) | p.linked * _LINKED | p.heading * _HEADING for p in pieces)
        out.append(struct.pack(f"<{len(pieces)}H", *sizes))
        out += [struct.pack("<HQ", i, mark) for i, mark in loose]
        out.append(struct.pack("<H", len(page.others)))
        out += [struct.pack(f"<H{len(words)}I", len(words), *sorted(words)) for words in page.others]
    return MAGIC + zlib.compress(b"".join(out), 1)


def loads(data: bytes) -> SiteMemory:
    """Return the memory that `dumps` wrote; raises `ValueError` for anything else."""
    if data[:4] not in (MAGIC, BEFORE):
        raise ValueError("no memory of a site, or one of another version")
    try:
        unpacker = zlib.decompressobj()
        return _read(unpacker.decompress(data[4:], LARGEST), has_others=data[:4] == MAGIC)
    except (struct.error, zlib.error, IndexError) as error:
        raise ValueError(f"a damaged memory of a site: {error}") from None


def _read(raw: bytes, *, has_others: bool) -> SiteMemory:
    at = 0

    def take(form: str) -> tuple[int, ...]:
        nonlocal at
        values = struct.unpack_from(f"<{form}", raw, at)
        at += struct.calcsize(f"<{form}")
        return values

    memory = SiteMemory()
    memory.count, known, pages = take("III")
    for _ in range(known):
        mark, seen = take("QI")
        memory.known[mark] = seen
    for _ in range(pages):
        keys, title, count, loosely = take("HHHH")
        own, words = list(take(f"{keys}Q")), frozenset(take(f"{title}I"))
        marks, sizes = take(f"{count}Q"), take(f"{count}H")
        loose: dict[int, int] = {}
        for _ in range(loosely):
            index, mark = take("HQ")
            loose[index] = mark
        pieces = {
            mark: MemoryPiece(mark, loose.get(i, 0), size & _SIZE, bool(size & _LINKED), bool(size & _HEADING))
            for i, (mark, size) in enumerate(zip(marks, sizes, strict=True))
        }
        others = [frozenset(take(f"{take('H')[0]}I")) for _ in range(take("H")[0] if has_others else 0)]
        memory.add(PageRecord(own, words, pieces, others))
    return memory
