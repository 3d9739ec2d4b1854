"""Transactions and connections below the store, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from newscrawl.exceptions import StoreError
from newscrawl.store.database import Database
from newscrawl.store.location import store_url
from newscrawl.store.sql import any_of, insert, upsert

CAT = {"name": "cat", "legs": 4}


@pytest.fixture
def database(store_setting: str) -> Iterator[Database]:
    made = Database(store_url(store_setting), timeout=5)
    if made.is_sqlite:
        made.outside_transaction("PRAGMA journal_mode=WAL")
    with made.write() as connection:
        connection.run("CREATE TABLE pets (name TEXT PRIMARY KEY, legs INTEGER)")
    yield made
    made.close()


def pets(database: Database) -> dict[str, int]:
    with database.read() as connection:
        return {row.name: row.legs for row in connection.rows("SELECT * FROM pets ORDER BY name")}


def test_an_error_takes_all_changes_back(database: Database) -> None:
    with pytest.raises(StoreError, match="cannot be used"), database.write() as connection:
        connection.run_all(insert("pets", CAT), [CAT, {"name": "dog", "legs": 4}, CAT])
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        assert connection.run(insert("pets", CAT), **CAT) / 0
    assert pets(database) == {}
    with database.write() as connection:
        connection.run(insert("pets", CAT), **CAT)
    assert pets(database) == {"cat": 4}


def test_statements_for_many_rows(database: Database) -> None:
    rows = [{"name": f"pet {number:02}", "legs": number} for number in range(30)]
    with database.write() as connection:
        assert connection.run_returning(f"{insert('pets', rows[0])} RETURNING legs", rows) == [*range(30)]
        assert connection.run_returning(f"{insert('pets', rows[0])} RETURNING legs", []) == []
        connection.run_all(upsert("pets", "name", ("name", "legs")), [{**row, "legs": 7} for row in rows[:2]])
        connection.run_all(insert("pets", rows[0]), [])
        which, values = any_of(["pet 00", "pet 01", "none"])
        assert connection.column(f"SELECT legs FROM pets WHERE name IN {which}", **values) == [7, 7]
        which, values = any_of([])
        assert connection.run(f"DELETE FROM pets WHERE name IN {which}", **values) == 0
        assert connection.value("SELECT count(*) FROM pets WHERE name LIKE '%t 1%'") == 10
        assert connection.value("SELECT legs FROM pets WHERE name = :name", name="none") is None
        assert sum(1 for _ in connection.stream("SELECT * FROM pets WHERE legs > :legs", legs=5)) == 26


def test_transactions_of_several_threads_and_within_each_other(database: Database) -> None:
    def add(number: int) -> None:
        with database.read() as reading:
            assert reading.value("SELECT count(*) FROM pets") is not None
            with database.write() as connection:
                connection.run(insert("pets", ("name", "legs")), name=str(number), legs=number)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pets(database)) == 8


def test_a_connection_that_the_server_closed_is_replaced(database: Database) -> None:
    assert pets(database) == {}
    if database.is_sqlite:
        pytest.skip("there is no server")
    killer = Database(store_url(database.where), timeout=5)
    with killer.read() as other:
        other.run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE pid != pg_backend_pid() AND datname = current_database()"
        )
    killer.close()
    assert pets(database) == {}
