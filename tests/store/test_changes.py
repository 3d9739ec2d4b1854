"""What differs between two versions, and the texts that it is told from."""

from __future__ import annotations

import json
import zlib
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from newscrawl.output.pending import Waiting
from newscrawl.report.history import show
from newscrawl.store.article_text import ArticleText
from newscrawl.store.batch import Batch
from newscrawl.store.changes import changes_between
from newscrawl.store.decide import decide
from newscrawl.store.entry import StoreEntry
from newscrawl.store.lines import Lines
from newscrawl.store.opening import open_store
from newscrawl.store.store import Store
from newscrawl.store.texts import MAX_VERSIONS
from newscrawl.store.upkeep import forget_url, take_down
from tests.records import entry, removal, text

BLOCKS = [
    "The ferry sails on Monday at nine.",
    "Five boats wait in the harbour.",
    "The mayor is glad of it.",
    "A band plays.",
]


def changed(before: list[str], after: list[str], **fields: Any) -> dict[str, Any]:
    old, new = (ArticleText({"headline": "Ferry"}, tuple(blocks)) for blocks in (before, after))
    new = ArticleText({"headline": "Ferry", **fields}, new.blocks)
    return dict(changes_between(old, new, Lines(), Lines()))


def test_a_silent_correction() -> None:
    found = changed(BLOCKS, [BLOCKS[0], "Six boats wait in the harbour.", *BLOCKS[2:]])
    before_and_after = {"index": 1, "before_index": 1, "before": BLOCKS[1], "after": "Six boats wait in the harbour."}
    assert found == {"fields": {}, "added": [], "removed": [], "rewritten": [before_and_after]}


def test_an_added_paragraph_beside_a_rewritten_one() -> None:
    found = changed(
        BLOCKS, [BLOCKS[0], "Nobody was hurt, said police.", "Five boats wait outside the harbour.", *BLOCKS[2:]]
    )
    assert found["added"] == [{"index": 1, "text": "Nobody was hurt, said police."}]
    assert [(block["before_index"], block["index"]) for block in found["rewritten"]] == [(1, 2)]


def test_a_removed_paragraph_and_a_changed_headline() -> None:
    found = changed(BLOCKS, [*BLOCKS[:2], BLOCKS[3]], headline="Ferry is late")
    assert found["removed"] == [{"index": 2, "text": BLOCKS[2]}]
    assert found["fields"] == {"headline": {"before": "Ferry", "after": "Ferry is late"}}
    assert not found["added"] + found["rewritten"]


def test_another_paragraph_in_its_place_is_no_rewriting() -> None:
    found = changed(BLOCKS, [*BLOCKS[:3], "Snow will close the pass until spring."])
    assert (len(found["added"]), len(found["removed"]), found["rewritten"]) == (1, 1, [])


@pytest.mark.parametrize("is_waiting", [False, True])
def test_a_widget_that_only_moved_is_none_of_the_changes(store: Store, is_waiting: bool) -> None:
    lines, widget = text(1), "Sign up to our newsletter and never miss a ferry."
    waiting = Waiting()
    first = decide(entry(paragraphs=[*lines[:3], widget, *lines[3:]]), store, waiting)
    if is_waiting:
        waiting.add(first.entry)
    else:
        store.commit(Batch(entries=[(first.entry, [None])]))
    moved = decide(entry(paragraphs=[*lines, "More."], removed=[removal(widget, 3)]), store, waiting)
    nothing: dict[str, Any] = {"fields": {}, "removed": [], "rewritten": []}
    assert moved.changes == {**nothing, "added": [{"index": len(lines), "text": "More."}]}
    if is_waiting:
        waiting.add(moved.entry)
    else:
        store.commit(Batch(entries=[(moved.entry, [None])]))
    back = decide(entry(paragraphs=[*lines[:3], widget, *lines[3:], "More.", "Still more."]), store, waiting)
    assert back.changes == {**nothing, "added": [{"index": len(lines) + 2, "text": "Still more."}]}


def versions(store: Store, *entries: StoreEntry) -> None:
    for made in entries:
        store.commit(Batch(entries=[(decide(made, store, Waiting()).entry, [None])]))


def test_the_history_of_an_article_under_any_of_its_urls(store: Store) -> None:
    alias = entry("https://a.example/?p=1", canonical_url="https://a.example/1", fetched_at="2024-05-03T10:00:00Z")
    versions(store, alias, entry(seed=2, headline="Ferry returns", fetched_at="2024-05-03T11:00:00Z"))
    for url in ("https://a.example/?p=1", "https://a.example/1"):
        found = store.texts.history(url)
        assert [(version.number, version.text.blocks) for version in found] == [
            (1, tuple(text(1))),
            (2, tuple(text(2))),
        ]
    assert store.texts.history("https://a.example/2") == []


def test_texts_go_with_their_article(store: Store) -> None:
    for forget in (forget_url, take_down):
        versions(store, entry(seed=1), entry(seed=2))
        forget(store, "https://a.example/1")
        with store.database.read() as connection:
            assert connection.value("SELECT count(*) FROM texts") == 0


def test_texts_are_not_kept_for_ever(store: Store) -> None:
    versions(
        store, entry("https://a.example/1"), entry("https://a.example/2", seed=2), entry("https://a.example/2", seed=3)
    )
    now = store.database.now()
    assert store.texts.let_go(now - 10) == 0
    assert store.texts.let_go(now + 10) == 1  # the first article never changed
    assert len(store.texts.history("https://a.example/2")) == 2
    assert decide(entry("https://a.example/1", seed=9), store, Waiting()).changes is None
    versions(store, *(entry("https://a.example/3", seed=seed) for seed in range(4, MAX_VERSIONS + 7)))
    kept = [version.number for version in store.texts.history("https://a.example/3")]
    assert kept == list(range(4, MAX_VERSIONS + 4))


def test_a_text_that_is_too_long_is_not_kept() -> None:
    assert ArticleText({}, ("word",) * 10).pack()
    assert ArticleText({}, tuple(text(1, words=120_000))).pack() is None


def test_nothing_is_kept_where_that_is_switched_off(store_setting: str) -> None:
    store = open_store(store_setting, keeps_texts=False)
    versions(store, entry(seed=1))
    decision = decide(entry(seed=2), store, Waiting())
    assert (decision.kind, decision.changes, store.texts.history("https://a.example/1")) == ("changed", None, [])
    store.close()


def test_a_widget_that_newer_rules_remove_is_no_change_in_the_history(store: Store) -> None:
    widget, url = "Sign up to our letter from the harbour.", "https://a.example/1"
    for blocks in ([BLOCKS[0], widget, *BLOCKS[1:]], [*BLOCKS, "Snow lies."], [BLOCKS[0], widget, *BLOCKS[2:]]):
        removed = [] if widget in blocks else [removal(widget, 1)]
        versions(store, entry(url, blocks, removed=removed))
    output = StringIO()
    show(store.texts.history(url), Console(file=output, width=200))
    _, second, third = output.getvalue().strip().split("\n\n")
    assert second.splitlines()[2:] == [*BLOCKS, "{+Snow lies.+}"]
    assert third.splitlines()[2:] == [BLOCKS[0], widget, f"[-{BLOCKS[1]}-]", *BLOCKS[2:], "[-Snow lies.-]"]


def test_texts_stored_before_ours_were_kept_are_read() -> None:
    data = zlib.compress(json.dumps([{"headline": "Ferry"}, BLOCKS]).encode())
    assert ArticleText.unpack(data) == ArticleText({"headline": "Ferry"}, tuple(BLOCKS))
