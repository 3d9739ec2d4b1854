from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.store import fill, measure
from newscrawl.store.opening import open_store
from newscrawl.store.store import Store


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store')}/store.db")
    fill(store, 2_000)
    return store


def test_every_look_up_goes_by_an_index(filled: Store) -> None:
    """So that it takes the same however much the store holds; `python -m benchmarks.store` has the figures."""
    asked: list[str] = []
    url = next(iter(filled.articles.all())).url
    entry = filled.articles.find(url)
    assert entry is not None
    drivers = [filled.database._reader, *filled.database._idle]  # what pages ask goes by the first
    for driver in drivers:
        driver.set_trace_callback(asked.append)
    assert filled.status(url) != "unseen"
    assert filled.status(f"{url}x") == "unseen"
    assert not filled.articles.has_capture(url, 1)
    filled.articles.last_seen(url)
    filled.memory.load_memory("paper1.example")
    filled.feeds.feed(url)
    filled.feeds.validators(url)
    filled.articles.due("paper1.example")
    filled.runs.history("paper1.example")
    filled.runs.with_news("paper1.example")
    for driver in drivers:
        driver.set_trace_callback(None)
    statements = [sql for sql in asked if sql.lstrip().upper().startswith("SELECT")]
    assert len(statements) >= 10
    with filled.database.read() as connection:
        for sql in statements:
            plan = connection.rows(f"EXPLAIN QUERY PLAN {sql}")
            assert not [row for row in plan if str(row[-1]).startswith("SCAN")], (sql, plan)


def test_the_benchmark_runs(tmp_path: Path) -> None:
    figures = measure(f"sqlite:///{tmp_path}/store.db", 500)
    assert {"start_seconds", "look_up_ms"} <= figures.keys()
