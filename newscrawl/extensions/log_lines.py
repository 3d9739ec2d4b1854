"""A log in which no page can forge a line: messages of Scrapy, Twisted and newscrawl are escaped when formatted."""

from __future__ import annotations

import copy
import logging

from scrapy.crawler import Crawler
from scrapy.utils.log import get_scrapy_root_handler

from newscrawl.run.component import Component
from newscrawl.text.plain import log_message


class SafeFormatter(logging.Formatter):
    """Formats as another formatter does, after escaping control characters in the message.

    A message keeps the line breaks of its format string, as that of Scrapy's statistics; not those of a URL or a
    response. Tracebacks keep theirs. All lines but a record's first are indented.
    """

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self.inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of a record; the record itself stays unchanged, for other handlers."""
        safe = copy.copy(record)
        safe.msg, safe.args = log_message(record.getMessage(), lines="\n" in str(record.msg)), None
        if record.exc_info and not record.exc_text:
            safe.exc_text = self.inner.formatException(record.exc_info)
        if safe.exc_text:
            safe.exc_text = "  " + log_message(safe.exc_text, lines=True)
        return self.inner.format(safe)


class SafeLogLines(Component):
    """Extension that puts `SafeFormatter` into Scrapy's log handler; other handlers stay unchanged."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.spider_opened()

    def spider_opened(self) -> None:
        """Wrap the formatter of Scrapy's log handler, which is recreated just before a spider is opened."""
        handler = get_scrapy_root_handler()
        if handler is not None and not isinstance(handler.formatter, SafeFormatter):
            handler.setFormatter(SafeFormatter(handler.formatter or logging.Formatter()))
