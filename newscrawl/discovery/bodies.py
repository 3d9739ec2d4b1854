"""The text of a feed or sitemap from its bytes."""

from __future__ import annotations

import zlib
from typing import Final

from newscrawl.discovery.found import SourceError
from newscrawl.parsing.encoding import decode

MAX_UNPACKED: Final = 60 * 1024 * 1024
"""Bytes where nothing else is said (NEWSCRAWL_MAX_SITEMAP_MB): sitemaps.org allows 50 MB, unpacked."""


def unpack(body: bytes, limit: int = MAX_UNPACKED) -> bytes:
    """Return ``body`` unpacked where it is gzip, as far as it goes; raises `SourceError` where it is larger.

    What a truncated or damaged archive still gives is returned.
    """
    rounds = 0
    while body[:2] == b"\x1f\x8b" and rounds < 2:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        found = b""
        rest = body
        try:
            while rest and len(found) <= limit:
                found += unpacker.decompress(rest, limit + 1 - len(found))
                rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
                if unpacker.eof:
                    if rest[:2] != b"\x1f\x8b":
                        break
                    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        except zlib.error:
            if not found:
                raise SourceError("damaged", "the gzip data is damaged") from None
        body, rounds = found, rounds + 1
    if len(body) > limit:
        raise SourceError("too-large", f"it is larger than {limit // (1024 * 1024)} MB")
    return body


def text_of(body: bytes, content_type: str | None, limit: int = MAX_UNPACKED) -> str:
    """Return the text of ``body``, unpacked and decoded as pages are; raises `SourceError` as `unpack` does."""
    return decode(unpack(body, limit), content_type)[0]
