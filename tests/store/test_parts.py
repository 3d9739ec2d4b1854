"""Sources, memories, runs, upkeep, backup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newscrawl.exceptions import StoreError
from newscrawl.store.backup import back_up
from newscrawl.store.batch import Batch, SiteFigures
from newscrawl.store.feeds import Discovered, Feed, Validators
from newscrawl.store.opening import open_store
from newscrawl.store.store import Store
from newscrawl.store.upkeep import forget_site, forget_url, holdings, prune, take_down
from tests.records import entry
from tests.store.conftest import Clock

DAY = 86_400


def test_validators(store: Store) -> None:
    assert store.feeds.validators("https://a.example/feed") is None
    one = Validators("https://a.example/feed", '"abc"', None, "f00", 1, 1)
    for found in (one, replace(one, etag='"def"', looked=2)):
        store.feeds.put_validators(found)
        assert store.feeds.validators("https://a.example/feed") == found


def test_timetables(store: Store) -> None:
    feed = Feed("https://a.example/feed", "a.example", "feed", 1800, 0.5, 7)
    store.feeds.put_feed(feed)
    store.feeds.put_feed(replace(feed, interval=3600, retired=9))
    assert store.feeds.feed(feed.url) == replace(feed, interval=3600, retired=9)
    assert store.feeds.feeds_of("a.example") == [replace(feed, interval=3600, retired=9)]


def test_what_a_feed_named_waits_until_it_is_durable(store: Store) -> None:
    store.feeds.expect([Discovered(f"https://a.example/{n}", {"headline": "x"}, "feed") for n in (1, 2, 3)])
    store.feeds.expect([Discovered("https://a.example/1?utm_source=x", {})])
    store.feeds.tried("https://a.example/2")
    assert {item.url: item.tries for item in store.feeds.expected("a.example")} == {
        f"https://a.example/{n}": int(n == 2) for n in (1, 2, 3)
    }
    store.commit(Batch(entries=[(entry("https://a.example/1"), [None])]))
    store.feeds.give_up("https://a.example/2")
    assert [(item.url, item.facts) for item in store.feeds.expected("a.example")] == [
        ("https://a.example/3", {"headline": "x"})
    ]


def test_memories_of_sites(store: Store) -> None:
    assert store.memory.load_memory("a.example") is None
    for data in (b"\x00one", b"two"):
        store.memory.save_memories({"a.example": data})
        assert store.memory.load_memory("a.example") == data


def test_history_of_runs(store: Store, clock: Clock) -> None:
    for number in range(3):
        clock.time += DAY
        run = store.runs.start("feed")
        figures = SiteFigures(new=number, figures={"date_published": 0.9})
        store.runs.finish(run, reason="finished", exit_code=0, figures={"articles": 1}, sites={"a.example": figures})
    store.runs.start("feed")  # killed
    history = store.runs.history("a.example")
    assert [found.new for _, found in history] == [2, 1, 0]
    assert history[0][1].figures == {"date_published": 0.9}
    assert store.runs.history("b.example") == []
    assert store.runs.with_news("a.example") == [started for started, found in history if found.new]
    assert store.runs.with_news("b.example") == []


def test_prune_by_age(store: Store, clock: Clock) -> None:
    store.commit(Batch(entries=[(entry("https://a.example/old"), [None])]))
    store.memory.save_memories({"a.example": b"x"})
    clock.time += 100 * DAY
    store.commit(Batch(entries=[(entry("https://a.example/new", seed=2), [None])]))
    gone = prune(store, store.database.now() - 30 * DAY)
    assert (gone["addresses"], gone["articles"], gone["sites with a memory"]) == (1, 1, 1)
    assert store.status("https://a.example/old") == "unseen"
    assert store.status("https://a.example/new") == "seen"


def test_forget_an_address_or_a_site(store: Store) -> None:
    for number, host in enumerate(("a", "a", "b")):
        store.commit(Batch(entries=[(entry(f"https://{host}.example/{number}", seed=number), [None])]))
    assert forget_url(store, "http://www.a.example/0/") == 1
    assert [store.status(f"https://a.example/{n}") for n in (0, 1)] == ["unseen", "seen"]
    assert forget_site(store, "www.a.example") == 1
    assert store.status("https://a.example/1") == "unseen"
    assert store.status("https://b.example/2") == "seen"
    assert forget_site(store, "none.example") == 0


def test_taken_down_for_good(store: Store, store_setting: str) -> None:
    store.commit(Batch(entries=[(entry("https://a.example/secret-name"), [None])]))
    take_down(store, "https://a.example/secret-name")
    again = open_store(store_setting)
    assert again.status("http://a.example/secret-name") == "taken-down"
    assert again.is_taken_down("https://a.example/secret-name?utm_source=x")
    assert not again.is_taken_down("https://a.example/other")
    assert [row.url for row in again.articles.all()] == []
    again.close()


def test_holdings(store: Store) -> None:
    store.commit(Batch(entries=[(entry(), [None])]))
    held = holdings(store)
    assert (held.counts["articles"], held.sites[0][:2]) == (1, ("a.example", 1))
    assert held.size


def test_backup_while_it_is_written(store: Store, clock: Clock, tmp_path: Path) -> None:
    store.commit(Batch(entries=[(entry(), [None])]))
    with store.database.read() as reading:
        reading.run("SELECT 1")
        assert back_up(store, tmp_path / "copy's.db") > 0
    copy = open_store(f"sqlite:///{tmp_path}/copy's.db", now=clock)
    assert copy.status("https://a.example/1") == "seen"
    copy.commit(Batch(entries=[(entry("https://a.example/2", seed=2), [None])]))
    copy.close()
    with pytest.raises(StoreError, match="overwrites nothing"):
        back_up(store, tmp_path / "copy's.db")
    with pytest.raises(StoreError, match="cannot be"):
        back_up(store, Path("/proc/none/copy.db"))
