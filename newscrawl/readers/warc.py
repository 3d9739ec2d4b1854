"""The pages of a WARC file, one after the other (WARC 1.0 and 1.1, with gzip, Zstandard or neither; CC-NEWS as it is).

Records are parsed with warcio. The framing around it is our own: a damaged part costs the records within it, and
reading continues after it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from newscrawl.network.media_types import is_html
from newscrawl.readers import zstd_frames
from newscrawl.readers.gzip_members import MAGIC, GzipError, GzipMembers, Members, find
from newscrawl.readers.http_payload import PayloadTooLargeError, decode
from newscrawl.readers.other_formats import other_format
from newscrawl.readers.own_records import OwnRecords, with_pages
from newscrawl.readers.paths import WARC_SUFFIXES
from newscrawl.readers.record import Problem, Record
from newscrawl.readers.zstd_frames import ZstdError, ZstdFrames

SUFFIXES = WARC_SUFFIXES
DAMAGE = (EOFError, GzipError, ZstdError)
_PAGES = ("response", "resource", "conversion")
_VAGUE = ("", "application/octet-stream", "text/plain", "unknown/unknown", "binary/octet-stream")
_LINE = 64 * 1024
_HOP = {"content-encoding", "transfer-encoding", "content-length", "set-cookie", "location", "refresh"}
"""Headers for the transfer of the message, or for a browser; the body kept here is decoded."""


class _Loader(ArcWarcRecordLoader):  # type: ignore[misc]
    """warcio's loader with the URL kept byte for byte: only the brackets of old Wget files are removed."""

    def _ensure_target_uri_format(self, rec_headers: Any) -> str:
        uri: str = rec_headers.get_header("WARC-Target-URI") or ""
        if uri.startswith("<") and uri.endswith(">"):
            uri = uri[1:-1]
            rec_headers.replace_header("WARC-Target-URI", uri)
        return uri


class _Lines:
    """A stream whose lines are bounded, so that garbage without line ends cannot fill the memory."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.read = stream.read
        self.tell = lambda: 0
        self._readline = stream.readline

    def readline(self, length: int | None = None) -> bytes:
        return self._readline(_LINE if length is None else min(length, _LINE))

    def next_line(self) -> bytes:
        """Return the next line that is not blank, or ``b""`` at the end."""
        while line := self.readline():
            if line.strip():
                return line
        return b""


def read_warc(path: Path, limit: int) -> Iterator[Record | Problem]:
    """Yield each page of the file, and a `Problem` for each response without a page; never raises.

    ``limit``: bytes of a page; larger ones are skipped. Requests, metadata and the like are skipped silently.
    """
    try:
        with path.open("rb") as file:
            yield from with_pages(_read(file, path, limit))
    except OSError as error:
        yield Problem("unreadable", error.strerror or str(error), str(path), damage=True)


def _read(file: BinaryIO, path: Path, limit: int) -> Iterator[Record | Problem]:
    head = file.read(4)
    if not head:
        yield Problem("empty", "the file is empty", str(path), damage=True)
        return
    kind = GzipMembers if head[:3] == MAGIC else ZstdFrames if _is_zstd(head) else None
    magic = zstd_frames.MAGIC if kind is ZstdFrames else MAGIC
    reading = _Reading(path, limit)
    start = 0
    while start >= 0:
        file.seek(start)
        members = kind(file) if kind else None
        stream = _Lines(io.BufferedReader(members, _LINE) if members else file)  # type: ignore[arg-type]
        try:
            yield from reading.records(stream, members)
            start = -1
        except DAMAGE as error:
            offset = members.member if members else file.tell()
            cut = isinstance(error, EOFError)
            if reading.intact:  # one line for one stretch of damage
                what = "the file is truncated" if cut else f"damaged ({error})"
                yield Problem(
                    "truncated" if cut else "damaged",
                    f"{what} at byte {offset}, in record {reading.number}",
                    str(path),
                    url=reading.url,
                    damage=True,
                )
            reading.intact = False
            start = find(file, magic, offset + 1) if members else -1
    if reading.number == 0 and reading.intact:
        other = other_format(path)
        yield Problem("not-warc", other or "there is no WARC record in the file", str(path), damage=True)


class _Reading:
    """State of reading one file."""

    def __init__(self, path: Path, limit: int) -> None:
        self.path = path
        self.limit = limit
        self.number = 0
        self.url: str | None = None
        self.intact = True
        self.own = OwnRecords()
        self._loader = _Loader(verify_http=False)

    def records(self, stream: _Lines, members: Members | None) -> Iterator[Record | Problem]:
        """Yield the documents of one undamaged part; raises `DAMAGE` where it ends."""
        line = stream.next_line()
        while line:
            if not line.startswith(b"WARC/"):
                while line and not line.startswith(b"WARC/"):
                    line = stream.readline()
                if self.number and self.intact:
                    yield self._problem("damaged", "bytes that belong to no record follow this one", damage=True)
                continue
            self.number += 1
            self.url = None
            found = self._next(stream, line)
            home = members.member if members else 0
            try:
                line = stream.next_line()  # reads past the record's end, where a gzip member's checksum stands
            except DAMAGE:
                if members and members.member != home:  # the damage is in the next record
                    self.intact = True
                    if found is not None:
                        yield found
                    self.number += 1
                    self.url = None
                raise
            self.intact = True
            if found is not None:
                yield found

    def _next(self, stream: _Lines, line: bytes) -> Record | Problem | None:
        try:
            record = self._loader.parse_record_stream(stream, line, "warc")
        except (ArchiveLoadFailed, StatusAndHeadersParserException):
            return self._problem("damaged", "no WARC version this program knows", damage=True)
        self.url = record.rec_headers.get_header("WARC-Target-URI") or None
        if record.length is None:
            return self._problem("damaged", "the record does not say its length", damage=True)
        found = None if self.own.is_passed_over(record) else self._judge(record)
        while record.raw_stream.read(_LINE):
            pass
        if record.raw_stream.limit > 0:
            raise EOFError("the record ends before its length")
        return found

    def _judge(self, record: Any) -> Record | Problem | None:
        if record.rec_type == "revisit":
            return self._problem("revisit", "a revisit record: the page stands in an earlier archive")
        if record.rec_type not in _PAGES or not self.url or not self.url.lower().startswith(("http://", "https://")):
            return None
        http = record.http_headers
        if record.rec_type == "response" and record.length:
            status = http.get_statuscode() if http else ""
            if not status.isdecimal():
                return self._problem("malformed", "the HTTP response has no status")
            if not 200 <= int(status) < 300:
                return self._problem(f"http-{int(status)}", f"the response has status {int(status)}")
        content_type = _content_type(record)
        if content_type and not is_html(content_type, b"<html"):
            if record.rec_type == "conversion":
                return None
            return self._problem("not-html", f"the response is {content_type.strip()}, not HTML")
        if why := record.rec_headers.get_header("WARC-Truncated"):
            return self._problem("cut-short", f"only the beginning of the page was archived (WARC-Truncated: {why})")
        return self._page(record, http, content_type)

    def _page(self, record: Any, http: Any, content_type: str | None) -> Record | Problem:
        raw = record.raw_stream.read(self.limit + 1)
        try:
            if len(raw) > self.limit:
                raise PayloadTooLargeError(f"more than {self.limit} bytes")
            headers = http.headers if http else [("Content-Type", content_type)]
            transfer = http.get_header("Transfer-Encoding") if http else None
            content = http.get_header("Content-Encoding") if http else None
            body = decode(raw, transfer, content, self.limit)
        except PayloadTooLargeError as error:
            return self._problem("too-large", f"the page is too large: {error}")
        if not is_html(content_type, body):
            return self._problem("not-html", "the response has no type and is not HTML")
        typed = {"Content-Type": content_type} if content_type == _identified(record) and content_type else {}
        found = Record(
            url=self.url or "",
            body=body,
            place=self._place(),
            headers={name: value for name, value in headers if value and name.lower() not in _HOP} | typed,
            fetched_at=_instant(record.rec_headers.get_header("WARC-Date")),
        )
        return self.own.completed(found)

    def _place(self) -> str:
        return f"{self.path}, record {self.number}"

    def _problem(self, reason: str, detail: str, *, damage: bool = False) -> Problem:
        return Problem(reason, detail, self._place(), url=self.url, damage=damage)


def _content_type(record: Any) -> str | None:
    """Return the type of a record's body: its HTTP header's, else, where that is vague, the one detected by the
    archiver."""
    http = record.http_headers
    said: str | None = http.get_header("Content-Type") if http else record.content_type
    if not http and (said or "").startswith("application/http"):
        return "text/html"  # a record without a single byte: an empty page
    found = _identified(record)
    name = (said or "").partition(";")[0].strip().lower()
    return found if found and name in _VAGUE else said


def _identified(record: Any) -> str | None:
    found: str | None = record.rec_headers.get_header("WARC-Identified-Payload-Type")
    return found


def _is_zstd(head: bytes) -> bool:
    return head in (zstd_frames.MAGIC, zstd_frames.DICTIONARY_MAGIC)


def _instant(value: str | None) -> str | None:
    try:
        datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return value
