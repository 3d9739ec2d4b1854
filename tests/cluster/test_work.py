"""A task from its delivery to its end, with crawls that end as the test says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newscrawl.cluster import work
from newscrawl.cluster.config import ClusterSettings
from newscrawl.cluster.outcome import Ended
from newscrawl.exceptions import StoreError
from newscrawl.store.feeds import Feed
from newscrawl.store.opening import open_store
from newscrawl.store.store import Store
from newscrawl.store.tasks import Kind

KNOWN = ClusterSettings(
    broker="amqp://me:broker-word@mq//",
    store="postgresql://me:store-word@db/x",
    segments="s3://bucket/50%",
    worker="w1",
    lease=60,
    attempts=3,
    backoff=30,
    shortest=1200,
    longest=21_600,
    limit=3600,
    crawl={"DOWNLOAD_DELAY": "2"},
)


class Post:
    """What was sent and parked."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, float]] = []
        self.parked: list[tuple[str, str]] = []

    def send(self, kind: Kind, argument: str, *, countdown: float = 0) -> None:
        self.sent.append((f"{kind}:{argument}", countdown))

    def park(self, kind: Kind, argument: str, reason: str, worker: str) -> None:
        self.parked.append((f"{kind}:{argument}", reason))


class Crawls:
    """Crawls that end as ``ends`` says, one after the other."""

    is_stopping = False

    def __init__(self, *ends: Ended) -> None:
        self.ends = list(ends)
        self.called: list[tuple[list[str], dict[str, str]]] = []

    def run(self, arguments: list[str], environment: dict[str, str], limit: float) -> Ended:
        self.called.append((arguments, environment))
        return self.ends.pop(0) if len(self.ends) > 1 else self.ends[0]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/store.db", now=lambda: 1_000_000.0)
    monkeypatch.setattr(work, "shared_store", lambda: opened)
    monkeypatch.setattr(work, "cluster_settings", lambda: KNOWN)
    yield opened
    opened.close()


def do(monkeypatch: pytest.MonkeyPatch, crawls: Crawls, kind: Kind = "site", argument: str = "a.example") -> Post:
    monkeypatch.setattr(work, "crawls", crawls)
    post = Post()
    work.work(kind, argument, post, redelivered=False)
    return post


def ended(code: int, **summary: Any) -> Ended:
    return Ended(code, (json.dumps({"exit_code": code, **summary}),))


DONE = ended(0, finish_reason="finished")


def due_in(store: Store) -> int | None:
    with store.database.read() as connection:
        due = connection.value("SELECT due FROM tasks")
    return due - 1_000_000 if due is not None else None


@pytest.mark.parametrize(
    ("looks", "wait"),
    [([], 21_600), ([3600, 7200], 3600), ([0, 7200], 1200), ([99_000], 21_600), ([-5], 1200)],
)
def test_a_site_is_due_when_the_first_of_its_sources_is(
    store: Store, monkeypatch: pytest.MonkeyPatch, looks: list[int], wait: int
) -> None:
    for number, look in enumerate(looks):
        store.feeds.put_feed(Feed(f"https://a.example/{number}", "a.example", next_look=1_000_000 + look))
    store.feeds.put_feed(Feed("https://a.example/dead", "a.example", next_look=0, retired=5))
    store.feeds.put_feed(Feed("https://b.example/", "b.example", next_look=0))
    assert do(monkeypatch, Crawls(DONE)).sent == []
    assert due_in(store) == wait


def test_a_site_that_always_fails_is_tried_again_with_growing_pauses_and_parked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawls = Crawls(ended(3, failures={"http-500": 1}))
    assert do(monkeypatch, crawls).sent == [("site:a.example", 30)]
    assert do(monkeypatch, crawls).sent == [("site:a.example", 120)]
    post = do(monkeypatch, crawls)
    assert post.sent == []
    assert post.parked == [("site:a.example", "exit code 3 (an input given explicitly failed): http-500: 1, 3 times")]
    assert store.tasks.counts() == {("site", "parked"): 1}


def test_a_success_in_between_counts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    crawls = Crawls(ended(6), ended(6), DONE, ended(6))
    for _ in range(3):
        do(monkeypatch, crawls)
    assert do(monkeypatch, crawls).sent == [("site:a.example", 30)]


def test_an_archive_that_is_not_there_is_parked_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Ended(2, ("newscrawl: argument path=/x.warc: there is no file or folder /x.warc",))
    post = do(monkeypatch, Crawls(gone), "warc", "/x.warc")
    assert post.sent == []
    assert "there is no file or folder /x.warc" in post.parked[0][1]


def test_what_another_crawl_works_on_waits(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.leases.take("site:a.example", "another", 60)
    crawls = Crawls(DONE)
    assert do(monkeypatch, crawls).sent == [("site:a.example", work.HELD_PAUSE)]
    assert crawls.called == []


def test_while_the_store_is_away_the_task_waits(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> Store:
        raise StoreError("away")

    monkeypatch.setattr(work, "shared_store", away)
    crawls = Crawls(DONE)
    assert do(monkeypatch, crawls).sent == [("site:a.example", work.AWAY_PAUSE)]
    assert crawls.called == []


def test_a_worker_that_is_told_to_stop_hands_its_task_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    crawls = Crawls(ended(0, finish_reason="shutdown"))
    crawls.is_stopping = True
    assert do(monkeypatch, crawls).sent == [("site:a.example", 0)]
    assert store.tasks.attempts("site:a.example") == 0


def test_passwords_are_in_no_command_line(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    crawls = Crawls(DONE)
    do(monkeypatch, crawls, "site", "https://www.a.example/")
    arguments, environment = crawls.called[0]
    assert "word" not in " ".join(arguments)
    assert environment["NEWSCRAWL_STORE_URL"] == KNOWN.store
    assert arguments[:4] == ["crawl", "site", "-a", "url=https://www.a.example/"]
    assert {"DOWNLOAD_DELAY=2", "NEWSCRAWL_SEGMENT_SITE=a.example"} < set(arguments)
    feeds = json.loads(next(word for word in arguments if word.startswith("FEEDS=")).removeprefix("FEEDS="))
    assert [place.startswith("s3://bucket/50%%/%(newscrawl_site)s/") for place in feeds] == [True]


def test_only_an_archives_first_crawl_extracts_in_its_own_process(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawls = Crawls(Ended(-11), DONE)
    for argument in ("/a.warc", "/a.warc", "/a.warc"):
        do(monkeypatch, crawls, "warc", argument)
    do(monkeypatch, crawls, "site", "a.example")
    workers = [word for arguments, _ in crawls.called for word in arguments if "EXTRACTION_WORKERS" in word]
    assert [word[-1] for word in workers] == ["0", "1", "0", "1"]
