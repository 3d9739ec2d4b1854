from __future__ import annotations

import pytest

from newscrawl.discovery.reservations import TdmRule, agents_data, parse_tdmrep, tdm_rights
from newscrawl.discovery.schedule import (
    HOUR,
    RETIRED_FOR,
    ScheduleBounds,
    Timetable,
    after_failure,
    after_success,
    is_due,
    may_ask_conditionally,
)
from newscrawl.monitoring.silence import DAY, is_silent


def test_quiet_sources_are_looked_at_ever_more_seldom_up_to_a_bound() -> None:
    table, now, intervals = Timetable(), 0, []
    for _ in range(12):
        table = after_success(table, now, new=0, bounds=ScheduleBounds(longest=6 * HOUR))
        intervals.append(table.interval)
        now = table.next_look
    assert intervals == sorted(intervals)
    assert (intervals[0], intervals[-1]) == (600, 6 * HOUR)


def test_news_bring_the_source_back_to_every_run() -> None:
    table = Timetable(interval=6 * HOUR)
    for now in range(8):
        table = after_success(table, now, new=1)
    assert table.interval == 0
    assert is_due(table, 8)


def runs_until_retired(reason: str) -> int:
    table, now = Timetable(), 0
    for run in range(1, 1000):
        table = after_failure(table, now, reason)
        if table.retired is not None:
            assert table.next_look == now + RETIRED_FOR
            return run
        now = table.next_look
    raise AssertionError("never retired")


def test_dead_sources_are_retired_sooner_than_troubled_ones() -> None:
    assert runs_until_retired("http-410") == 4
    assert runs_until_retired("http-404") == 10
    assert runs_until_retired("timeout") == 40


def test_success_forgives_and_revives() -> None:
    table = after_failure(Timetable(failure_weight=9.5), 0, "http-404")
    assert table.retired == 0
    revived = after_success(table, RETIRED_FOR, new=2)
    assert (revived.retired, revived.failure_weight) == (None, 5.25)
    flapping = Timetable()
    for now in range(200):
        flapping = after_success(after_failure(flapping, now, "timeout"), now, new=1)
    assert flapping.retired is None


def test_an_unconditional_look_now_and_then() -> None:
    assert may_ask_conditionally(now=10, last_unconditional=0, longest=24 * HOUR)
    assert not may_ask_conditionally(now=24 * HOUR, last_unconditional=0, longest=24 * HOUR)
    assert not may_ask_conditionally(now=0, last_unconditional=50, longest=HOUR)  # a clock that was set back


def test_silence() -> None:
    weekly = [week * 7 * DAY for week in range(8)]
    assert not is_silent(weekly[-1] + 15 * DAY, weekly)
    assert is_silent(weekly[-1] + 22 * DAY, weekly)
    assert not is_silent(99 * DAY, [])


@pytest.mark.parametrize(
    ("location", "url", "reserved"),
    [
        ("/", "https://a.example/news/1", True),
        ("/news/", "https://a.example/sport/1", False),
        ("*/1$", "https://a.example/news/1", True),
        ("*/1$", "https://a.example/news/12", False),
        ("/a*b*c", "https://a.example/axxbyyc?z", True),
        ("/a*b*c", "https://a.example/axxcyyb", False),
    ],
)
def test_patterns_of_tdmrep(location: str, url: str, reserved: bool) -> None:
    assert bool(tdm_rights([TdmRule(location, True)], url)) is reserved


def test_the_first_rule_that_fits_decides() -> None:
    body = b'[{"location": "/free/*", "tdm-reservation": 0}, '
    body += b'{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://a.example/p"}, 3]'
    rules = parse_tdmrep(body)
    assert tdm_rights(rules, "https://a.example/free/1") == []
    assert [right["value"] for right in tdm_rights(rules, "https://a.example/1")] == ["1", "https://a.example/p"]
    for body in (b"", b"{}", b"[" * 100_000, b"\xff\xfe"):
        assert parse_tdmrep(body) == []


def test_agents_have_reasons_and_cases() -> None:
    for rule in agents_data()["agent"]:
        assert rule["reason"]
        assert any(token in rule["case"] for token in rule["tokens"])
