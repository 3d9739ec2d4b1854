from __future__ import annotations

import pytest

from newscrawl.store.lines import Lines, lines_and_words, lines_of, only_moved
from newscrawl.store.similarity import tokens
from tests.records import record, removal

A, B, C, D = "The ferry sails.", "The council met, and then", "it agreed at last.", "Sign up to our newsletter."


def lines(paragraphs: list[str], *removed: dict, headline: str = "Ferry") -> Lines:
    made = lines_of(record(paragraphs=paragraphs, removed=list(removed), headline=headline))
    return Lines.unpack(made.pack()) if not removed else made


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (lines([A, C]), lines([A, C])),
        (lines([A, D, C]), lines([A, C], removal(D, 1))),
        (lines([A, C], removal(D, 1)), lines([A, D, C])),
        (lines([A, B, D, C]), lines([A, f"{B} {C}"], removal(D, 1, split=True, offset=len(B)))),
        (lines([A, f"{B} {D} {C}"]), lines([A, f"{B} {C}"], removal(D, 1, split=True, offset=len(B)))),
        (lines([f"{A} {D}", C]), lines([A, C], removal(D, 1))),
        (lines([A, f"{D} {C}"]), lines([A, C], removal(D, 1))),
        (lines([A, C], removal("Read also: x", 1)), lines([A, C], removal("Read also: y", 1))),
        (lines([A, D, C], removal("Read also: x", 1)), lines([A, C], removal(f"{D}\nRead also: y", 1))),
        (lines([A.upper(), C]), lines([A, C.replace(".", "!")])),
    ],
)
def test_our_doing(old: Lines, new: Lines) -> None:
    assert only_moved(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (lines([A, C]), lines([A, C, D])),
        (lines([A, C, D]), lines([A, C])),
        (lines([A, C]), lines([C, A])),
        (lines([A]), lines([A], headline="Ferry sinks")),
        (lines([A, D, C]), lines([A, B], removal(D, 1))),
        (lines([A, C]), lines(["The ferry sinks.", C], removal(D, 1))),
        (Lines(), lines([A])),
    ],
)
def test_the_publishers_doing(old: Lines, new: Lines) -> None:
    assert not only_moved(old, new)


def test_bytes_and_back() -> None:
    made = lines([A, C], removal(D, 1))
    again = Lines.unpack(made.pack())
    assert (again.kept, again.gone) == (made.kept, made.gone)
    assert Lines.unpack(None) == Lines()


@pytest.mark.parametrize("bad", [{"before": 99}, {"before": None}, {"offset": 10_000, "split": True}, {"text": None}])
def test_hostile(bad: dict) -> None:
    lines_of(record(paragraphs=[A], removed=[{**removal(D, 0), **bad}]))


@pytest.mark.parametrize("body", [None, f"{A}\n{B}", "Another text than the blocks'."])
def test_words_are_those_of_the_body(body: str | None) -> None:
    made = {**record(paragraphs=[A, B]), "article_body": body}
    assert lines_and_words(made) == (lines_of(made), " ".join(tokens(body or "")))
