"""Scrapy's log messages, made only where somebody reads them."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult


class LeanLogFormatter(LogFormatter):
    """Log formatter without the two messages a page that Scrapy writes at DEBUG, where no handler takes these.

    Each is a record with a look at the stack, made before a handler's level is asked.
    """

    def crawled(self, request: Request, response: Response, spider: Spider) -> LogFormatterResult | None:  # type: ignore[override]
        """Return the message for a response."""
        return super().crawled(request, response, spider) if _takes_debug() else None

    def scraped(self, item: Any, response: Any, spider: Spider) -> LogFormatterResult | None:  # type: ignore[override]
        """Return the message for an item."""
        return super().scraped(item, response, spider) if _takes_debug() else None


def _takes_debug() -> bool:
    return any(handler.level <= logging.DEBUG for handler in logging.getLogger().handlers)
