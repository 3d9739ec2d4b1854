"""Access to Scrapy's engine beyond its documented interface, in one place for all versions of it."""

from __future__ import annotations

from scrapy.crawler import Crawler


def queued(crawler: Crawler) -> int:
    """Return the number of pending requests; ``ExecutionEngine.scheduler`` exists since Scrapy 2.19."""
    slot = getattr(crawler.engine, "_slot", None)
    return len(slot.scheduler) if slot is not None else 0


def in_progress(crawler: Crawler) -> int:
    """Return the number of requests in progress."""
    slot = getattr(crawler.engine, "_slot", None)
    return len(slot.inprogress) if slot is not None else 0
