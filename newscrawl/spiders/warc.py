"""Pages of web archives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from newscrawl.readers.paths import WARC_SUFFIXES as SUFFIXES
from newscrawl.readers.record import Problem, Record
from newscrawl.run.arguments import Argument
from newscrawl.spiders.records import RecordSpider


class WarcSpider(RecordSpider):
    """Reads WARC files, compressed or not; in a folder, those named `.warc`, `.warc.gz` or `.warc.zst`."""

    name = "warc"
    ARGUMENTS: ClassVar[dict[str, Argument]] = {"path": Argument(str, "a WARC file, a folder of them, or a glob")}
    SUFFIXES = SUFFIXES
    ANY_SUFFIX = True

    def read(self, file: Path, limit: int) -> Iterator[Record | Problem]:
        """Yield the pages of a WARC file."""
        from newscrawl.readers.warc import read_warc

        return read_warc(file, limit)
