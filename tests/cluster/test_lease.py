"""Crawls that hold a lease, as a worker starts them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from newscrawl.store.opening import open_store
from tests import forked
from tests.forked import Running
from tests.newspaper import Newspaper, Reply, newspaper
from tests.support import ROOT, read_jsonl

LEASE = "site:a.example"


@contextmanager
def crawl(folder: Path, paper: Newspaper, seconds: int = 30) -> Iterator[tuple[Running, IO[bytes]]]:
    """Crawl two articles of which one drips for as long as the test takes; yield it, and its standard input."""
    paper["/slow.html"] = Reply("x" * 10_000, drip=600)
    (folder / "urls.txt").write_text("\n".join([paper.story(1), paper.url("/slow.html")]))
    settings = {
        "NEWSCRAWL_STORE_URL": f"sqlite:///{folder}/store.db",
        "NEWSCRAWL_LEASE": LEASE,
        "NEWSCRAWL_LEASE_SECONDS": str(seconds),
        "NEWSCRAWL_ALLOW_PRIVATE": "True",
        "NEWSCRAWL_TDMREP": "False",
        "NEWSCRAWL_STOP_SECONDS": "1",
        "DOWNLOAD_DELAY": "0",
    }
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    command = ["crawl", "article", "-a", "urls_file=urls.txt", "-O", "out.jsonl", *options]
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    env |= {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT)}
    end, held = os.pipe()
    with open(end, "rb") as stdin, (folder / "said.txt").open("wb") as said:
        process = forked.start(command, cwd=folder, env=env, stdin=stdin, stderr=said)
    with open(held, "wb") as worker:
        try:
            yield process, worker
        finally:
            process.kill()
            process.wait()


def until_it_waits(folder: Path, paper: Newspaper, process: Running) -> None:
    while "/slow.html" not in paper.asked:
        assert process.poll() is None, (folder / "said.txt").read_text()
        time.sleep(0.02)


def test_a_crawl_ends_with_the_worker_that_started_it(tmp_path: Path) -> None:
    with newspaper() as paper, crawl(tmp_path, paper) as (process, worker):
        until_it_waits(tmp_path, paper, process)
        store = open_store(f"sqlite:///{tmp_path}/store.db")
        assert store.leases.holder(LEASE)
        part = tmp_path / "out.jsonl.part"
        while not (part.exists() and part.stat().st_size):
            assert process.poll() is None, (tmp_path / "said.txt").read_text()
            time.sleep(0.02)
        worker.close()  # as the system does when the worker is killed
        process.wait(300)
        assert store.leases.holder(LEASE) is None, "it gives the lease back"
        assert len(read_jsonl(tmp_path / "out.jsonl")) == 1, "what it had is written"
        store.close()


def test_a_second_crawl_does_not_begin(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    assert store.leases.take(LEASE, "another", 600)
    with newspaper() as paper, crawl(tmp_path, paper) as (process, _):
        assert process.wait(300) == 75
        assert "another worker is on site:a.example" in (tmp_path / "said.txt").read_text()
        assert paper.asked == []
    assert store.leases.holder(LEASE) == "another"
    store.close()


def test_a_crawl_that_lost_its_lease_asks_for_nothing_more(tmp_path: Path) -> None:
    with newspaper() as paper, crawl(tmp_path, paper, seconds=12) as (process, _):
        until_it_waits(tmp_path, paper, process)
        store = open_store(f"sqlite:///{tmp_path}/store.db")
        holder = store.leases.holder(LEASE)
        assert holder
        store.leases.give_back(LEASE, holder)
        assert process.wait(300) == -signal.SIGKILL
        store.close()
