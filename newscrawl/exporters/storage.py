"""Scrapy's storage of local feeds, durable: ``-O`` to ``<name>.part`` and renamed, ``-o`` in place."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Self, cast

from scrapy import Spider
from scrapy.crawler import Crawler
from w3lib.url import file_uri_to_path

from newscrawl.exceptions import StoreError
from newscrawl.output.closing import carry_out, finish, holds_something, part_of, renamings
from newscrawl.output.file import DurableFile, is_written, sync_folder
from newscrawl.output.outbox import Outbox
from newscrawl.output.postprocess import plain_options
from newscrawl.output.tail import torn_from
from newscrawl.run.run import Run
from newscrawl.store.line_formats import LINE_FORMATS

logger = logging.getLogger(__name__)

PLAIN = ".plain"
"""Suffix of the file that is written before post-processing."""


class DurableFileStorage:
    """Storage of one local feed.

    The output is listed in the store as open before its first line is written. ``-O`` (``overwrite``) writes to
    ``<name>.part``; an output with post-processing is written plain and compressed at the end.
    """

    def __init__(self, uri: str, *, feed_options: Mapping[str, Any] | None = None, crawler: Crawler | None = None):
        options = dict(feed_options or {})
        self.path = Path(file_uri_to_path(uri) if uri.startswith("file:") else uri).absolute()
        self.format = str(options.get("format") or "")
        self.is_new = bool(options.get("overwrite"))
        self.options = {"append": not self.is_new, **options.pop("newscrawl_plain", plain_options(options))}
        self.number: int | None = None
        self._for_exporter: dict[str, Any] = options.get("item_export_kwargs", {})
        self._names_columns = self._for_exporter.get("include_headers_line")
        self._crawler = crawler
        self._file: DurableFile | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, uri: str, *, feed_options: Mapping[str, Any] | None = None) -> Self:
        """Build the storage of a feed of ``crawler``."""
        return cls(uri, feed_options=feed_options, crawler=crawler)

    @property
    def outbox(self) -> Outbox:
        """Return the crawl's outbox."""
        assert self._crawler is not None, "the storage was built without from_crawler"
        return Run.of(self._crawler).outbox

    @property
    def is_plain(self) -> bool:
        """Tell whether the lines are written in their final form."""
        return "postprocessing" not in self.options

    @property
    def writing(self) -> Path:
        """Return the path of the file that is written."""
        if not self.is_plain:
            return part_of(self.path.with_name(self.path.name + PLAIN))
        return part_of(self.path) if self.is_new and not self._is_special() else self.path

    def _is_special(self) -> bool:
        return self.path.exists() and not self.path.is_file()

    def open(self, spider: Spider) -> IO[bytes]:
        """Open the file for writing; raises `OSError` and `StoreError`."""
        outbox, writing = self.outbox, self.writing
        start = None if writing == self.path else 0
        if writing != self.path:
            _set_aside(writing)
        file = DurableFile(writing, size=start)
        try:
            if file.is_regular:
                if writing == self.path and self.format in LINE_FORMATS and file.size:
                    file = _without_torn_tail(file)
                sync_folder(writing.parent)
                self.number = outbox.store.outputs.open(
                    str(self.path),
                    str(writing),
                    size=file.size,
                    file_format=self.format,
                    options=self.options,
                    run=outbox.run,
                )
                outbox.opened(self.number, file)
            self._name_columns_once(file)
        except BaseException:
            file.close()
            raise
        self._file = file
        return cast("IO[bytes]", file)

    def _name_columns_once(self, file: DurableFile) -> None:
        """Have the exporter of a CSV file that is appended to omit the column names, which the file has already."""
        if self.format == "csv" and self._names_columns is None:
            goes_on = file.size > 0 or (not self.is_new and holds_something(self.path))
            self._for_exporter["include_headers_line"] = not goes_on

    def store(self, file: IO[bytes]) -> None:
        """Make the last lines durable and give the output its final name."""
        if self.number is None or self._file is None:
            file.close()
            return
        outbox = self.outbox
        outbox.closed(self.number)
        size = self._file.size
        try:
            if outbox.has_failed and not outbox.store.enabled:
                logger.error("what was written is in %s", self.writing)
                return
            if outbox.has_failed and outbox.store.outputs.durable(self.number) != size:
                logger.error("%s holds lines that are not remembered yet: the next run finishes it", self.writing)
                return
            finish(outbox.store, self.number, self.writing, self.path, size, self.options)
        except (OSError, StoreError) as error:
            outbox.fail(f"the output {self.path} cannot be finished ({getattr(error, 'strerror', None) or error})")
        finally:
            self._file.close()


def _set_aside(writing: Path) -> None:
    """Rename a file that a kill left behind and that this store does not list."""
    if writing.is_file() and writing.stat().st_size and not is_written(writing):
        carry_out(renamings(writing, writing, keep_earlier=True)[:-1])
        logger.warning("%s was left by a run that this store does not know: it is kept as %s.1", writing, writing)


def _without_torn_tail(file: DurableFile) -> DurableFile:
    end, lacks_line_end = torn_from(file.path)
    if lacks_line_end:
        file.write(b"\n")
        file.sync()
    elif end < file.size:
        logger.warning("%s ended in a torn line: %d bytes were truncated", file.path, file.size - end)
        file.close()
        return DurableFile(file.path, size=end)
    return file
