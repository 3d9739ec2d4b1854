from __future__ import annotations

from typing import Any

import pytest

from newscrawl.monitoring.alarms import Alarm, AlarmBounds, Tally, judge, read_tally

FIELDS = ("authors", "date_published")


def run(articles: int, *, program: str = "1", none: int = 0, rule: int = 0, **coverage: float) -> Tally:
    """Return the tally of a run of so many articles; ``rule``: characters of 100 that the rule ``x/1`` took of each."""
    tally = Tally(program=program)
    for number in range(articles):
        present = [name for name in FIELDS if number < coverage.get(name, 1.0) * articles]
        tally.add(present, {"x/1": rule} if rule else {}, 100 - rule)
    tally.pages += none
    return read_tally(tally.figures())


def kinds(alarms: list[Alarm]) -> list[tuple[str, str]]:
    return [(alarm.kind, alarm.name) for alarm in alarms]


USUAL = [run(10) for _ in range(10)]


@pytest.mark.parametrize(
    ("now", "past", "expected"),
    [
        (run(30), USUAL, []),
        (run(30, authors=0.0), USUAL, [("field", "authors")]),
        (run(30, authors=0.6), USUAL, []),
        (run(30, authors=0.0, date_published=0.0), USUAL, [("field", "authors"), ("field", "date_published")]),
        (run(30, authors=0.0), [run(10)], []),
        (run(3, authors=0.0), USUAL, []),
        (run(3, authors=0.0), [run(3, authors=0.0) for _ in range(5)] + USUAL, [("field", "authors")]),
        (run(30, authors=0.0), [run(100, authors=0.1)], []),
        (run(20, authors=0.2), [run(100, authors=0.5)], []),
        (run(0, none=25), USUAL, [("field", "article_body")]),
        (run(2, none=5), USUAL, []),
        (run(30, rule=20), USUAL, [("rule", "x/1")]),
        (run(30, rule=4), USUAL, []),
        (run(30, rule=30), [run(100, rule=4)], []),
        (run(30, rule=30), [run(100, rule=2)], [("rule", "x/1")]),
        (run(30, rule=30, program="2"), USUAL, []),
        (run(0), USUAL, []),
    ],
)
def test_alarms(now: Tally, past: list[Tally], expected: list[tuple[str, str]]) -> None:
    assert kinds(judge(now, past, AlarmBounds())) == expected


def test_bounds_are_the_users() -> None:
    assert kinds(judge(run(30, authors=0.7), [run(100)], AlarmBounds(drop=0.2))) == [("field", "authors")]
    assert kinds(judge(run(5, authors=0.0), [run(5)], AlarmBounds(articles=5))) == [("field", "authors")]
    assert kinds(judge(run(30, rule=40), [run(100, rule=10)], AlarmBounds(times=3))) == [("rule", "x/1")]


def test_one_page_does_not_make_an_alarm_of_a_rule() -> None:
    now = run(30)
    now.add(FIELDS, {"x/1": 100_000}, 100)
    assert judge(now, USUAL, AlarmBounds()) == []


@pytest.mark.parametrize(
    "figures", [None, [], "x", {"fields": 7, "taken": {"a": "b", 3: 1}, "pages": -1}, {"pages": True}]
)
def test_figures_of_another_form(figures: Any) -> None:
    assert read_tally(figures) == Tally()
    assert judge(run(30), [read_tally(figures)], AlarmBounds()) == []


def sure(confidence: float | None, articles: int = 30, program: str = "1") -> Tally:
    """Return the tally of a run whose articles have a confidence around this one."""
    tally = Tally(program=program)
    for number in range(articles):
        spread = 0.05 if number % 2 else -0.05
        tally.add(FIELDS, {}, 100, None if confidence is None else confidence + spread)
    return read_tally(tally.figures())


@pytest.mark.parametrize(
    ("now", "past", "expected"),
    [
        (sure(0.9), [sure(0.9)], []),
        (sure(0.6), [sure(0.9)], [("confidence", "")]),
        (sure(0.8), [sure(0.9)], []),
        (sure(0.9), [sure(0.6)], []),
        (sure(0.6, articles=5), [sure(0.9)], []),
        (sure(0.6), [sure(0.9, articles=5)], []),
        (sure(0.6), [sure(None)], []),
        (sure(None), [sure(0.9)], []),
        (sure(0.6, program="2"), [sure(0.9)], []),
        (sure(0.6, articles=10), [sure(0.6, articles=10), sure(0.9)], [("confidence", "")]),
    ],
)
def test_usual_confidence_that_drops(now: Tally, past: list[Tally], expected: list[tuple[str, str]]) -> None:
    assert kinds(judge(now, past, AlarmBounds())) == expected


def test_confidence_that_varies_much_drops_by_chance() -> None:
    wild = Tally(program="1")
    for number in range(40):
        wild.add(FIELDS, {}, 100, 1.0 if number % 4 else 0.0)
    assert judge(sure(0.55, articles=20), [read_tally(wild.figures())], AlarmBounds()) == []


def test_sentence_and_bound_of_confidence() -> None:
    (alarm,) = judge(sure(0.6), [sure(0.9)], AlarmBounds())
    assert alarm.sentence() == "the confidence was 0.90 on average, now 0.60 (of 30 articles)"
    assert judge(sure(0.6), [sure(0.9)], AlarmBounds(unsure=0.5)) == []


@pytest.mark.parametrize("sums", [None, [1, 2], [1, 2, "x"], [-1, 0, 0], [True, 1, 1], {"a": 1}])
def test_sums_of_another_form(sums: Any) -> None:
    figures = {**run(30).figures(), "sure": sums}
    assert read_tally(figures).articles == 30
    assert read_tally(figures).sure == (0.0, 0.0, 0.0)
