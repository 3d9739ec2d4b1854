"""A cluster against real servers: `make cluster-test`. The full trial is `make cluster-trial`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("celery", reason="Celery is not installed: pip install -r requirements-cluster.txt")

from tests.cluster.local import missing
from tests.cluster.papers import serve
from tests.cluster.trial import Cluster, archives, archives_trial, cluster_in, sites_trial

SITES, ARTICLES = 12, 240
pytestmark = pytest.mark.skipif(missing() is not None, reason=f"the cluster is not tested: servers are {missing()}")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="newscrawl-cluster-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL's user comes by here
        with cluster_in(folder) as made:
            yield made


def test_what_is_wrong_at_the_start_is_said_in_one_line(cluster: Cluster) -> None:
    store, broker = cluster.environment["NEWSCRAWL_STORE_URL"], cluster.environment["NEWSCRAWL_BROKER_URL"]
    word = cluster.servers.chosen.password
    newer = store.removesuffix("postgres") + "newer"
    cluster.store.database.outside_transaction("CREATE DATABASE newer")
    make_newer(newer)
    nobody = "127.0.0.1:1"
    cases = {
        "is the broker there": ({"NEWSCRAWL_BROKER_URL": f"amqp://me:{word}@{nobody}//"}, 3, "cannot be reached"),
        "the broker's password": ({"NEWSCRAWL_BROKER_URL": broker.replace(word, "wrongword")}, 3, "wrong user or"),
        "is the store there": ({"NEWSCRAWL_STORE_URL": f"postgresql://me:{word}@{nobody}/x"}, 6, "cannot be used"),
        "the store's password": ({"NEWSCRAWL_STORE_URL": store.replace(word, "wrongword")}, 6, "password"),
        "the store's schema": ({"NEWSCRAWL_STORE_URL": newer}, 6, "written by a newer newscrawl"),
        "a store for one": ({"NEWSCRAWL_STORE_URL": "sqlite:///store.db"}, 2, "workers share a store"),
        "another broker": ({"NEWSCRAWL_BROKER_URL": "redis://localhost"}, 2, "through RabbitMQ"),
    }
    running = {name: run(cluster, **{"NEWSCRAWL_BROKER_URL": broker, **given}) for name, (given, _, _) in cases.items()}
    for name, (_, code, said) in cases.items():
        _, err = running[name].communicate(timeout=300)
        assert (name, running[name].returncode) == (name, code), err
        assert said in err
        assert len(err.splitlines()) == 1
        assert word not in err
        assert "wrongword" not in err


def run(cluster: Cluster, **environment: str) -> subprocess.Popen[str]:
    """Start a worker that is not to start."""
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "cluster", "worker"],
        cwd=cluster.folder,
        env={**cluster.environment, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def make_newer(setting: str) -> None:
    from newscrawl.store.opening import open_store

    store = open_store(setting)
    with store.database.write() as connection:
        connection.run("UPDATE meta SET value = '999' WHERE name = 'schema_version'")
    store.close()


def test_every_article_is_there_once_whatever_is_killed(cluster: Cluster) -> None:
    with serve(SITES, ARTICLES) as papers:
        figures = sites_trial(cluster, papers, workers=3, kills=4, seed=7)
        assert figures["wrong"] == []
        assert figures["broker restarts"] == figures["postgresql restarts"] == 1
        assert figures["workers killed"] >= 3
        check_archives(cluster, papers.urls, papers.failing(1))


def check_archives(cluster: Cluster, urls: list[str], failing: list[str]) -> None:
    """Two workers of which one is killed clean archives; a poison one and a site that always fails are parked."""
    more = archives(cluster.folder / "archives", 20, 6)
    (cluster.folder / "archives" / "poison.warc").write_bytes(b"this is no archive\n" * 100)
    figures = archives_trial(cluster, urls + more, failing=failing)
    assert figures["wrong"] == []
    assert figures["archives"] == 20
    parked = {note["argument"].rpartition("/")[2]: note["reason"] for note in figures["parked"]}
    assert set(parked) == {"poison.warc", *failing}
    assert "not-warc: 1" in parked["poison.warc"]
    assert "4 times" in parked[failing[0]]
