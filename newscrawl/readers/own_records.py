"""Metadata on a page in this program's own archives: the URL requested, and the article that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from newscrawl.archive.records import read_about
from newscrawl.readers.record import Problem, Record

_SIZE = 256 * 1024


class OwnRecords:
    """Remembers the metadata record (`newscrawl.archive.records.FIELD`) that precedes a response."""

    def __init__(self) -> None:
        self._about: dict[str, Any] | None = None
        self._response: str | None = None

    def is_passed_over(self, record: Any) -> bool:
        """Register a record; tell whether it is a response to skip: a redirect, a feed."""
        if record.rec_type == "metadata":
            self._about = read_about(record.raw_stream.read(_SIZE))
            self._response = record.rec_headers.get_header("WARC-Concurrent-To")
        elif record.rec_type == "response":
            if record.rec_headers.get_header("WARC-Record-ID") != self._response:
                self._about = None
            return self._about is not None and self._about.get("role") in ("redirect", "source")
        return False

    def completed(self, record: Record) -> Record:
        """Return the page with its metadata added."""
        about, self._about = self._about, None
        if about is None or about.get("role") not in ("article", "page"):
            return record
        asked = about.get("asked") or record.url
        return replace(
            record,
            url=asked,
            final_url=record.url if record.url != asked else None,
            facts=about["facts"],
            rights=about["rights"],
            is_following=about["role"] == "page",
        )


def with_pages(found: Iterable[Record | Problem]) -> Iterator[Record | Problem]:
    """Merge the following pages of an article, which come after it, into its record."""
    held: Record | None = None
    for item in found:
        if isinstance(item, Record) and item.is_following:
            if held is not None:
                held.pages.append(item)
            continue
        if held is not None:
            yield held
            held = None
        if isinstance(item, Record) and item.rights is not None:
            held = item
        else:
            yield item
    if held is not None:
        yield held
