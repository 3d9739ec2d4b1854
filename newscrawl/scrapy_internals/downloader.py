"""The download slots of Scrapy's downloader: their delays, pauses and pending requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.pqueues import DownloaderAwarePriorityQueue
from scrapy.utils.asyncio import call_later


def slot_key(crawler: Crawler, request: Request) -> str:
    """Return the name of a request's download slot."""
    key: str = crawler.engine.downloader.get_slot_key(request)
    return key


def slot_keys(crawler: Crawler) -> list[str]:
    """Return the names of all download slots."""
    return list(crawler.engine.downloader.slots)


def fail_pending(crawler: Crawler, key: str, error: Callable[[], Exception]) -> int:
    """Fail the requests of a slot that are not sent yet, each with an error of its own; return their number."""
    slot = crawler.engine.downloader.slots.get(key)
    count = 0
    while slot is not None and slot.queue:
        _, deferred = slot.queue.popleft()
        deferred.errback(error())
        count += 1
    return count


def pause(crawler: Crawler, key: str, seconds: float) -> None:
    """Send no request of a slot for ``seconds``; the pending ones keep their order."""
    downloader: Any = crawler.engine.downloader
    slot = downloader.slots[key]
    if slot.latercall:
        slot.latercall.cancel()
    slot.latercall = call_later(seconds, downloader._latercall, slot)


def has_slot(crawler: Crawler, key: str) -> bool:
    """Tell whether there is a slot of that name; idle ones are deleted."""
    return key in crawler.engine.downloader.slots


def raise_delay(crawler: Crawler, key: str, seconds: float) -> None:
    """Set the delay of a slot to ``seconds`` without jitter, where it is shorter."""
    slot = crawler.engine.downloader.slots.get(key)
    if slot is not None and slot.delay < seconds:
        slot.delay = seconds
        slot.jitter = 0.0  # it is the minimum


def active_requests(queue: DownloaderAwarePriorityQueue) -> Collection[Request]:
    """Return the requests that have left the scheduler and have no response yet."""
    active: Collection[Request] = _downloader(queue).active
    return active


def under_way(queue: DownloaderAwarePriorityQueue, outside: Collection[Request]) -> Counter[str]:
    """Return the number of requests by slot: those in it, and those of ``outside``, which have not reached it."""
    downloader = _downloader(queue)
    counts = Counter(map(downloader.get_slot_key, outside))
    for name in set(map(downloader.get_slot_key, downloader.active)):
        slot = downloader.slots.get(name)
        counts[name] += len(slot.active) if slot is not None else 0
    return counts


def concurrency(queue: DownloaderAwarePriorityQueue, key: str) -> int:
    """Return the number of requests that a slot sends at a time."""
    downloader = _downloader(queue)
    slot = downloader.slots.get(key)
    number: int = slot.concurrency if slot is not None else downloader.domain_concurrency
    return number


def _downloader(queue: DownloaderAwarePriorityQueue) -> Any:
    return queue._downloader_interface.downloader
