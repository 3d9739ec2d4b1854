"""Whether a site fell silent, judged against its own history."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

DAY: Final = 24 * 3600
LEAST: Final = 2 * DAY
"""Shorter silences are weekends."""
ENOUGH: Final = 5
"""Minimum of runs with news before silence is distinguished from a site's usual pace."""


def is_silent(now: int, with_news: Sequence[int]) -> bool:
    """Tell whether it is unusual that nothing came since the last of the instants at which runs found news (seconds).

    Silent is what lasts three times the longest pause so far, and two days at least.

    >>> daily = [day * DAY for day in range(10)]
    >>> is_silent(11 * DAY, daily), is_silent(13 * DAY, daily), is_silent(99 * DAY, daily[:4])
    (False, True, False)
    """
    times = sorted(with_news)
    if len(times) < ENOUGH:
        return False
    longest = max(later - earlier for earlier, later in pairwise(times))
    return now - times[-1] > max(LEAST, 3 * longest)
