"""Which request comes next; the downloader's state is set by hand, so that each case is one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.squeues import LifoMemoryQueue, PickleFifoDiskQueue

from newscrawl.network.queues import PLACES, FairPriorityQueue


class Downloader:
    """What the queue looks at."""

    def __init__(self) -> None:
        self.active: set[Request] = set()
        self.slots: dict[str, SimpleNamespace] = {}
        self.domain_concurrency = 1

    def get_slot_key(self, request: Request) -> str:
        return request.url.split("/")[2]

    def reach(self, crawler: Crawler, request: Request) -> None:
        """Put a request into its site's slot."""
        slot = self.slots.setdefault(self.get_slot_key(request), SimpleNamespace(active=set(), concurrency=1))
        slot.active.add(request)
        crawler.signals.send_catch_log(signals.request_reached_downloader, request=request)

    def fetched(self, request: Request) -> None:
        """Take it out of the slot; its page is still to be extracted."""
        self.slots[self.get_slot_key(request)].active.remove(request)


@pytest.fixture
def crawler() -> Crawler:
    made = Crawler(Spider)
    made.settings.set("CONCURRENT_REQUESTS_PER_IP", 0)
    made.engine = SimpleNamespace(downloader=Downloader())  # type: ignore[assignment]
    return made


def queue_of(crawler: Crawler, *sites: str, each: int = 3) -> FairPriorityQueue:
    queue = FairPriorityQueue(crawler, LifoMemoryQueue, "")
    for site in sites:
        for number in range(each):
            queue.push(Request(f"https://{site}/{number}"))
    return queue


def pop(queue: FairPriorityQueue) -> Request | None:
    """As the engine does: what comes out is active from then on."""
    request = queue.pop()
    if request is not None:
        downloader: Any = queue._downloader_interface.downloader
        downloader.active.add(request)
    return request


def sites_of(requests: list[Request | None]) -> list[str]:
    return [request.url.split("/")[2] for request in requests if request is not None]


def test_sites_take_turns(crawler: Crawler) -> None:
    queue = queue_of(crawler, "a", "b", "c")
    assert sites_of([pop(queue) for _ in range(9)]) == ["a", "b", "c"] * 3
    assert (len(queue), queue.pop()) == (0, None)


def test_a_site_takes_no_more_places_than_it_has(crawler: Crawler) -> None:
    queue = queue_of(crawler, "a", each=2 * PLACES)
    queue.push(Request("https://b/1"))
    assert sites_of([pop(queue) for _ in range(2 * PLACES)]) == ["a", "b", *["a"] * (PLACES - 1)]
    assert len(queue) == PLACES


@pytest.mark.parametrize("state", ["waits", "reached", "fetched", "gone"])
def test_what_is_fetched_or_gone_takes_no_place(crawler: Crawler, state: str) -> None:
    """What waits for robots.txt, or in the site's slot, does."""
    downloader: Any = crawler.engine.downloader
    queue = queue_of(crawler, "a", each=2 * PLACES)
    for _ in range(PLACES):
        request = pop(queue)
        assert request is not None
        if state in ("reached", "fetched"):
            downloader.reach(crawler, request)
        if state == "fetched":
            downloader.fetched(request)
        if state == "gone":
            downloader.active.remove(request)
    assert (pop(queue) is None) == (state in ("waits", "reached"))


def test_a_site_that_may_be_asked_more_at_once_has_more_places(crawler: Crawler) -> None:
    downloader: Any = crawler.engine.downloader
    downloader.domain_concurrency = PLACES
    queue = queue_of(crawler, "a", each=20)
    assert len(sites_of([pop(queue) for _ in range(20)])) == 2 * PLACES


def test_a_queue_on_disk_goes_on_where_it_ended(crawler: Crawler, tmp_path: Path) -> None:
    queue = FairPriorityQueue(crawler, PickleFifoDiskQueue, str(tmp_path))
    for site in "ab":
        for number in range(2):
            queue.push(Request(f"https://{site}/{number}"))
    first = queue.pop()
    assert first is not None
    again = FairPriorityQueue(crawler, PickleFifoDiskQueue, str(tmp_path), queue.close())
    rest = [again.pop() for _ in range(4)]
    assert sorted(sites_of([first, *rest])) == ["a", "a", "b", "b"]
