"""A log of which no line is a page's: what Scrapy, Twisted and we write is escaped where it is written."""

from __future__ import annotations

import copy
import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.log import get_scrapy_root_handler

from newscrawl.text.plain import log_message


class SafeFormatter(logging.Formatter):
    """Formats as another formatter does, once control characters in the message are escaped.

    A message keeps its lines where its author wrote some, as that of Scrapy's statistics; not those that come with an
    address or an answer. Tracebacks keep theirs. All lines but a record's first are indented.
    """

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self.inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of a record; the record itself stays as it is, for other handlers."""
        safe = copy.copy(record)
        safe.msg, safe.args = log_message(record.getMessage(), lines="\n" in str(record.msg)), None
        if record.exc_info and not record.exc_text:
            safe.exc_text = self.inner.formatException(record.exc_info)
        if safe.exc_text:
            safe.exc_text = "  " + log_message(safe.exc_text, lines=True)
        return self.inner.format(safe)


class SafeLogLines:
    """Extension that puts `SafeFormatter` into Scrapy's handler of the log; handlers of others stay as they are."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension; Scrapy makes its handler anew just before it opens the spider."""
        made = cls()
        made.protect()
        crawler.signals.connect(made.protect, signals.spider_opened)
        return made

    def protect(self) -> None:
        """Have Scrapy's handler of the log escape, unless it does."""
        handler = get_scrapy_root_handler()
        if handler is not None and not isinstance(handler.formatter, SafeFormatter):
            handler.setFormatter(SafeFormatter(handler.formatter or logging.Formatter()))
