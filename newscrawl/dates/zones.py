"""Time zones: what a country's clocks show, and what an abbreviation behind a time means."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from newscrawl.dates.text import Tokens, tokenise
from newscrawl.dates.value import ParsedDate, TimeZone, make_offset
from newscrawl.text.package_data import table


def _read(name: str) -> dict[str, Any]:
    return table(f"dates/{name}")


@cache
def _names() -> list[tuple[tuple[str, ...], str]]:
    return [(tuple(tokenise(name).words), zone) for name, zone in _read("zones.toml")["names"].items()]


@cache
def zone_of(name: str) -> ZoneInfo | None:
    """Return the IANA zone of that name, or ``None`` where there is none."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


def assumed_zone(country: str | None, language: str | None) -> str | None:
    """Return the zone of a country's national press, else of the country with most of the language's press.

    >>> assumed_zone("CH", "fr"), assumed_zone(None, "fr-CA"), assumed_zone(None, "fr"), assumed_zone(None, None)
    ('Europe/Zurich', 'America/Toronto', 'Europe/Paris', None)
    """
    data = _read("countries.toml")
    zones: dict[str, str] = data["zones"]
    parts = (language or "").replace("_", "-").split("-")
    for code in ((country or "").upper(), *(p.upper() for p in parts[1:]), data["languages"].get(parts[0].lower(), "")):
        if code in zones:
            return zones[code]
    return None


def _offset(value: str, day: dt.date, time: dt.time) -> dt.timedelta | None:
    if value[0] in "+-":
        return _fixed(value)
    zone = zone_of(value)
    try:
        return None if zone is None else dt.datetime.combine(day, time, zone).utcoffset()
    except OverflowError:
        return None


def _fixed(value: str) -> dt.timedelta | None:
    hours, _, minutes = value[1:].partition(":")
    if not (hours.isdecimal() and (minutes or "0").isdecimal()):
        return None
    return make_offset(value[0], int(hours), int(minutes or 0))


def read_zone(tokens: Tokens, i: int, country: str | None = None) -> tuple[str, int]:
    """Return a zone at token ``i``: an offset (``+02:00``) or IANA name, and its tokens' number; ``("", 0)`` for none.

    >>> read_zone(tokenise("GMT+1"), 0), read_zone(tokenise("+0200"), 0), read_zone(tokenise("EST"), 0)
    (('+01:00', 3), ('+02:00', 2), ('-05:00', 1))
    """
    word = tokens.word(i)
    if word in ("+", "-"):
        return _signed(tokens, i)
    raw = tokens.raw(i)
    abbreviations: dict[str, str] = _read("zones.toml")["abbreviations"]
    if raw in abbreviations:
        if raw in ("UTC", "GMT"):
            signed, size = _signed(tokens, i + 1)
            if size:
                return signed, size + 1
        local = _read("zones.toml")["countries"].get(raw, {})
        return local.get(country or "") or abbreviations[raw], 1
    for name, zone in _names():
        if name[0] == word and tuple(tokens.words[i : i + len(name)]) == name:
            return zone, len(name)
    return "", 0


def _signed(tokens: Tokens, i: int) -> tuple[str, int]:
    sign = tokens.word(i)
    if sign not in ("+", "-") or not tokens.glued(i + 1):
        return "", 0
    four = tokens.number(i + 1, (4,))
    if four >= 0:
        found, size = make_offset(sign, four // 100, four % 100), 2
    else:
        hours, minutes, size = tokens.number(i + 1, (1, 2)), 0, 2
        if hours >= 0 and tokens.word(i + 2) == ":" and tokens.glued(i + 3) and tokens.number(i + 3, (2,)) >= 0:
            minutes, size = tokens.number(i + 3, (2,)), 4
        found = make_offset(sign, hours, minutes) if hours >= 0 else None
    if found is None:
        return "", 0
    return _written(found), size


_SIGNED = re.compile(r"(?:UTC|GMT|UT)?\s?([+\-−])(\d{1,2}):?(\d{2})?(?:\[[\w/+\-]{1,40}\])?", re.IGNORECASE | re.ASCII)


def machine_zone(text: str, country: str | None = None) -> str:
    """Return the zone that is the whole text, in any case: an offset or IANA name, ``""`` for none.

    >>> machine_zone("-500"), machine_zone("gmt"), machine_zone("MEST"), machine_zone("America/Lima")
    ('-05:00', '+00:00', '+02:00', 'America/Lima')
    """
    if match := _SIGNED.fullmatch(text):
        offset = make_offset(match[1], int(match[2]), int(match[3] or 0))
        return "" if offset is None else _written(offset)
    text = text.strip("[]()")
    data = _read("zones.toml")
    name = text.upper()
    if name in data["abbreviations"]:
        local: dict[str, str] = data["countries"].get(name, {})
        return str(local.get(country or "") or data["abbreviations"][name])
    return text if "/" in text and zone_of(text) is not None else ""


def _written(offset: dt.timedelta) -> str:
    total = int(offset.total_seconds()) // 60
    return f"{'-' if total < 0 else '+'}{abs(total) // 60:02}:{abs(total) % 60:02}"


def with_zone(parsed: ParsedDate, zone: str | None, kind: TimeZone) -> ParsedDate:
    """Return a plain time put into a zone (IANA name or offset); a bare day or a time with an offset is left as it is.

    Where the clocks went back and the hour exists twice, the first is taken and ``fold`` set.
    """
    if parsed.time is None or parsed.offset is not None or not zone:
        return parsed
    offset = _offset(zone, parsed.day, parsed.time)
    if offset is None:
        return parsed
    second = _offset(zone, parsed.day, parsed.time.replace(fold=1))
    return replace(parsed, offset=offset, time_zone=kind, fold=second is not None and second < offset)


def offset_at(zone: str, instant: dt.datetime) -> dt.timedelta | None:
    """Return the offset of a zone (IANA name or offset) at a moment in UTC.

    >>> offset_at("Europe/Paris", dt.datetime(2024, 3, 31, 0, 59, tzinfo=dt.UTC)) == dt.timedelta(hours=1)
    True
    >>> offset_at("Europe/Paris", dt.datetime(2024, 3, 31, 1, 0, tzinfo=dt.UTC)) == dt.timedelta(hours=2)
    True
    """
    if zone[0] in "+-":
        return _fixed(zone)
    found = zone_of(zone)
    try:
        return None if found is None else instant.astimezone(found).utcoffset()
    except OverflowError:
        return None


@cache
def default_countries() -> frozenset[str]:
    """Return the countries a page names without meaning it, because its software does."""
    return frozenset(_read("countries.toml")["default"]["countries"])


@cache
def month_first_countries() -> frozenset[str]:
    """Return the countries whose English pages write the month before the day."""
    return frozenset(_read("countries.toml")["order"]["month_first"])
