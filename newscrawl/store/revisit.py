"""When an article is looked at again: young ones often, then ever more seldom, then never."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Schedule:
    """Ages at which an article is looked at again, in seconds, ascending."""

    ages: tuple[int, ...] = ()

    @classmethod
    def of_hours(cls, hours: Iterable[float]) -> Schedule:
        """Return the schedule of ages in hours."""
        return cls(tuple(sorted({int(float(hour) * HOUR) for hour in hours if float(hour) > 0})))

    def next_visit(self, now: int, first_seen: int, published: int | None) -> int | None:
        """Return the instant of the next look, or ``None`` where there is to be none.

        Age counts from publication; from the first sight where that is unknown, in the future, or only said by day.

        >>> Schedule.of_hours([1, 24]).next_visit(now=7200, first_seen=0, published=None)
        86400
        """
        born = min(published, first_seen) if published else first_seen
        return next((born + age for age in self.ages if born + age > now), None)
