"""A response as it was sent, with its request."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from scrapy import Request
from scrapy.http import Response
from scrapy.http.headers import Headers
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.items import Right
from newscrawl.network.requests import RIGHTS

_SECRET = {b"authorization", b"proxy-authorization", b"cookie"}
"""Request headers with credentials, which must not be in a file that is passed on."""
_HOP = {b"transfer-encoding", b"connection"}
"""Headers of one connection; the body kept is dechunked."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One response: ``url`` as requested, the body as received (still compressed), ``at`` in UTC."""

    url: str
    status: int
    request_headers: bytes
    response_headers: bytes
    body: bytes
    at: str
    ip: str | None = None
    rights: tuple[Right, ...] = ()
    """Reservations of text and data mining that were known before the response."""


def capture(request: Request, response: Response, at: str) -> Capture:
    """Return request and response, as close to the bytes on the wire as the downloader allows."""
    parts = urlparse_cached(request)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"{request.method} {target} HTTP/1.1".encode("ascii", "replace")]
    if b"Host" not in request.headers:
        lines.append(b"Host: " + parts.netloc.rpartition("@")[2].encode("ascii", "replace"))
    request_headers = _head(lines + _lines(request.headers, _SECRET))
    first = f"{_protocol(response)} {response.status} {_phrase(response.status)}".rstrip().encode()
    response_headers = _head([first, *_lines(response.headers, _HOP)])
    ip = str(response.ip_address) if response.ip_address is not None else None
    rights = tuple(request.meta.get(RIGHTS, ()))
    return Capture(request.url, response.status, request_headers, response_headers, response.body, at, ip, rights)


def _lines(headers: Headers, left_out: set[bytes]) -> list[bytes]:
    found = []
    for name in headers:
        if name.lower() not in left_out:
            found += [name + b": " + b" ".join(value.split()) for value in headers.getlist(name)]
    return found


def _head(lines: list[bytes]) -> bytes:
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _protocol(response: Response) -> str:
    return response.protocol if (response.protocol or "").startswith("HTTP/1") and response.protocol else "HTTP/1.1"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
