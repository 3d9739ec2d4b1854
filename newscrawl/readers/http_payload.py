"""The body of an archived HTTP message: dechunked and decompressed, regardless of wrong headers."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]

from newscrawl.readers import zstd_frames


class PayloadTooLargeError(ValueError):
    """A body larger than the limit once decompressed. Raised by `decode`."""


def decode(body: bytes, transfer_encoding: str | None, content_encoding: str | None, limit: int) -> bytes:
    """Return ``body`` decoded as by a browser; headers that do not match the bytes are ignored.

    Archives differ in whether they keep a message as it was sent or as it was read, so each header is tried, and the
    bytes are kept as they are where it fails. Raises `PayloadTooLargeError` over ``limit`` bytes.
    """
    if transfer_encoding and "chunked" in transfer_encoding.lower():
        body = dechunk(body)
    for name in reversed([part.strip().lower() for part in (content_encoding or "").split(",")]):
        decoder = _DECODERS.get(name)
        if decoder is not None:
            body = decoder(body, limit)
    if len(body) > limit:
        raise PayloadTooLargeError(f"more than {limit} bytes")
    return body


def dechunk(body: bytes) -> bytes:
    """Join the chunks of a chunked body (RFC 9112, section 7.1); bytes that are not chunked are returned unchanged."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\n", at, at + 300)
        try:
            size = int(body[at:end].split(b";", 1)[0].strip(), 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return body if not parts else b"".join([*parts, body[at:]])
        if size == 0:
            break
        parts.append(body[end + 1 : end + 1 + size])
        at = end + 1 + size
        if body[at : at + 2] == b"\r\n":
            at += 2
        elif body[at : at + 1] == b"\n":
            at += 1
    return b"".join(parts)


def _inflate(body: bytes, limit: int, wbits: int) -> bytes:
    decompressor = zlib.decompressobj(wbits)
    data = decompressor.decompress(body, limit + 1)
    if len(data) > limit:
        raise PayloadTooLargeError(f"more than {limit} bytes once decompressed")
    return data


def _gzip(body: bytes, limit: int) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body
    try:
        return _inflate(body, limit, 31)
    except zlib.error:
        return body


def _deflate(body: bytes, limit: int) -> bytes:
    for wbits in (15, -15):
        try:
            return _inflate(body, limit, wbits)
        except zlib.error:
            continue
    return body


def _zstd(body: bytes, limit: int) -> bytes:
    try:
        data = zstd_frames.decompress(body, limit) if body[:4] == zstd_frames.MAGIC else body
    except zstd_frames.ZstdError:
        return body
    if len(data) > limit:
        raise PayloadTooLargeError(f"more than {limit} bytes once decompressed")
    return data


def _brotli(body: bytes, limit: int) -> bytes:
    decompressor = brotli.Decompressor()
    data: bytes = b""
    try:
        data = decompressor.process(body, output_buffer_limit=limit + 1)
        while not decompressor.is_finished() and len(data) <= limit:
            more = decompressor.process(b"", output_buffer_limit=limit + 1 - len(data))
            if not more:
                break
            data += more
    except brotli.error:
        return data or body
    if len(data) > limit:
        raise PayloadTooLargeError(f"more than {limit} bytes once decompressed")
    return data


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
