"""A store that several programs share: claims, leases, commits that stand in each other's way."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from newscrawl.store import claims, migrations
from newscrawl.store.batch import Batch, Visit
from newscrawl.store.feeds import Discovered
from newscrawl.store.opening import open_store
from newscrawl.store.schema import SCHEMA_VERSION
from newscrawl.store.store import Store
from tests.records import entry
from tests.store.conftest import Clock

KEYS = ["https://a.example/1", "https://a.example/2"]


@pytest.fixture
def url(postgresql: str) -> str:
    import psycopg

    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS shared WITH (FORCE)")
        connection.execute("CREATE DATABASE shared")
    return postgresql.removesuffix("postgres") + "shared"


def test_claims_are_all_or_none(store: Store) -> None:
    assert store.claims.take(1, KEYS[:1])
    assert not store.claims.take(2, KEYS)
    assert store.claims.take(2, KEYS[1:]), "the refused claim must have left nothing behind"
    assert store.claims.take(1, KEYS[:1]), "a run may claim its own again"


def test_a_claim_is_given_back_with_the_line(store: Store) -> None:
    store.claims.take(1, KEYS)
    store.commit(Batch(entries=[(entry(KEYS[0]), [None])], run=1, claims={KEYS[0]}))
    assert store.claims.take(2, KEYS[:1])
    assert not store.claims.take(2, KEYS[1:])
    store.claims.free(1)
    assert store.claims.take(2, KEYS[1:])


def _age(store: Store, clock: Clock, seconds: float) -> None:
    """Let time pass, by the test's clock and by the server's."""
    clock.time += seconds
    if not store.database.is_sqlite:
        with store.database.write() as connection:
            connection.run(f"UPDATE claims SET until = until - {seconds:.0f}")
            connection.run(f"UPDATE leases SET until = until - {seconds:.0f}")


def test_a_dead_runs_claim_holds_until_its_output_is_finished(store: Store, clock: Clock) -> None:
    number = store.outputs.open("/x/a", "/x/a.part", size=0, file_format="jsonl", options={}, run=1)
    store.claims.take(1, KEYS)
    _age(store, clock, claims.SECONDS + 1)
    assert not store.claims.take(2, KEYS), "its line may stand in the output that is left open"
    store.outputs.closed(number, [])
    assert store.claims.take(2, KEYS)


def test_claims_of_a_machine_that_is_gone_end(store: Store, clock: Clock) -> None:
    store.outputs.open("/x/a", "/x/a.part", size=0, file_format="jsonl", options={}, run=1)
    store.claims.take(1, KEYS)
    store.claims.renew(1)
    _age(store, clock, claims.SECONDS + claims.ABANDONED + 1)
    assert store.claims.take(2, KEYS)


def test_a_lease_is_one_holders(store: Store, clock: Clock) -> None:
    assert store.leases.take("site:a.example", "one", 6000)
    assert not store.leases.take("site:a.example", "two", 6000)
    assert store.leases.holder("site:a.example") == "one"
    _age(store, clock, 5000)
    assert store.leases.renew("site:a.example", "one", 6000)
    _age(store, clock, 5000)
    assert not store.leases.take("site:a.example", "two", 6000)
    store.leases.give_back("site:a.example", "two")
    assert store.leases.holder("site:a.example") == "one", "only its holder gives it back"
    store.leases.give_back("site:a.example", "one")
    assert store.leases.take("site:a.example", "two", 6000)


def test_a_lease_that_is_not_renewed_ends(store: Store, clock: Clock) -> None:
    store.leases.take("site:a.example", "one", 6000)
    _age(store, clock, 6002)
    assert store.leases.holder("site:a.example") is None
    assert store.leases.take("site:a.example", "two", 6000)
    assert not store.leases.renew("site:a.example", "one", 6000), "who lost it must hear so"


def test_of_many_that_claim_at_once_one_has_it(url: str) -> None:
    stores = [open_store(url) for _ in range(4)]
    barrier = threading.Barrier(4)

    def claim(run: int) -> list[bool]:
        won = []
        for number in range(30):
            barrier.wait(300)
            keys = [f"https://a.example/{number}", f"https://b.example/{number}"]
            won.append(stores[run].claims.take(run, keys if run % 2 else keys[::-1]))
        return won

    with ThreadPoolExecutor(4) as threads:
        won = list(threads.map(claim, range(4)))
    assert [sum(of_number) for of_number in zip(*won, strict=True)] == [1] * 30
    for store in stores:
        store.close()


def test_commits_of_the_same_addresses_do_not_fail(url: str) -> None:
    stores = [open_store(url) for _ in range(3)]
    barrier = threading.Barrier(3)

    def commit(run: int) -> None:
        for number in range(20):
            urls = [f"https://a.example/{number}/{part}" for part in range(40)]
            urls = urls[::-1] if run % 2 else urls
            barrier.wait(300)
            stores[run].feeds.expect(Discovered(url, {}) for url in urls)
            stores[run].commit(Batch(visits=[Visit(url, url, "a.example", None) for url in urls]))

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(commit, range(3)))
    with stores[0].database.read() as connection:
        assert connection.row("SELECT count(*), min(visits), max(visits) FROM addresses") == (800, 3, 3)
    for store in stores:
        store.close()


def test_a_lock_is_one_programs(store: Store, store_setting: str) -> None:
    other = open_store(store_setting)
    with store.database.alone("recovery:a") as held:
        assert held
        with other.database.alone("recovery:a") as held_too, other.database.alone("recovery:b") as another:
            assert not held_too
            assert another
    with other.database.alone("recovery:a") as held:
        assert held
    other.close()


def test_a_store_of_schema_1_gets_the_tables(store: Store, store_setting: str) -> None:
    with store.database.write() as connection:
        for table in ("claims", "leases", "tasks"):
            connection.run(f"DROP TABLE {table}")
        connection.run("UPDATE meta SET value = '1' WHERE name = 'schema_version'")
    assert 1 in migrations.STEPS
    opened = open_store(store_setting)
    assert opened.claims.take(1, KEYS)
    assert opened.leases.take("x", "one", 60)
    with opened.database.read() as connection:
        assert connection.value("SELECT count(*) FROM tasks") == 0
        assert connection.value("SELECT value FROM meta") == str(SCHEMA_VERSION)
    opened.close()
