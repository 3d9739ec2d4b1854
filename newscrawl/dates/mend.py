"""What other evidence says of a tag's time: no UTC after all, shown in another zone, day and month swapped."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from newscrawl.dates.value import ParsedDate, TimeZone
from newscrawl.dates.weigh import WeighedDate
from newscrawl.dates.zones import offset_at, with_zone

_UTC = dt.timedelta(0)
_HEAD = 1
_LONG_AGO = dt.timedelta(days=1000)
_MONTH = dt.timedelta(days=30)
_DAY = dt.timedelta(days=1)
_MINUTE = dt.timedelta(minutes=1)
_EXACT_UTC = re.compile(r"\d\.\d{3}Z\Z")
"""What JavaScript's ``toISOString`` writes, which is UTC; a page rendered on a server in UTC shows the same clock."""


def mend_utc(
    parsed: ParsedDate, raw: str, others: list[WeighedDate], zone: str | None, kind: TimeZone
) -> tuple[ParsedDate, dict[str, Any] | None]:
    """Put a time that calls itself UTC into the zone in which the page shows it; with the evidence, or ``None``.

    It is mended where another tag gives the same wall clock with another offset, or where the visible line shows the
    same wall clock in a zone that is not UTC then. ``zone``: that of the site or its country; a guess by language is no
    ground to correct a page.
    """
    if parsed.offset != _UTC or parsed.wall is None or parsed.time == dt.time(0):
        return parsed, None
    exact = _EXACT_UTC.search(raw) is not None
    wall = parsed.wall.replace(second=0)
    for other in others:
        if other.parsed.wall is None or other.parsed.wall.replace(second=0) != wall:
            continue
        note = {"given": parsed.isoformat(), "by": other.candidate["raw"], "source": other.candidate["source"]}
        offset = other.parsed.offset
        if offset is not None and offset != _UTC:
            return replace(parsed, offset=offset, time_zone="given"), note
        if offset is None and other.candidate["source"] == "visible" and zone and not exact:
            local = with_zone(replace(parsed, offset=None, time_zone=None), zone, kind)
            if local.offset not in (None, _UTC):
                return local, note
    return parsed, None


def zone_by_others(
    parsed: ParsedDate, others: list[WeighedDate], *, known: bool
) -> tuple[ParsedDate, dict[str, Any] | None]:
    """Give a time without a zone the offset under which a zoned time of the page is the same moment.

    Two can be: that of the other time, where both show one clock, and UTC, where the other is the same instant.
    ``known``: the page or site gives its zone elsewhere; the same clock called UTC is then local time mislabelled.
    """
    if parsed.offset is not None or parsed.wall is None or parsed.time == dt.time(0):
        return parsed, None
    for other in others:
        shown = other.parsed
        if shown.offset is None or shown.time_zone != "given" or shown.wall is None or shown.relative:
            continue
        if known and shown.offset == _UTC:
            continue
        note = {"raw": other.candidate["raw"], "source": other.candidate["source"]}
        for offset in (shown.offset, _UTC):
            if abs((parsed.wall - offset) - (shown.wall - shown.offset)) < _MINUTE:
                return replace(parsed, offset=offset, time_zone="given"), note
    return parsed, None


def as_shown(
    parsed: ParsedDate, others: list[WeighedDate], zone: str | None
) -> tuple[ParsedDate, dict[str, Any] | None]:
    """Give a UTC instant with the offset in which the page shows it to its readers; the instant stays the same.

    So 02:18 UTC of the 18th is the evening of the 17th where the page says the 17th. Grounds: the same instant with an
    offset elsewhere on the page, or a line or URL that shows the local time or the local day in ``zone``.
    """
    instant = parsed.instant
    if parsed.offset != _UTC or instant is None or parsed.wall is None:
        return parsed, None
    offset = offset_at(zone, instant) if zone else None
    local = _moved(parsed, offset)
    for other in others:
        source, shown = other.candidate["source"], other.parsed
        note = {"raw": other.candidate["raw"], "source": source}
        if shown.offset not in (None, _UTC) and shown.instant and abs(shown.instant - instant) < _MINUTE:
            return _moved(parsed, shown.offset), note
        if offset is None or offset == _UTC or source not in ("visible", "url", "time") or shown.offset is not None:
            continue
        same_clock = shown.wall is not None and local.wall is not None and abs(shown.wall - local.wall) < _MINUTE
        local_day = shown.time is None and shown.day == local.day != parsed.day
        if same_clock or local_day:
            return local, note
    return parsed, None


def _moved(parsed: ParsedDate, offset: dt.timedelta | None) -> ParsedDate:
    """Return the same instant of a UTC time on clocks of another offset."""
    if offset is None or parsed.wall is None:
        return parsed
    try:
        wall = parsed.wall + offset
    except OverflowError:
        return parsed
    return replace(parsed, day=wall.date(), time=wall.time(), offset=offset)


def swapped_day(day: dt.date) -> dt.date:
    """Day and month exchanged, for a day that can be read both ways."""
    return day.replace(month=day.day, day=day.month)


def swap(parsed: ParsedDate, others: list[WeighedDate]) -> WeighedDate | None:
    """Return the other date that shows day and month of a guess to be swapped, if there is one and none confirms it."""
    if any(not o.parsed.guessed and o.parsed.day == parsed.day for o in others):
        return None
    for other in others:
        day = other.parsed.day
        if not other.parsed.guessed and day == swapped_day(parsed.day) != parsed.day:
            return other
    return None


def earlier_line_first(published: list[WeighedDate], modified: list[WeighedDate]) -> list[WeighedDate]:
    """Put an earlier line of the article's header first, where the tag's date of publication is that of the change.

    Where it lies after every change that the tags know, as a deployment's does, another tag's or line's that does not
    goes first, unless a line of the header bears it out: a text can be changed before it is published.

    Ground: the tags give one moment for both, or two within a day, as editing systems do that date a page by its last
    export; and a line of the header names an earlier day, labelled as the publication, beside a label of an update, or
    as the header's only date and more than a month before.
    """
    if not published or published[0].candidate["source"] not in ("json-ld", "meta"):
        return published
    best = published[0].parsed
    tags = [m.parsed for m in modified if m.candidate["source"] in ("json-ld", "meta")]
    same = any(m.instant == best.instant if best.instant else m.day == best.day for m in tags)
    if tags and all(m.day < best.day - _DAY for m in tags):
        changed = max(m.day for m in tags)
        tried = (r for r in published if r.candidate["source"] in ("json-ld", "meta") or _in_head(r))
        sound = next((r for r in tried if r.parsed.day <= changed), None)
        if sound and not any(_in_head(r) and r.parsed.day == best.day for r in published):
            return [sound, *(r for r in published if r is not sound)]
    synced = any((m.day - best.day).days <= 1 for m in tags)
    if not synced:
        return published
    lines = {r.parsed.day for r in published if _in_head(r)}
    updated = any(m.candidate["source"] == "visible" and m.candidate.get("rank", 0) <= _HEAD for m in modified)
    for reading in published:
        day = reading.parsed.day
        told = reading.candidate["role"] == "published" or (same and updated)
        alone = lines == {day} and best.day - day > _MONTH
        if _in_head(reading) and (told or alone) and dt.timedelta(0) < best.day - day < _LONG_AGO:
            if best.day - day == dt.timedelta(days=1) and not _hours_before(reading.parsed, best):
                continue
            return [reading, *(r for r in published if r is not reading)]
    return published


def _in_head(reading: WeighedDate) -> bool:
    candidate = reading.candidate
    return (
        candidate["source"] == "visible"
        and candidate.get("rank", 0) <= _HEAD
        and not (reading.parsed.relative or reading.parsed.guessed)
    )


def _hours_before(line: ParsedDate, best: ParsedDate) -> bool:
    """Tell whether the line's time lies before the tag's in every zone."""
    return line.wall is not None and best.wall is not None and best.wall - line.wall > dt.timedelta(hours=14)
