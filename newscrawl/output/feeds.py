"""The feeds of a running crawl as local files, and the lists that lie beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter
from w3lib.url import file_uri_to_path

FILE_NAME = "failures.jsonl"


SEGMENT = "newscrawl_segment"
"""Option of a feed that is one of many in its folder, with one list of failures for all."""


def feed_files(crawler: Crawler) -> Iterator[tuple[Path, bool]]:
    """Yield the local files that the feeds of a running crawl write, and whether an earlier file is overwritten."""
    exporter = crawler.get_extension(FeedExporter)
    for slot in exporter.slots if exporter else ():
        path = local_path(slot.uri)
        if path is not None and (path.is_file() or not path.exists()):  # no list beside /dev/stdout
            is_one_of_many = bool(slot.feed_options.get(SEGMENT))
            yield path, bool(slot.feed_options.get("overwrite")) and not is_one_of_many


def own_files(crawler: Crawler) -> set[Path]:
    """Return the files that a running crawl writes, so that it does not read them."""
    outputs = {path.resolve() for path, _ in feed_files(crawler)}
    return outputs | {path.parent / name for path in outputs for name in (FILE_NAME, "hosts.jsonl")}


def local_path(uri: str) -> Path | None:
    """Return the local file of a feed's URI, or ``None`` where it is not local."""
    scheme = urlsplit(uri).scheme.lower()
    if scheme == "file":
        return Path(file_uri_to_path(uri))
    if scheme == "" or (len(scheme) == 1 and Path(uri).drive):
        return Path(uri)
    return None


_UNSAFE = re.compile(r"[/\\%\x00-\x1f\x7f]")


def safe(value: Any) -> Any:
    """Return a parameter of an output's URI with characters that could leave its folder replaced by ``_``.

    >>> safe("../../etc/passwd"), safe(".."), safe(7)
    ('.._.._etc_passwd', '__', 7)
    """
    if not isinstance(value, str):
        return value
    text = _UNSAFE.sub("_", value)[:200]
    return "_" * len(text) if text.strip(".") == "" else text
