"""Articles over time: the days of publication, put into as many days, weeks, months or years as a chart can show."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Literal

Unit = Literal["day", "week", "month", "year"]
_MOST_DAYS = 92
_MOST_WEEKS = 120
_MOST_MONTHS = 144
_MOST_YEARS = 400
_FEW = 12


@dataclass(frozen=True, slots=True)
class Timeline:
    """``starts``: the first day of each step, without a gap. ``outside``: articles before or after them."""

    unit: Unit
    starts: list[dt.date]
    outside: int

    def place(self, day: dt.date) -> int:
        """Return the step of a day; negative before the first, ``len(starts)`` or more after the last."""
        first = self.starts[0]
        if self.unit == "day":
            return (day - first).days
        if self.unit == "week":
            return (day - first).days // 7
        if self.unit == "month":
            return (day.year - first.year) * 12 + day.month - first.month
        return day.year - first.year

    def counts(self, days: Counter[dt.date]) -> list[int]:
        """Return how many of the days' articles fall into each step."""
        found = [0] * len(self.starts)
        for day, count in days.items():
            if 0 <= (step := self.place(day)) < len(found):
                found[step] += count
        return found

    def label(self, index: int) -> str:
        """Return the name of a step.

        >>> Timeline("week", [dt.date(2024, 4, 29)], 0).label(0)
        'week of 29 April 2024'
        """
        start = self.starts[index]
        day = f"{start.day} {start:%B} {start.year}"
        names = {"day": day, "week": f"week of {day}", "month": f"{start:%B} {start.year}", "year": str(start.year)}
        return names[self.unit]


def timeline(days: Counter[dt.date]) -> Timeline | None:
    """Return the steps for these days; ``None`` where there is none.

    A few days far off (a hundredth of all articles at most, at either end) do not stretch the chart; they are counted
    as outside.
    """
    if not days:
        return None
    order = sorted(days)
    first, last = _core(days, order), _core(days, order[::-1])
    reach = dt.timedelta(max(30, (last - first).days))
    if first - order[0] <= reach:
        first = order[0]
    if order[-1] - last <= reach:
        last = order[-1]
    outside = sum(count for day, count in days.items() if not first <= day <= last)
    unit = _unit((last - first).days + 1, total=days.total())
    return Timeline(unit, _steps(unit, first, last), outside)


def _core(days: Counter[dt.date], order: list[dt.date]) -> dt.date:
    """Return the first day, in this order, that more than a hundredth of all articles have reached."""
    total, seen = days.total(), 0
    for day in order:
        seen += days[day]
        if seen * 100 > total:
            return day
    return order[-1]


def _unit(span: int, total: int) -> Unit:
    """Return the finest unit with steps that a chart can show, and no more of them than there are articles."""
    units: tuple[tuple[Unit, int, int], ...] = (
        ("day", 1, _MOST_DAYS),
        ("week", 7, _MOST_WEEKS),
        ("month", 30, _MOST_MONTHS),
    )
    for unit, days, most in units:
        if span <= days * most and span / days <= max(total, _FEW):
            return unit
    return "year"


def _steps(unit: Unit, first: dt.date, last: dt.date) -> list[dt.date]:
    if unit == "day":
        return [first + dt.timedelta(number) for number in range((last - first).days + 1)]
    if unit == "week":
        monday = first - dt.timedelta(first.weekday())
        return [monday + dt.timedelta(7 * number) for number in range((last - monday).days // 7 + 1)]
    if unit == "month":
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        return [dt.date(month // 12, month % 12 + 1, 1) for month in months]
    return [dt.date(year, 1, 1) for year in range(max(first.year, last.year - _MOST_YEARS), last.year + 1)]


def day_of(text: str) -> dt.date | None:
    """Return the day that an ISO 8601 date begins with."""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
