"""Ending a crawl early, in order."""

from __future__ import annotations

import asyncio
from typing import Any

from scrapy.crawler import Crawler

_closing: set[asyncio.Task[Any]] = set()


def stop(crawler: Crawler, reason: str) -> None:
    """Let what is under way be finished, then close the spider; more calls change nothing."""
    task = asyncio.ensure_future(crawler.engine.close_spider_async(reason=reason))
    _closing.add(task)  # the loop itself keeps only a weak reference
    task.add_done_callback(_closing.discard)
