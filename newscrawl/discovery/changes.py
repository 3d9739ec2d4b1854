"""Which known articles a feed or sitemap says were changed since they were last read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Final

from newscrawl.dates import parse_date
from newscrawl.discovery.found import Found

_FEW: Final = 4
"""Articles that may always be called changed; more only where they are at most half of the known ones."""


def changed_since(known: Iterable[tuple[Found, int]], now: int) -> list[Found]:
    """Return the entries with a date of change after their last visit (the second value) and not after ``now``.

    None where most known entries are said to have changed: then the dates are those of the source's own making.

    >>> entry = Found("https://a.example/1", modified="2024-05-03T10:00:00Z")
    >>> [len(changed_since([(entry, seen)], now=1714800000)) for seen in (1714700000, 1714750000)]
    [1, 0]
    """
    total = 0
    changed = []
    for entry, seen in known:
        total += 1
        at = seconds_of(entry.modified)
        if at is not None and seen < at <= now:
            changed.append(entry)
    return changed if len(changed) <= max(_FEW, total // 2) else []


def seconds_of(text: str | None) -> int | None:
    """Return a date as seconds since 1970; a time without a zone is UTC, a day without a time its beginning.

    >>> seconds_of("Fri, 03 May 2024 18:19:08 +0200"), seconds_of("2024-05-03"), seconds_of("soon")
    (1714753148, 1714694400, None)
    """
    parsed = parse_date(text[:100]) if text else None
    if parsed is None:
        return None
    offset = parsed.offset.total_seconds() if parsed.offset else 0
    return int(datetime.combine(parsed.day, parsed.time or time(), UTC).timestamp() - offset)
