"""The state of Scrapy's engine, and its end."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler
from scrapy.spiders import Spider


def queued(crawler: Crawler) -> int:
    """Return the number of pending requests; ``ExecutionEngine.scheduler`` exists since Scrapy 2.19."""
    slot = _slot(crawler)
    return len(slot.scheduler) if slot is not None else 0


def in_progress(crawler: Crawler) -> int:
    """Return the number of requests in progress."""
    slot = _slot(crawler)
    return len(slot.inprogress) if slot is not None else 0


def is_closing(crawler: Crawler) -> bool:
    """Tell whether the spider is being closed or closed already."""
    slot = _slot(crawler)
    return _engine(crawler) is not None and (slot is None or slot.closing is not None)


def has_ended(crawler: Crawler) -> bool:
    """Tell whether the spider is closed; what is still in progress, since it was abandoned, fails with any error."""
    return _engine(crawler) is not None and _slot(crawler) is None


def waits_for_requests(crawler: Crawler) -> bool:
    """Tell whether a spider that is being closed waits for requests in progress."""
    slot = _slot(crawler)
    return slot is not None and slot.closing is not None and not slot.closing.called


def abandon_requests(crawler: Crawler) -> None:
    """Have a spider that is being closed no longer wait for requests in progress."""
    slot = _slot(crawler)
    slot.inprogress.clear()
    slot._maybe_fire_closing()


def create_crawler(command: Any, spider: type[Spider]) -> Crawler:
    """Return a crawler of a command's process, with the settings that the command line gives priority."""
    made: Crawler = command._create_crawler(spider)
    return made


def _slot(crawler: Crawler) -> Any:
    return getattr(_engine(crawler), "_slot", None)


def _engine(crawler: Crawler) -> Any:
    try:
        return crawler.engine
    except RuntimeError:  # since Scrapy 2.19, before the crawl starts
        return None
