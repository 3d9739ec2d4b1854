from __future__ import annotations

from typing import cast

import pytest

from newscrawl.output.pending import Waiting
from newscrawl.store.batch import Batch
from newscrawl.store.decide import StoreDecision, decide
from newscrawl.store.disabled import DisabledStore
from newscrawl.store.entry import StoreEntry
from newscrawl.store.store import Store
from tests.records import entry, removal, text


def told(store: Store, *entries: StoreEntry) -> list[tuple[str, int, str | None]]:
    """Decide on each, let it become durable, and return kind, version and original."""
    return [_told(store, entry) for entry in entries]


def _told(store: Store, made: StoreEntry) -> tuple[str, int, str | None]:
    decision = decide(made, store, Waiting())
    if decision.kind != "unchanged":
        store.commit(Batch(entries=[(decision.entry, [None])]))
    return decision.kind, decision.entry.version, decision.entry.duplicate_of


def test_new_unchanged_changed_and_back(store: Store) -> None:
    one, two = entry(seed=1), entry(seed=2)
    assert told(store, one, one, two, two, one) == [
        ("new", 1, None),
        ("unchanged", 1, None),
        ("changed", 2, None),
        ("unchanged", 2, None),
        ("changed", 3, None),
    ]


def test_what_our_rules_removed_is_no_change(store: Store) -> None:
    lines = text(1)
    widget = "Sign up to our newsletter and never miss a ferry."
    kept = entry(paragraphs=[*lines[:3], widget, *lines[3:]])
    cleaned = entry(paragraphs=lines, removed=[removal(widget, 3)])
    changed = entry(paragraphs=[*lines[:-1], "The mayor took it all back."], removed=[removal(widget, 3)])
    assert kept.content_hash != cleaned.content_hash
    assert [kind for kind, _, _ in told(store, kept, cleaned, changed)] == ["new", "unchanged", "changed"]


def test_an_archive_read_again_writes_nothing(store: Store) -> None:
    captures = [entry(seed=seed, fetched_at=f"2024-05-0{seed}T10:00:00Z") for seed in (1, 2, 3)]
    assert [kind for kind, _, _ in told(store, *captures)] == ["new", "changed", "changed"]
    assert {kind for kind, _, _ in told(store, *captures)} == {"unchanged"}


def test_an_unknown_older_capture_is_written(store: Store) -> None:
    newer, older = (entry(seed=seed, fetched_at=f"2024-05-0{seed}T10:00:00Z") for seed in (2, 1))
    assert told(store, newer, older) == [("new", 1, None), ("changed", 2, None)]


def test_one_article_under_two_addresses(store: Store) -> None:
    page = entry("https://a.example/news/1")
    print_form = entry("https://a.example/print/1", canonical_url="https://a.example/news/1")
    edited = entry(
        "https://a.example/print/1", [*text(1), "The mayor said so."], canonical_url="https://a.example/news/1"
    )
    assert told(store, page, print_form, edited) == [("new", 1, None), ("unchanged", 1, None), ("changed", 2, None)]


@pytest.mark.parametrize("is_waiting", [False, True])
def test_an_alias_before_the_url_that_it_names(store: Store, is_waiting: bool) -> None:
    waiting = Waiting()
    alias = entry("https://a.example/?p=118", canonical_url="https://a.example/news/1")
    if is_waiting:
        waiting.add(decide(alias, store, waiting).entry)
    else:
        told(store, alias)
    page = entry("https://a.example/news/1", canonical_url="https://a.example/news/1")
    other = entry("https://a.example/news/1", seed=7, headline="Another report")
    assert [decide(made, store, waiting).kind for made in (page, other)] == ["unchanged", "new"]
    unnamed = entry("https://a.example/news/1")
    assert decide(unnamed, store, waiting).kind == "unchanged"


def test_pages_that_name_a_home_page_are_not_merged(store: Store) -> None:
    made = [entry(f"https://a.example/{n}", seed=n, canonical_url="https://a.example/") for n in (1, 2)]
    assert told(store, *made) == [("new", 1, None), ("new", 1, None)]
    same = entry("https://a.example/3", seed=1, canonical_url="https://www.a.example/index.html")
    assert told(store, same) == [("new", 1, "https://a.example/1")]


def test_pages_that_name_a_section_are_not_merged(store: Store) -> None:
    section = "https://a.example/politics"
    made = [entry(f"https://a.example/{n}", seed=n, headline=f"Report {n}", canonical_url=section) for n in (1, 2)]
    assert told(store, *made) == [("new", 1, None), ("new", 1, None)]


def test_copies_are_marked_and_written(store: Store) -> None:
    original = entry("https://a.example/1")
    copy = entry("https://b.example/7", ["Our desk reports.", *text(1)], headline="Ferry back")
    assert told(store, original, copy) == [("new", 1, None), ("new", 1, "https://a.example/1")]


def test_what_waits_for_its_line_is_known(store: Store) -> None:
    waiting = Waiting()

    def next_one(made: StoreEntry) -> StoreDecision:
        decision = decide(made, store, waiting)
        if decision.kind != "unchanged":
            waiting.add(decision.entry)
        return decision

    assert [next_one(entry(seed=seed)).kind for seed in (1, 1, 2)] == ["new", "unchanged", "changed"]
    assert next_one(entry(seed=2)).entry.version == 2
    assert next_one(entry("https://b.example/1", seed=2)).entry.duplicate_of == "https://a.example/1"
    while made := waiting.find("https://a.example/1"):
        waiting.remove(made)
    assert len(waiting) == 1


@pytest.mark.parametrize("times", [1, 2])
def test_switched_off_all_is_new(times: int) -> None:
    store = cast("Store", DisabledStore())
    assert told(store, *[entry()] * times) == [("new", 1, None)] * times
