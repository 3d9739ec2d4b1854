"""Captures as WARC 1.1 records: a metadata record with what is known of the page, the request, the response."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any, Literal

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.archive.capture import Capture

Role = Literal["article", "page", "redirect", "source"]
FIELD = "newscrawl"
"""Name of the field of a metadata record with this program's metadata, as JSON.

``role``: ``article``; ``page``: a following page of the article before; ``redirect``: it led to the following article;
``source``: a feed, sitemap or page of links. ``asked``: the URL byte for byte as requested. ``facts``, ``rights``: as
known before the fetch. ``records``: in the first record of a group (all of one article): their number.
"""
_PER_CAPTURE = 3


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """The headers of a request or response, written byte for byte, where warcio would quote non-ASCII characters."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("", [])
        self._raw = raw

    def __bool__(self) -> bool:
        return True

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        self.headers_buff = self._raw


def warcinfo(name: str, software: str, contact: str | None) -> bytes:
    """Return the record that begins a file."""
    buffer, writer = _writer()
    about = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "operator": contact,
    }
    writer.write_record(writer.create_warcinfo_record(name, about))
    return buffer.getvalue()


def group(captures: Sequence[tuple[Capture, Role, dict[str, Any]]]) -> bytes:
    """Return the records of related captures, each a gzip member of its own.

    Each capture comes with its role and further values of the field `FIELD`.
    """
    buffer, writer = _writer()
    for number, (found, role, more) in enumerate(captures):
        about = {"role": role, **more}
        if number == 0:
            about["records"] = _PER_CAPTURE * len(captures)
        _write(writer, found, about)
    return buffer.getvalue()


def _write(writer: WARCWriter, found: Capture, about: dict[str, Any]) -> None:
    identity = writer._make_warc_id()
    together = {"WARC-Date": found.at, "WARC-Concurrent-To": identity}
    text = f"{FIELD}: {json.dumps(about)}\r\n".encode()
    writer.write_record(writer.create_warc_record(found.url, "metadata", io.BytesIO(text), warc_headers_dict=together))
    writer.write_record(_http(writer, found, "request", found.request_headers, b"", together))
    own = {"WARC-Record-ID": identity, "WARC-Date": found.at}
    if found.ip is not None:
        own["WARC-IP-Address"] = found.ip
    writer.write_record(_http(writer, found, "response", found.response_headers, found.body, own))


def _http(writer: WARCWriter, found: Capture, kind: str, head: bytes, body: bytes, headers: dict[str, str]) -> Any:
    return writer.create_warc_record(
        found.url, kind, io.BytesIO(body), len(body), warc_headers_dict=dict(headers), http_headers=_Head(head)
    )


def _writer() -> tuple[io.BytesIO, WARCWriter]:
    buffer = io.BytesIO()
    return buffer, WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")


def read_about(payload: bytes) -> dict[str, Any] | None:
    """Return the value of the field `FIELD` of a metadata record; ``None`` where another program wrote it.

    >>> read_about(b'newscrawl: {"role": "article", "asked": "https://a.example/"}')["role"]
    'article'
    >>> read_about(b"via: https://a.example/") is None
    True
    """
    for line in payload.splitlines():
        name, _, value = line.partition(b":")
        if name == FIELD.encode():
            try:
                about = json.loads(value)
            except (ValueError, RecursionError):
                return None
            return _checked(about) if isinstance(about, dict) else None
    return None


def _checked(about: dict[str, Any]) -> dict[str, Any]:
    """Return the values that have the required types; a WARC file may come from anywhere."""
    kinds = {"role": str, "asked": str, "facts": dict, "rights": list, "records": int}
    kept = {name: about[name] for name, kind in kinds.items() if isinstance(about.get(name), kind)}
    kept["facts"] = {name: text for name, text in kept.get("facts", {}).items() if isinstance(text, str)}
    kept["rights"] = [
        {"source": str(right["source"]), "value": str(right["value"])}
        for right in kept.get("rights", ())
        if isinstance(right, dict) and {"source", "value"} <= right.keys()
    ]
    return kept
