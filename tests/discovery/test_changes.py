from __future__ import annotations

import pytest

from newscrawl.discovery.changes import changed_since, seconds_of
from newscrawl.discovery.found import Found
from newscrawl.discovery.window import day_of

SEEN = 1714730400  # 2024-05-03T10:00:00Z
NOW = SEEN + 86_400


@pytest.mark.parametrize(
    ("modified", "expected"),
    [
        ("2024-05-03T10:00:01Z", True),
        ("2024-05-03T10:00:00Z", False),
        ("2024-05-03T11:30:00+02:00", False),
        ("2024-05-04", True),
        ("2024-05-03", False),  # the day of the visit says nothing
        ("2024-05-04T12:00:00Z", False),  # a clock that is wrong
        ("Fri, 03 May 2024 12:00:00 GMT", True),
        ("soon", False),
        (None, False),
    ],
)
def test_a_change_after_the_last_visit(modified: str | None, expected: bool) -> None:
    entry = Found("https://a.example/1", modified=modified)
    assert changed_since([(entry, SEEN)], NOW) == ([entry] if expected else [])


@pytest.mark.parametrize(("changed", "total", "expected"), [(4, 4, 4), (5, 8, 0), (5, 10, 5), (30, 50, 0)])
def test_dates_that_the_source_makes_itself(changed: int, total: int, expected: int) -> None:
    entries = [Found(f"https://a.example/{n}", modified="2024-05-04" if n < changed else None) for n in range(total)]
    assert len(changed_since([(entry, SEEN) for entry in entries], NOW)) == expected


def test_seconds() -> None:
    assert seconds_of("2024-05-03T12:00:00+02:00") == SEEN
    assert seconds_of("2024-05-03T10:00:00") == SEEN


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Fri, 17 May 2024 16:34:08 UT", "2024-05-17"),
        ("fri, 17 may 2024 23:34:08 gmt", "2024-05-17"),
        ("Fri, 17 May 2024 16:34:8 -400", "2024-05-17"),
        ("2024-05-17T23:59:00-07:00", "2024-05-17"),  # the day as it stands there
        ("Fri, 31 Feb 2024 10:00:00 GMT", None),
        ("2024-02-30", None),
    ],
)
def test_days_of_feeds(text: str, day: str | None) -> None:
    found = day_of(text)
    assert (found.isoformat() if found else None) == day
