"""A date as read from a text: the day, the time if there was one, and the offset if one was given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from newscrawl.dates.candidate import Role

TimeZone = Literal["given", "site", "assumed"]


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """What a text says of a day and a time, and nothing more.

    ``time`` is the wall clock as written (seconds kept, fractions dropped), ``None`` where only a day is named.
    ``offset`` is from UTC. ``time_zone`` says where the offset comes from: the text (``given``) or the caller
    (``site``, ``assumed``); ``None`` without an offset. ``guessed`` is true where day and month could be swapped and
    only the language or country decided. ``relative`` is true for "2 hours ago". ``fold`` is true where the
    hour exists twice because the clocks went back; the first of the two is taken.
    """

    day: dt.date
    time: dt.time | None = None
    offset: dt.timedelta | None = None
    time_zone: TimeZone | None = None
    role: Role = "unknown"
    guessed: bool = False
    relative: bool = False
    fold: bool = False

    @property
    def wall(self) -> dt.datetime | None:
        """The wall clock without a zone, or ``None`` where there is no time."""
        return None if self.time is None else dt.datetime.combine(self.day, self.time)

    @property
    def instant(self) -> dt.datetime | None:
        """The moment in UTC, or ``None`` where the time or the offset is unknown."""
        if self.time is None or self.offset is None:
            return None
        try:
            return dt.datetime.combine(self.day, self.time, dt.UTC) - self.offset
        except OverflowError:
            return None

    def isoformat(self) -> str:
        """ISO 8601: the date alone, the plain time, or the time with its offset.

        >>> ParsedDate(dt.date(2024, 5, 3), dt.time(8, 30), dt.timedelta(hours=2)).isoformat()
        '2024-05-03T08:30:00+02:00'
        >>> ParsedDate(dt.date(2024, 5, 3)).isoformat()
        '2024-05-03'
        """
        if self.time is None:
            return self.day.isoformat()
        wall = dt.datetime.combine(self.day, self.time)
        return (wall if self.offset is None else wall.replace(tzinfo=dt.timezone(self.offset))).isoformat()

    def without_time(self) -> ParsedDate:
        """Return the day alone."""
        return replace(self, time=None, offset=None, time_zone=None, fold=False)


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """Return a calendar day, or ``None`` where there is no such day or no news was printed then."""
    if not 1600 <= year <= 2199:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def make_offset(sign: str, hours: int, minutes: int) -> dt.timedelta | None:
    """Return an offset from UTC, or ``None`` beyond the -12:00 … +14:00 that exist."""
    total = (hours * 60 + minutes) * (-1 if sign in "-−–" else 1)
    return dt.timedelta(minutes=total) if -720 <= total <= 840 and minutes < 60 else None
