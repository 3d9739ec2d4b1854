"""What a record says of where its date comes from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from newscrawl.dates.value import ParsedDate
from newscrawl.dates.weigh import WeighedDate
from newscrawl.dates.zones import with_zone

_MOST = 5
_MINUTE = dt.timedelta(seconds=60)


def evidence_of(
    best: WeighedDate, parsed: ParsedDate, readings: list[WeighedDate], notes: dict[str, Any], zone: str | None
) -> dict[str, Any]:
    """Return the evidence of a date chosen: its raw text and place, the state of its zone, and what disagreed."""
    candidate = best.candidate
    evidence: dict[str, Any] = {
        "raw": candidate["raw"],
        "source": candidate["source"],
        "place": candidate["place"],
        "time_zone": parsed.time_zone if parsed.time is not None else None,
        "disagreed": disagreements(parsed, readings, zone),
    }
    if parsed.fold:
        evidence["ambiguous_hour"] = True
    if parsed.guessed:
        evidence["ambiguous_order"] = True
    if parsed.relative:
        evidence["relative"] = True
    return {**evidence, **notes}


def disagreements(parsed: ParsedDate, readings: list[WeighedDate], zone: str | None) -> list[dict[str, Any]]:
    """Return the other candidates that say another day, or another minute where both give the time."""
    found: list[dict[str, Any]] = []
    for reading in readings:
        if agrees(parsed, reading.parsed, zone):
            continue
        entry = {
            "raw": reading.candidate["raw"],
            "source": reading.candidate["source"],
            "place": reading.candidate["place"],
        }
        if entry not in found:
            found.append(entry)
    return found[:_MOST]


def agrees(one: ParsedDate, other: ParsedDate, zone: str | None) -> bool:
    """Tell whether two dates can be the same moment as far as both tell."""
    if one.time is None or other.time is None:
        return one.day == other.day
    a, b = (with_zone(p, zone or "+00:00", "assumed").instant for p in (one, other))
    return a is not None and b is not None and abs(a - b) < _MINUTE
