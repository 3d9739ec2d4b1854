"""JSON Lines in the record schema."""

from __future__ import annotations

import json
import logging
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from scrapy.crawler import Crawler

from newscrawl.items import FIELDS, Article
from newscrawl.run.run import Run
from newscrawl.text.plain import escape_line_breakers, scrub

if TYPE_CHECKING:
    from scrapy.exporters import JsonLinesItemExporter

logger = logging.getLogger(__name__)


class ArticleLinesExporter:
    """Writes one object a line: UTF-8, fields in the order of the schema, no NaN, no lone surrogate.

    U+0085, U+2028 and U+2029 are escaped, since readers that use `str.splitlines` break lines at them. Items other than
    `Article` are serialised as by Scrapy's own exporter, with the same escaping of their values. Each line is flushed;
    a write that fails is counted in ``newscrawl/output_errors`` and ends the crawl.
    """

    def __init__(self, file: Any, crawler: Crawler | None = None, **kwargs: Any) -> None:
        self.file = file
        self._options = kwargs
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: Any, **kwargs: Any) -> Self:
        """Build the exporter for a feed of ``crawler``."""
        return cls(file, crawler, **kwargs)

    @cached_property
    def scrapy(self) -> JsonLinesItemExporter:
        """Scrapy's own exporter, for what is no article; it imports every library of items that is installed."""
        from scrapy.exporters import JsonLinesItemExporter

        return JsonLinesItemExporter(self.file, **self._options)

    def start_exporting(self) -> None:
        """Do nothing: lines need no beginning."""

    def finish_exporting(self) -> None:
        """Do nothing: lines need no end."""

    def export_item(self, item: Any) -> None:
        """Write the line of ``item``."""
        line = self.line(item)
        try:
            self.file.write(line)
            self.file.flush()
        except OSError as error:
            if self._crawler is None:
                raise
            self._failed(self._crawler, error)

    def line(self, item: Any) -> bytes:
        """Return the line of ``item`` with its line end."""
        if isinstance(item, Article) and self._options.get("fields_to_export") is None:
            record = {name: getattr(item, name) for name in FIELDS}
        else:
            record = dict(self.scrapy.get_serialized_fields(item))
        try:
            text = json.dumps(record, ensure_ascii=False, allow_nan=False, default=self.plain)
            return (escape_line_breakers(text) + "\n").encode("utf-8")
        except ValueError:  # NaN, or a lone surrogate (UnicodeEncodeError is one)
            text = json.dumps(scrub(record), ensure_ascii=False, allow_nan=False, default=self.plain)
            return (escape_line_breakers(text) + "\n").encode("utf-8", "replace")

    def plain(self, value: Any) -> Any:
        """Return a value that JSON does not know as one that it does, as Scrapy does."""
        return self.scrapy.encoder.default(value)

    def _failed(self, crawler: Crawler, error: OSError) -> None:
        crawler.stats.inc_value("newscrawl/output_errors")
        if crawler.stats.get_value("newscrawl/output_errors") == 1:
            logger.error("the output cannot be written (%s): the crawl stops", error.strerror or error)
            Run.of(crawler).stop("output_error")
