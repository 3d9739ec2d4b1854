from __future__ import annotations

from newscrawl.store.store import Store
from newscrawl.store.tasks import Begun
from tests.store.conftest import Clock


def begin(store: Store, argument: str = "a.example", *, redelivered: bool = False, most_lost: int = 3) -> Begun:
    return store.tasks.begin("site", argument, "w1", redelivered=redelivered, most_lost=most_lost)


def _age(store: Store, clock: Clock, seconds: int) -> None:
    """Let time pass, by the test's clock and by the server's."""
    clock.time += seconds
    if not store.database.is_sqlite:
        with store.database.write() as connection:
            connection.run(f"UPDATE tasks SET due = due - {seconds}, sent = sent - {seconds}")
            connection.run(f"UPDATE leases SET until = until - {seconds}")


def test_sites_are_due_once_enrolled_and_again_when_their_time_comes(store: Store, clock: Clock) -> None:
    assert store.tasks.enrol("site", ["b.example", "a.example"]) == 2
    assert store.tasks.enrol("site", ["a.example"]) == 0
    assert {row.argument for row in store.tasks.take_due()} == {"a.example", "b.example"}
    assert store.tasks.take_due() == [], "what is sent is in somebody's hands"
    assert begin(store) == "run"
    store.tasks.done("site:a.example", 600)
    assert store.tasks.take_due() == []
    _age(store, clock, 601)
    assert [row.id for row in store.tasks.take_due()] == ["site:a.example"]


def test_an_archive_that_is_done_is_not_due_again(store: Store, clock: Clock) -> None:
    store.tasks.enrol("warc", ["/x.warc"])
    store.tasks.take_due()
    store.tasks.done("warc:/x.warc", None)
    _age(store, clock, 10**7)
    assert store.tasks.take_due() == []
    assert store.tasks.without_done("warc", ["/x.warc", "/y.warc"]) == ["/y.warc"]


def test_what_is_delivered_again_after_its_end_is_over(store: Store) -> None:
    assert begin(store) == "run"
    store.tasks.done("site:a.example", 600)
    assert begin(store, redelivered=True) == "over"
    assert begin(store) == "run", "whoever sends it anew wants it done"


def test_what_another_process_works_on_is_held(store: Store) -> None:
    store.leases.take("site:a.example", "another", 60)
    assert begin(store) == "held"
    store.leases.give_back("site:a.example", "another")
    assert begin(store) == "run"


def test_a_task_over_which_workers_are_lost_is_poison(store: Store) -> None:
    assert [begin(store, redelivered=True) for _ in range(4)] == ["run", "run", "run", "poison"]


def test_waiting_for_another_worker_is_no_loss(store: Store) -> None:
    for _ in range(5):
        assert begin(store) == "run"
        store.tasks.held("site:a.example")
    store.tasks.failed("site:a.example", "it failed", 0)
    assert store.tasks.attempts("site:a.example") == 1
    assert begin(store) == "run"
    store.tasks.done("site:a.example", 0)
    assert store.tasks.attempts("site:a.example") == 0


def test_what_the_broker_lost_is_found(store: Store, clock: Clock) -> None:
    store.tasks.enrol("site", ["a.example", "b.example", "c.example", "d.example"])
    store.tasks.take_due()
    begin(store, "b.example")
    begin(store, "c.example")
    store.leases.take("site:c.example", "its crawl", 1000)
    store.tasks.parked("site:d.example", "it failed")
    assert store.tasks.take_stranded(300) == []
    _age(store, clock, 301)
    assert {row.argument for row in store.tasks.take_stranded(300)} == {"a.example", "b.example"}
    assert store.tasks.take_stranded(300) == []


def test_a_parked_task_is_sent_again_as_if_it_had_never_failed(store: Store) -> None:
    begin(store)
    store.tasks.failed("site:a.example", "why", 5)
    store.tasks.parked("site:a.example", "why")
    assert store.tasks.counts() == {("site", "parked"): 1}
    store.tasks.send_again(["site:a.example"])
    assert store.tasks.attempts("site:a.example") == 0
    assert begin(store, redelivered=True) == "run"
