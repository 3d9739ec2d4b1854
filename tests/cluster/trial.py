"""A cluster on this machine whose workers are killed and whose servers are restarted; then: is all there once?

`tests/cluster/test_servers.py` runs a small form of it, ``python -m tests.cluster`` the large one.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from newscrawl.cluster.merging import merge, segments_in
from newscrawl.output.recovery import finish_left_open
from newscrawl.store.check import check
from newscrawl.store.opening import open_store
from newscrawl.store.tasks import Kind
from tests.cluster.local import Servers
from tests.cluster.papers import Papers
from tests.soak import article
from tests.support import ROOT, entry, warc_bytes

MINUTES = 30
HONEST = (0, 3, 6)
"""How a worker may end by itself while its servers are restarted: in order, or for want of the broker, the store."""


class Cluster:
    """The workers of a trial in ``folder``, with what they need."""

    def __init__(self, folder: Path, servers: Servers, **environment: str) -> None:
        self.folder = folder
        self.servers = servers
        (folder / "sites").mkdir(exist_ok=True)
        clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        self.environment = {
            **clean,
            **servers.environment,
            "SCRAPY_SETTINGS_MODULE": "tests.cluster.trial_settings",
            "PYTHONPATH": str(ROOT),
            "TRIAL_SITES": str(folder / "sites"),
            **environment,
        }
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self.restarts = 0
        self.store = open_store(servers.environment["NEWSCRAWL_STORE_URL"])

    def scrapy(self, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done

    def start(self, name: str, *arguments: str) -> None:
        """Start a worker, or ``beat``, in a session of its own."""
        action = ["beat"] if name == "beat" else ["worker", "--name", name]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.workers[name] = subprocess.Popen(
                [sys.executable, "-m", "scrapy", "cluster", *action, *arguments],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str, *, with_crawl: bool) -> None:
        """Kill a worker, its crawl with it or not."""
        process = self.workers[name]
        if with_crawl:
            with suppress(ProcessLookupError):  # it has ended, and its crawl before it
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()

    def stop(self) -> None:
        """Stop all workers in order."""
        for process in self.workers.values():
            process.terminate()
        for process in self.workers.values():
            try:
                process.wait(300)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.workers.clear()

    def close(self) -> None:
        """Stop all, and let go of the store."""
        self.stop()
        self.store.close()

    def count(self, kind: Kind, *states: str) -> int:
        """Return how many tasks are in one of these states."""
        return sum(n for (one, state), n in self.store.tasks.counts().items() if one == kind and state in states)

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Wait for something; fails after `MINUTES`, and where a worker ended that nobody killed.

        One that found a server away at its start said so and is started again, as a supervisor does.
        """
        end = time.monotonic() + MINUTES * 60
        while not is_so():
            for name in [name for name, process in self.workers.items() if process.poll() is not None]:
                code = self.workers[name].returncode
                assert code in HONEST, f"{name} ended with {code}: {self.log(name)}"
                self.restarts += 1
                assert self.restarts < 100, f"{name} ends again and again: {self.log(name)}"
                self.start(name)
            assert time.monotonic() < end, self.store.tasks.counts()
            time.sleep(0.2)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")[-4000:]

    def verdict(self, urls: list[str]) -> tuple[list[str], int]:
        """Return what is wrong, and how many lines a second delivery had doubled."""
        finish_left_open(self.store)
        lines: list[bytes] = []
        merged = merge(segments_in([self.folder / "segments"]), lines.append)
        found = [json.loads(line)["url"] for line in lines]
        wrong = [f"{url} is missing" for url in sorted(set(urls) - set(found))]
        wrong += [f"{url} is there, and nobody printed it" for url in sorted(set(found) - set(urls))]
        wrong += ["a line is there twice"] if len(set(found)) != len(found) else []
        wrong += [str(trouble) for trouble in (*merged.troubles, *check(self.store))]
        wrong += ["an output is open"] if self.store.outputs.left_open() else []
        with self.store.database.read() as connection:
            for table in ("claims", "leases", "discovered"):
                left = connection.value(f"SELECT count(*) FROM {table}")
                wrong += [f"{left} rows are left in {table}"] if left else []
        return wrong, merged.doubled


def disturb(cluster: Cluster, papers: Papers, kills: int, seed: int) -> dict[str, int]:
    """Kill workers at random moments and restart them, and between restart the broker and PostgreSQL.

    The moments are counted in requests that the newspapers had, so that they come on a fast machine and on a slow one
    while the crawls are under way.
    """
    chance = random.Random(seed)
    done = {"workers killed": 0, "with their crawl": 0, "broker restarts": 0, "postgresql restarts": 0}
    for asked in sorted(chance.uniform(0.01, 0.8) * len(papers.urls) for _ in range(kills)):
        number = done["workers killed"]
        cluster.wait(lambda asked=asked: len(papers.log) >= asked)  # type: ignore[misc]
        time.sleep(chance.uniform(0, 2))  # not always while pages are asked for
        if number == kills // 3:
            cluster.servers.rabbitmq.stop()
            cluster.servers.rabbitmq.start()
            done["broker restarts"] += 1
        elif number == 2 * kills // 3:
            cluster.servers.postgresql.stop()
            cluster.servers.postgresql.start()
            done["postgresql restarts"] += 1
        name = chance.choice(sorted(name for name in cluster.workers if name != "beat"))
        with_crawl = chance.random() < 0.6
        cluster.kill(name, with_crawl=with_crawl)
        cluster.start(name)
        done["workers killed"] += 1
        done["with their crawl"] += with_crawl
    return done


@contextmanager
def cluster_in(folder: Path) -> Iterator[Cluster]:
    """Give a cluster with servers of its own."""
    servers = Servers(folder / "servers")
    servers.up()
    try:
        cluster = Cluster(folder, servers)
        try:
            yield cluster
        finally:
            cluster.close()
    finally:
        servers.down()


def sites_trial(cluster: Cluster, papers: Papers, *, workers: int, kills: int, seed: int) -> dict[str, Any]:
    """Crawl newspapers with a cluster that is disturbed; return the figures, ``wrong`` among them."""
    sites = len(papers.hosts)
    papers.write_site_files(cluster.folder / "sites", failing=1)
    begun = time.monotonic()
    cluster.start("beat", *papers.hosts)
    for number in range(workers):
        cluster.start(f"w{number + 1}")
    cluster.wait(lambda: cluster.count("site", "running") > 0)
    done = disturb(cluster, papers, kills, seed)
    cluster.wait(lambda: cluster.count("site", "done") == sites)
    seconds = time.monotonic() - begun
    cluster.wait(lambda: " 0 in the broker's queues" in cluster.scrapy("cluster", "status").stdout)
    parked = cluster.scrapy("cluster", "parked").stdout
    cluster.stop()
    wrong, doubled = cluster.verdict(papers.urls)
    wrong += papers.overlaps()
    wrong += [f"parked: {parked}"] if parked else []
    crawls = len({asked.agent for asked in papers.log})
    return {
        "sites": sites,
        "articles": len(papers.urls),
        "workers": workers,
        **done,
        "started again": cluster.restarts,
        "crawls": crawls,
        "requests": len(papers.log),
        "doubled": doubled,
        "wrong": wrong,
        "seconds": round(seconds),
    }


def archives(folder: Path, count: int, records: int) -> list[str]:
    """Write WARC files; return the addresses in them."""
    folder.mkdir(parents=True, exist_ok=True)
    urls = []
    for number in range(count):
        own = [f"https://paper{number}.example/news/{n}" for n in range(records)]
        urls += own
        pages = (entry(url, article(number * records + n)) for n, url in enumerate(own))
        (folder / f"{number:03}.warc.gz").write_bytes(warc_bytes(*pages))
    return urls


def archives_trial(cluster: Cluster, urls: list[str], *, failing: Sequence[str] = ()) -> dict[str, Any]:
    """Clean the archives in ``archives`` with two workers of which one is killed; return the figures.

    ``failing``: sites that are crawled, too, and always fail. ``urls``: all articles there are, with earlier ones.
    """
    count = len(list((cluster.folder / "archives").iterdir()))
    good = count - len(list((cluster.folder / "archives").glob("poison*")))
    cluster.scrapy("cluster", "clean", "archives")
    if failing:
        cluster.scrapy("cluster", "crawl", *failing)
    for name in ("w1", "w2"):
        cluster.start(name)
    cluster.wait(lambda: cluster.count("warc", "done") >= 2)
    cluster.wait(lambda: cluster.count("warc", "running") == 2 or cluster.count("warc", "done") == good)
    cluster.kill("w1", with_crawl=True)
    del cluster.workers["w1"]
    bad = count - good + len(failing)
    cluster.wait(lambda: cluster.count("warc", "done") == good)
    cluster.wait(lambda: cluster.count("warc", "parked") + cluster.count("site", "parked") == bad)
    parked = [json.loads(line) for line in cluster.scrapy("cluster", "parked").stdout.splitlines()]
    cluster.stop()
    wrong, doubled = cluster.verdict(urls)
    return {"archives": good, "articles": len(urls), "doubled": doubled, "parked": parked, "wrong": wrong}
