"""Stores written by earlier versions."""

from __future__ import annotations

from newscrawl.store.batch import Batch
from newscrawl.store.opening import open_store
from newscrawl.store.store import Store
from tests.records import entry


def test_a_store_of_schema_2_calls_its_sites_by_their_names(store: Store, store_setting: str) -> None:
    store.commit(Batch(entries=[(entry("https://m.wexmouth.example/1"), [None])]))
    first, second = store.runs.start("site"), store.runs.start("site")
    with store.database.write() as connection:
        for table in ("articles", "addresses"):
            connection.run(f"UPDATE {table} SET site = 'm.wexmouth.example'")
        rows = [(first, "m.", 1), (first, "", 2), (second, "m.", 4)]
        for run, prefix, new in rows:
            new_site = "INSERT INTO run_sites (run, site, new, changed, unchanged) VALUES (:run, :site, :new, 0, 1)"
            connection.run(new_site, run=run, site=f"{prefix}wexmouth.example", new=new)
        for site, saved in (("m.wexmouth.example", 9), ("wexmouth.example", 5), ("sport.wexmouth.example", 1)):
            memory = "INSERT INTO site_memory (site, data, saved) VALUES (:site, :data, :saved)"
            connection.run(memory, site=site, data=site.encode(), saved=saved)
        connection.run("UPDATE meta SET value = '2' WHERE name = 'schema_version'")
    opened = open_store(store_setting)
    with opened.database.read() as connection:
        for table in ("articles", "addresses"):
            assert set(connection.column(f"SELECT site FROM {table}")) == {"wexmouth.example"}
        figures = connection.rows("SELECT run, site, new, unchanged FROM run_sites ORDER BY run")
        assert figures == [(first, "wexmouth.example", 3, 2), (second, "wexmouth.example", 4, 1)]
    assert opened.memory.load_memory("wexmouth.example") == b"m.wexmouth.example"
    assert opened.memory.load_memory("sport.wexmouth.example") == b"sport.wexmouth.example"
    opened.close()
