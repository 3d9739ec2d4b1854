"""The outbox whose groups are written and committed in a thread beside the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from newscrawl.exceptions import StoreError
from newscrawl.output import outbox as module
from newscrawl.output.file import DurableFile
from newscrawl.output.outbox import Outbox
from newscrawl.store.batch import Batch
from newscrawl.store.decide import decide
from newscrawl.store.opening import open_store
from newscrawl.store.store import Store
from tests.records import entry


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/store.db")
    yield opened
    opened.close()


class Lines:
    """An output of lines "0", "1" … with an outbox that writes it in the background."""

    def __init__(self, store: Store, path: Path) -> None:
        self.said: list[str] = []
        self.outbox = Outbox(store, self.said.append, in_background=True)
        self.path = path
        self.number = store.outputs.open(
            str(path), str(path), size=0, file_format="jsonlines", options={"append": True}, run=None
        )
        self.file = DurableFile(path)
        self.outbox.opened(self.number, self.file)

    def write(self, *numbers: int) -> None:
        """Write lines as the exporter does."""
        for number in numbers:
            found = entry(f"https://a.example/{number}", seed=number)
            self.outbox.decided(found, decide(found, self.outbox.store, self.outbox.waiting))
            self.file.write(f"{number}\n".encode())
            self.outbox.exported(found, [self.number], [])


async def _until(is_met: Callable[[], bool]) -> None:
    """Let the event loop run until a condition is met, on a busy machine as well."""
    async with asyncio.timeout(30):
        while not is_met():
            await asyncio.sleep(0.02)


def _seen(store: Store, *numbers: int) -> list[bool]:
    return [store.articles.find(f"https://a.example/{number}") is not None for number in numbers]


def test_lines_are_on_the_disk_before_their_entries_are_committed(store: Store, tmp_path: Path) -> None:
    order: list[tuple[str, str, bool]] = []
    commit = store.commit

    def committed(batch: Batch) -> None:
        in_thread = threading.current_thread() is not threading.main_thread()
        order.append((lines.path.read_text(), str(len(batch.entries)), in_thread))
        commit(batch)

    async def crawl() -> None:
        with patch.object(module, "GROUP", 2), patch.object(store, "commit", committed):
            lines.write(0, 1)
            lines.write(2)  # while the first group is under way, or after it
            await _until(lambda: bool(order))
            lines.outbox.sync()

    lines = Lines(store, tmp_path / "out.jsonl")
    asyncio.run(crawl())
    assert order[0] == ("0\n1\n", "2", True)
    assert lines.path.read_text() == "0\n1\n2\n"
    assert _seen(store, 0, 1, 2) == [True] * 3
    assert len(lines.outbox.waiting) == 0
    assert store.outputs.durable(lines.number) == 6
    assert lines.file.tell() == 6


def test_the_loop_goes_on_and_sync_waits(store: Store, tmp_path: Path) -> None:
    begun, may_end = threading.Event(), threading.Event()
    commit = store.commit

    def slow(batch: Batch) -> None:
        begun.set()
        may_end.wait(20)
        commit(batch)

    async def crawl() -> None:
        with patch.object(module, "GROUP", 2), patch.object(store, "commit", slow):
            lines.write(0, 1)
            assert await asyncio.to_thread(begun.wait, 20)
            assert _seen(store, 0) == [False]
            again = decide(entry("https://a.example/0", seed=0), store, lines.outbox.waiting)
            assert again.kind == "unchanged"  # what is under way is known
            lines.write(2, 3)  # a second group, which waits for the first
            assert lines.path.read_text() == "0\n1\n"
            threading.Timer(0.1, may_end.set).start()
            lines.outbox.closed(lines.number)

    lines = Lines(store, tmp_path / "out.jsonl")
    asyncio.run(crawl())
    assert lines.path.read_text() == "0\n1\n2\n3\n"
    assert _seen(store, 0, 1, 2, 3) == [True] * 4


@pytest.mark.parametrize("error", [StoreError("away"), OSError(28, "No space left on device")])
def test_a_failure_in_the_thread_stops_the_crawl(store: Store, tmp_path: Path, error: Exception) -> None:
    async def crawl() -> None:
        with patch.object(module, "GROUP", 1), patch.object(store, "commit", side_effect=error):
            lines.write(0)
            await _until(lambda: lines.outbox.has_failed)
        lines.outbox.sync()

    lines = Lines(store, tmp_path / "out.jsonl")
    asyncio.run(crawl())
    assert len(lines.said) == 1
    assert _seen(store, 0) == [False]


def test_what_the_timer_finds_is_committed(store: Store, tmp_path: Path) -> None:
    async def crawl() -> None:
        with patch.object(module, "SECONDS", 0.05):
            lines.write(0)
            await _until(lambda: _seen(store, 0) == [True])

    lines = Lines(store, tmp_path / "out.jsonl")
    asyncio.run(crawl())
    assert _seen(store, 0) == [True]
