"""Dates written for machines: ISO 8601 and sloppy variants, packed digits, Unix time, RFC 822."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from newscrawl.dates.rfc822 import parse_header_date
from newscrawl.dates.value import ParsedDate, make_day
from newscrawl.dates.zones import machine_zone, with_zone

_ISO = re.compile(
    r"([12]\d{3})([-/.]?)(\d{1,2})\2(\d{1,2})"
    r"(?:(?:\s{0,3}T\s{0,3}|\s{1,3}|_)(\d{1,2}):?(\d{2})(?::?(\d{1,2})(?:[.,:]\d{1,9})?)?"
    r"(?P<zone>\s{0,2}[A-Za-z+\-−\[][^\s]{0,40}(?:\s[+\-−]\S{1,6})?)?)?Z?",
    re.IGNORECASE | re.ASCII,
)
_PACKED = re.compile(r"([12]\d{3})([01]\d)([0-3]\d)([0-2]\d)([0-5]\d)([0-5]\d)?", re.ASCII)
_EPOCH = re.compile(r"(\d{10})(?:\.\d{1,6}|\d{3})?", re.ASCII)
_UNIX_FROM, _UNIX_TO = 631152000, 4102444800  # 1990 … 2100


@lru_cache(maxsize=1024)
def parse_machine(text: str, country: str | None = None) -> ParsedDate | None:
    """Return a date in one of the forms for machines, the whole text being nothing else; ``None`` otherwise.

    ``country`` (ISO 3166-1) decides between zones of one abbreviation.

    >>> parse_machine("2024-05-03T16:48:05.389Z").isoformat()
    '2024-05-03T16:48:05+00:00'
    >>> parse_machine("20240503") == parse_machine("2024-05-03")
    True
    >>> parse_machine("1714754925").isoformat()
    '2024-05-03T16:48:45+00:00'
    """
    text = text.strip().strip("\"'")
    if not text or len(text) > 64:
        return None
    if match := _ISO.fullmatch(text):
        return _iso(match, country)
    if match := _PACKED.fullmatch(text):
        year, month, date, hour, minute = (int(g) for g in match.groups()[:5])
        day = make_day(year, month, date)
        return ParsedDate(day, dt.time(hour, minute, int(match[6] or 0))) if day and hour < 24 else None
    if (match := _EPOCH.fullmatch(text)) and _UNIX_FROM <= int(match[1]) < _UNIX_TO:
        at = dt.datetime.fromtimestamp(int(match[1]), dt.UTC)
        return ParsedDate(at.date(), at.time(), dt.timedelta(0), "given")
    header = parse_header_date(text, country)
    return header.date if header else None


def _iso(match: re.Match[str], country: str | None) -> ParsedDate | None:
    day = make_day(int(match[1]), int(match[3]), int(match[4]))
    if day is None or (not match[2] and len(match[3] + match[4]) != 4):
        return None
    written = (match["zone"] or "").strip()
    zone = machine_zone(written, country) if written else "+00:00" if match[0][-1] in "Zz" else ""
    if written and not zone:
        return None
    if match[5] is None or int(match[5]) > 23 or int(match[6]) > 59:
        return ParsedDate(day)
    time = dt.time(int(match[5]), int(match[6]), min(int(match[7] or 0), 59))
    return with_zone(ParsedDate(day, time), zone, "given")
