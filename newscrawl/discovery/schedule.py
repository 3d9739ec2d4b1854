"""When a source of URLs is looked at again: pure functions of what was found and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
FIRST_INTERVAL: Final = 10 * MINUTE
RETIRED_AT: Final = 10.0
"""The weight of failures at which a source is given up: ten looks that found it gone, or forty that timed out."""
RETIRED_FOR: Final = 30 * 24 * HOUR
"""A retired source is looked at once a month: some come back."""
_WEIGHTS: Final = {
    "http-404": 1.0,
    "http-410": 2.5,
    "dns": 1.0,
    "html": 0.75,
    "no-feed": 0.75,
    "no-sitemap": 0.75,
    "refused": 1.0,
    "robots": 0.5,
    "http-401": 0.5,
    "http-403": 0.5,
    "http-451": 0.5,
    "empty": 0.5,
    "damaged": 0.5,
    "truncated": 0.25,
    "too-large": 0.5,
    "redirects": 0.5,
}
_OTHER: Final = 0.25
"""Time-outs, connections, responses in the 500s and 429: trouble that passes."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """When a source is due; instants and ``interval`` in seconds. ``interval`` 0: at every run.

    ``last_look``: the last one with a response.
    """

    interval: int = 0
    failure_weight: float = 0.0
    next_look: int = 0
    last_look: int | None = None
    last_new: int | None = None
    retired: int | None = None

    @property
    def is_failing(self) -> bool:
        """Whether the last look failed: the next one is not reckoned from the last response.

        >>> after_failure(after_success(Timetable(), now=0, new=1), now=900, reason="http-503").is_failing
        True
        >>> after_success(after_failure(Timetable(), now=0, reason="http-404"), now=900, new=0).is_failing
        False
        """
        return self.failure_weight > 0 and self.next_look != (self.last_look or 0) + self.interval


@dataclass(frozen=True, slots=True)
class ScheduleBounds:
    """The longest interval between two looks, in seconds."""

    longest: int = 6 * HOUR


def failure_weight(reason: str) -> float:
    """Return how much a failure speaks for a source being dead: 1 for a 404, less for trouble that passes."""
    return _WEIGHTS.get(reason, _OTHER)


def after_success(timetable: Timetable, now: int, new: int, bounds: ScheduleBounds | None = None) -> Timetable:
    """Return the timetable after a look that found ``new`` URLs: news halve the interval, quiet lengthens it.

    >>> after_success(Timetable(interval=3600), now=0, new=3).interval, after_success(Timetable(), 0, 0).interval
    (1800, 600)
    """
    longest = (bounds or ScheduleBounds()).longest
    if new:
        interval = timetable.interval // 2 if timetable.interval // 2 >= FIRST_INTERVAL else 0
    else:
        interval = max(FIRST_INTERVAL, timetable.interval * 3 // 2)
    interval = min(interval, longest)
    return replace(
        timetable,
        interval=interval,
        failure_weight=timetable.failure_weight / 2 if timetable.failure_weight > 0.1 else 0.0,
        next_look=now + interval,
        last_look=now,
        last_new=now if new else timetable.last_new,
        retired=None,
    )


def after_failure(timetable: Timetable, now: int, reason: str, bounds: ScheduleBounds | None = None) -> Timetable:
    """Return the timetable after a look that failed; the source is retired once its failures weigh `RETIRED_AT`."""
    longest = (bounds or ScheduleBounds()).longest
    weight = timetable.failure_weight + failure_weight(reason)
    interval = min(max(FIRST_INTERVAL, timetable.interval * 2), longest)
    retired = timetable.retired or (now if weight >= RETIRED_AT else None)
    wait = RETIRED_FOR if retired is not None else interval
    return replace(timetable, interval=interval, failure_weight=weight, next_look=now + wait, retired=retired)


def is_due(timetable: Timetable, now: int, slack: int = 2 * MINUTE) -> bool:
    """Tell whether a source is to be looked at; ``slack``: cron does not start to the second."""
    return timetable.next_look <= now + slack


def may_ask_conditionally(now: int, last_unconditional: int, longest: int) -> bool:
    """Tell whether validators may be sent: not once in ``longest`` seconds, since some servers repeat an ETag
    though the feed changed.
    """
    return 0 <= now - last_unconditional < longest
