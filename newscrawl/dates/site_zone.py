"""The zone of a site as its own pages give it away."""

from __future__ import annotations

import datetime as dt

from newscrawl.dates.weigh import WeighedDate
from newscrawl.dates.zones import offset_at

_TAGS = frozenset(("json-ld", "meta", "microdata", "time"))
_UTC = dt.timedelta(0)


def learned_zone(readings: list[WeighedDate], assumed: str | None) -> str | None:
    """Return the zone in which a page's tags give times: the assumed one where they bear it out, else their offset.

    ``None`` where they give no offset but UTC's, which says nothing of the site, or several that contradict each other.
    """
    given = [
        (r.parsed.offset, r.parsed.instant)
        for r in readings
        if r.candidate["source"] in _TAGS and r.parsed.time_zone == "given" and r.parsed.offset != _UTC
    ]
    if not given:
        return None
    if assumed and all(instant and offset_at(assumed, instant) == offset for offset, instant in given):
        return assumed
    offsets = {offset for offset, _ in given if offset is not None}
    if len(offsets) != 1:
        return None
    minutes = int(offsets.pop().total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
