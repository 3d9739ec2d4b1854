from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.cluster.feeding import feed
from newscrawl.store.opening import open_store
from newscrawl.store.store import Store
from newscrawl.store.tasks import Kind


class Post:
    """Where tasks are sent; ``fails_at``: the number of the task at which its process is killed."""

    def __init__(self, fails_at: int = -1, waiting: int = 0) -> None:
        self.sent: list[str] = []
        self.fails_at = fails_at
        self.waiting = waiting

    def send(self, kind: Kind, argument: str, *, countdown: float = 0) -> None:
        if len(self.sent) == self.fails_at:
            raise KeyboardInterrupt
        self.sent.append(argument)

    def depth(self) -> int:
        return self.waiting


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/store.db", now=lambda: now[0])
    now[0] = 1_000_000.0
    yield opened
    opened.close()


now = [0.0]


def test_all_that_is_due_is_sent_once(store: Store) -> None:
    store.tasks.enrol("site", (f"{number}.example" for number in range(2500)))
    post = Post()
    assert feed(store, post) == 2500
    assert len(set(post.sent)) == 2500
    assert feed(store, post) == 0


def test_what_a_kill_left_unsent_is_sent_later(store: Store) -> None:
    store.tasks.enrol("site", ["a.example", "b.example", "c.example"])
    first, second = Post(fails_at=1), Post()
    with pytest.raises(KeyboardInterrupt):
        feed(store, first)
    assert feed(store, second) == 0, "they may be on their way"
    now[0] += 301
    assert feed(store, Post(waiting=1)) == 0, "they may stand in the queue"
    feed(store, second)
    assert set(second.sent) >= {"b.example", "c.example"}
