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
