"""Dates written for machines: ISO 8601 and its sloppy kin, RFC 822, JavaScript's ``Date``, Unix time."""

from __future__ import annotations

import datetime as dt
import re

from newscrawl.dates.lexicon import lexicon
from newscrawl.dates.value import ParsedDate, make_day, make_offset

_ISO = re.compile(
    r"([12]\d{3})([-/.]?)(\d{1,2})\2(\d{1,2})"
    r"(?:(?:\s{0,3}T\s{0,3}|\s{1,3}|_)(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,:]\d{1,9})?)?"
    r"\s{0,2}(Z|UTC|GMT)?\s?(?:([+\-−])(\d{2}):?(\d{2})?)?(?:\[[\w/+\-]{1,40}\])?)?Z?",
    re.IGNORECASE | re.ASCII,
)
_PACKED = re.compile(r"([12]\d{3})([01]\d)([0-3]\d)([0-2]\d)([0-5]\d)([0-5]\d)?", re.ASCII)
_ASCTIME = re.compile(
    r"[A-Za-z]{3,9},? ([A-Za-z]{3,9}) {1,2}(\d{1,2}) (\d{1,2}):(\d{2}):(\d{2}) ([A-Z]{2,4}|[+-]\d{4}) ?(\d{4})",
    re.ASCII,
)
_EPOCH = re.compile(r"(\d{10})(?:\.\d{1,6}|\d{3})?", re.ASCII)
_UNIX_FROM, _UNIX_TO = 631152000, 4102444800  # 1990 … 2100
_TZ = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2}


def parse_machine(text: str) -> ParsedDate | None:
    """A date in one of the forms for machines, the whole text being nothing else; ``None`` otherwise.

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
        return _iso(match)
    if match := _PACKED.fullmatch(text):
        year, month, date, hour, minute = (int(g) for g in match.groups()[:5])
        day = make_day(year, month, date)
        return ParsedDate(day, dt.time(hour, minute, int(match[6] or 0))) if day and hour < 24 else None
    if (match := _EPOCH.fullmatch(text)) and _UNIX_FROM <= int(match[1]) < _UNIX_TO:
        at = dt.datetime.fromtimestamp(int(match[1]), dt.UTC)
        return ParsedDate(at.date(), at.time(), dt.timedelta(0), "given")
    if match := _ASCTIME.fullmatch(text):
        return _asctime(match)
    return None


def _iso(match: re.Match[str]) -> ParsedDate | None:
    day = make_day(int(match[1]), int(match[3]), int(match[4]))
    if day is None or (not match[2] and len(match[3] + match[4]) != 4):
        return None
    if match[5] is None or int(match[5]) > 23 or int(match[6]) > 59:
        return ParsedDate(day)
    time = dt.time(int(match[5]), int(match[6]), min(int(match[7] or 0), 59))
    offset = None
    if match[9]:
        offset = make_offset(match[9], int(match[10]), int(match[11] or 0))
    elif match[8] or match[0][-1] in "Zz":
        offset = dt.timedelta(0)
    return ParsedDate(day, time, offset, None if offset is None else "given")


def _asctime(match: re.Match[str]) -> ParsedDate | None:
    month = lexicon().month(match[1].lower(), "en")
    day = make_day(int(match[7]), month, int(match[2])) if month else None
    if day is None or int(match[3]) > 23 or int(match[4]) > 59:
        return None
    time, zone = dt.time(int(match[3]), int(match[4]), min(int(match[5]), 59)), match[6]
    if zone[0] in "+-":
        offset = make_offset(zone[0], int(zone[1:3]), int(zone[3:]))
    else:
        offset = dt.timedelta(hours=_TZ[zone]) if zone in _TZ else dt.timedelta(0) if zone in ("UTC", "GMT") else None
    return ParsedDate(day, time, offset, None if offset is None else "given")
