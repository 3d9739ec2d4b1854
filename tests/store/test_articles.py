from __future__ import annotations

from newscrawl.store.batch import Batch, Visit
from newscrawl.store.store import Store
from tests.records import entry, record, text
from tests.store.conftest import Clock

HOUR = 3600


def keep(store: Store, *entries: object, outputs: tuple[int | None, ...] = (None,)) -> None:
    store.commit(Batch(entries=[(entry, outputs) for entry in entries]))  # type: ignore[misc]


def test_unseen_then_seen_under_any_spelling(store: Store) -> None:
    assert store.status("https://a.example/1") == "unseen"
    keep(store, entry("https://a.example/1"))
    assert store.status("http://www.a.example/1/?utm_source=x") == "seen"
    known = store.articles.find("https://a.example/1")
    assert known is not None
    assert (known.version, known.headline) == (1, "Ferry returns")


def test_due_on_a_widening_schedule(store: Store, clock: Clock) -> None:
    keep(store, entry())
    assert store.articles.due("a.example") == []
    clock.time += 1.5 * HOUR
    assert store.status("https://a.example/1") == "due"
    assert store.articles.due("a.example") == ["https://a.example/1"]
    store.commit(Batch(visits=[Visit("https://a.example/1", "https://a.example/1", "a.example", None)]))
    assert store.status("https://a.example/1") == "seen"
    clock.time += 24 * HOUR
    assert store.status("https://a.example/1") == "due"
    store.commit(Batch(visits=[Visit("https://a.example/1", "https://a.example/1", "a.example", None)]))
    clock.time += 10_000 * HOUR
    assert store.status("https://a.example/1") == "seen"


def test_an_old_article_is_never_due(store: Store, clock: Clock) -> None:
    keep(store, entry(date_published="2020-05-03T10:00:00+02:00"))
    clock.time += 2 * HOUR
    assert store.status("https://a.example/1") == "seen"


def test_a_page_that_is_no_article_is_seen_too(store: Store) -> None:
    store.commit(Batch(visits=[Visit("https://a.example/tags", "https://a.example/tags", "a.example", None)]))
    assert store.status("https://a.example/tags") == "seen"
    assert store.articles.count() == 0
    keep(store, entry("https://a.example/tags"))
    assert store.articles.count() == 1


def test_versions(store: Store) -> None:
    keep(store, entry(seed=1))
    known = store.articles.find("https://a.example/1")
    assert known is not None
    later = entry(seed=2).as_version(2, known.article)
    keep(store, later)
    again = store.articles.find("https://a.example/1")
    assert again is not None
    assert (again.article, again.version, again.content_hash) == (known.article, 2, later.content_hash)
    assert store.articles.count() == 1


def test_both_versions_in_one_group(store: Store) -> None:
    keep(store, entry(seed=1), entry(seed=2).as_version(2))
    known = store.articles.find("https://a.example/1")
    assert known is not None
    assert known.version == 2
    assert store.articles.count() == 1


def test_a_large_group_of_new_and_known_articles(store: Store) -> None:
    urls = [f"https://a.example/{number}" for number in range(1100)]
    keep(store, *(entry(url, seed=1) for url in urls[::7]))
    keep(store, *(entry(url, seed=2) for url in urls))
    assert store.articles.count() == len(urls)
    found = [store.articles.find(url) for url in urls]
    assert [known and known.url for known in found] == urls
    assert {known and known.content_hash for known in found} == {entry(seed=2).content_hash}


def test_captures_of_archives(store: Store) -> None:
    keep(store, entry(fetched_at="2024-05-03T10:00:00Z"))
    keep(store, entry(seed=2, fetched_at="2024-05-04T10:00:00Z").as_version(2))
    first, second, third = 1714730400, 1714816800, 1714903200
    has = store.articles.has_capture
    assert (has("https://a.example/1", first), has("https://a.example/1", second)) == (True, True)
    assert not has("https://a.example/1", third)
    assert not has("https://a.example/2", first)


def test_an_older_capture_does_not_become_the_newest_text(store: Store) -> None:
    newest = entry(seed=1, fetched_at="2024-05-04T10:00:00Z")
    keep(store, newest)
    keep(store, entry(seed=2, fetched_at="2024-05-03T10:00:00Z").as_version(2))
    known = store.articles.find("https://a.example/1")
    assert known is not None
    assert (known.version, known.content_hash) == (2, newest.content_hash)


def test_copies_lead_to_the_first(store: Store) -> None:
    keep(store, entry("https://a.example/1"))
    copy = entry("https://b.example/9", headline="From our agency")
    assert store.articles.copied_by(copy) == "https://a.example/1"
    keep(store, copy.as_version(1, None, "https://a.example/1"))
    assert store.articles.copied_by(entry("https://c.example/5", text(1)[:-1])) == "https://a.example/1"
    assert store.articles.copied_by(entry("https://c.example/6", seed=2)) is None


def test_what_is_not_committed_is_not_there(store: Store) -> None:
    broken = Batch(entries=[(entry(), [None]), (entry("https://a.example/2"), [999])])  # no such output
    try:
        store.commit(broken)
    except Exception as error:
        assert "cannot be used" in str(error)  # noqa: PT017
    assert store.status("https://a.example/1") == "unseen"


def test_addresses_are_exported_in_order(store: Store) -> None:
    keep(store, entry("https://b.example/1", seed=3), entry("https://a.example/1"))
    assert [row.url for row in store.articles.all()] == ["https://a.example/1", "https://b.example/1"]
    assert [row.url for row in store.articles.all("b.example")] == ["https://b.example/1"]


def test_hostile_values(store: Store) -> None:
    keep(store, entry(f"https://a.example/{'x' * 9000}", headline="a\u2028b\t'\";--"))
    assert store.status(f"https://a.example/{'x' * 9000}") == "seen"
    assert store.status(f"https://a.example/{'x' * 8999}y") == "unseen"
    assert record()["url"]
