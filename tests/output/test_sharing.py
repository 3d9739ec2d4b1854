"""Several crawls on one machine, or on several, that share a store on PostgreSQL."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.output.claiming import Claiming
from newscrawl.output.recovery import finish_left_open
from newscrawl.store.batch import Batch
from newscrawl.store.check import check
from newscrawl.store.opening import open_store
from tests.postgresql import programs, server
from tests.records import entry
from tests.soak import article, command, start
from tests.support import entry as warc_entry
from tests.support import warc_bytes

ARTICLES = 60
ANOTHER = 1_000_000
"""The number of a run that has a claim and does nothing."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with server() as found:
        yield found


def _lines(folder: Path) -> Counter[str]:
    lines = [line for path in folder.glob("out*.jsonl") for line in path.read_bytes().split(b"\n") if line]
    return Counter(json.loads(line)["url"].split("?")[0] for line in lines)


@pytest.mark.slow
def test_crawls_that_meet_the_same_articles_write_one_line_of_each(tmp_path: Path, url: str) -> None:
    urls = [f"https://paper{number % 3}.example/news/{number}" for number in range(ARTICLES)]
    pages = [article(number) for number in range(ARTICLES)]
    for name in ("a", "b", "c"):  # the same pages under addresses that mean the same, as fetched at other times
        records = (
            warc_entry(f"{one}?utm_source={name}", html, date=f"2024-05-03T18:19:0{ord(name) - 97}Z")
            for one, html in zip(urls, pages, strict=True)
        )
        (tmp_path / f"{name}.warc.gz").write_bytes(warc_bytes(*records))
    store = open_store(url)
    try:
        assert store.claims.take(ANOTHER, {entry(urls[-1]).key})  # so that none of them ends before one is killed
        running = {
            name: start(tmp_path, command(["warc", "-a", f"path={name}.warc.gz"], ["-O", f"out-{name}.jsonl"], url))
            for name in ("a", "b", "c")
        }
        victim = ""
        while not victim:  # whichever writes first
            assert all(process.poll() is None for process in running.values()), (tmp_path / "log.txt").read_text()
            store.claims.renew(ANOTHER)
            victim = next((path.name[4] for path in tmp_path.glob("out-*.part") if path.stat().st_size), "")
            time.sleep(0.01)
        killed = running.pop(victim)
        os.killpg(killed.pid, signal.SIGKILL)
        assert killed.wait() == -signal.SIGKILL
        store.claims.free(ANOTHER)
        codes = [process.wait(timeout=300) for process in running.values()]
        assert codes == [0, 0], (tmp_path / "log.txt").read_text()[-3000:]
        finish_left_open(store)
        found = _lines(tmp_path)
        assert set(found) == set(urls)
        assert {one: count for one, count in found.items() if count > 1} == {}
        assert [str(trouble) for trouble in check(store)] == []
    finally:
        store.close()


def test_crawls_that_meet_one_canonical_address_under_others_write_one_line(tmp_path: Path, url: str) -> None:
    named = [f"https://canonical.example/story/{number}" for number in range(20)]
    for name in ("a", "b"):
        pages = [
            article(1000 + number).replace("<title>", f'<link rel="canonical" href="{one}"><title>', 1)
            for number, one in enumerate(named)
        ]
        records = (warc_entry(f"https://canonical.example/{name}/{n}", html) for n, html in enumerate(pages))
        (tmp_path / f"{name}.warc.gz").write_bytes(warc_bytes(*records))
    running = [
        start(tmp_path, command(["warc", "-a", f"path={name}.warc.gz"], ["-O", f"out-{name}.jsonl"], url))
        for name in ("a", "b")
    ]
    codes = [process.wait(timeout=300) for process in running]
    assert codes == [0, 0], (tmp_path / "log.txt").read_text()[-3000:]
    lines = [line for path in tmp_path.glob("out*.jsonl") for line in path.read_text().splitlines()]
    assert sorted(json.loads(line)["canonical_url"] for line in lines) == sorted(named)


def test_who_waits_for_a_claim_finds_the_article_known(url: str) -> None:
    asyncio.run(_who_waits(url))


async def _who_waits(url: str) -> None:
    store, other = open_store(url), open_store(url)
    mine, theirs = Claiming(store), Claiming(other)
    mine.run, theirs.run = 101, 102
    one = entry("https://waiting.example/1")
    assert await mine.hold(one)
    assert await mine.hold(one), "what a run holds it may hold again"
    mine.done(one)
    assert mine.given_back([]) == set(), "it is still held once"
    looks = 0

    def is_ending() -> bool:
        nonlocal looks
        looks += 1
        return True

    assert not await theirs.hold(one, is_ending)
    assert looks
    store.commit(Batch(entries=[(one, [None])], run=101, claims=mine.given_back([one])))
    assert await theirs.hold(one)
    assert other.articles.find(one.key) is not None
    store.close()
    other.close()
