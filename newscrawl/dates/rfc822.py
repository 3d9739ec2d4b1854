"""Dates in the order of e-mail headers and of C: RFC 822, RFC 850, ``asctime``, JavaScript's ``Date``."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from newscrawl.dates.value import ParsedDate, make_day
from newscrawl.dates.zones import machine_zone, with_zone

_CLOCK = r"(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{1,2})(?:\.\d{1,6})?)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<m>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s{0,3}"
_FLAGS = re.IGNORECASE | re.ASCII
_DAY, _YEAR = r"(?P<d>\d{1,2})", r"(?P<y>\d{4})"
_SHORT_YEAR = r"(?P<y>\d{4}|\d{2})"
_GAP, _DASH = r"\s{1,3}", r"[\s-]{1,3}"
_HEADER = re.compile(rf"(?:{_WEEKDAY})?{_DAY}{_DASH}{_MONTH}{_DASH}{_SHORT_YEAR},?{_GAP}{_CLOCK}(?P<z>.*)", _FLAGS)
_ASCTIME = re.compile(rf"{_WEEKDAY}{_MONTH}{_GAP}{_DAY}{_GAP}{_CLOCK}(?P<z>{_GAP}\S{{1,32}})?{_GAP}{_YEAR}", _FLAGS)
_SCRIPT = re.compile(rf"{_WEEKDAY}{_MONTH}{_GAP}{_DAY}{_GAP}{_YEAR}{_GAP}{_CLOCK}(?P<z>.*)", _FLAGS)
_REMARK = re.compile(r"\([^()]{0,40}\)\s*\Z")


@dataclass(frozen=True, slots=True)
class HeaderDate:
    """A text in such a form. ``date`` is ``None`` where no such day or time exists: the text then holds no date."""

    date: ParsedDate | None


def parse_header_date(text: str, country: str | None = None) -> HeaderDate | None:
    """Read a text that is one such date and nothing else; ``None`` where it has another form.

    >>> parse_header_date("Thu, 03 Sep 15 00:01:01 +0200").date.isoformat()
    '2015-09-03T00:01:01+02:00'
    >>> parse_header_date("Fri May 17 16:34:08 2024").date.isoformat()
    '2024-05-17T16:34:08'
    >>> parse_header_date("Fri, 31 Feb 2024 10:00:00 GMT").date is None
    True
    """
    text = text.strip()
    if not text or len(text) > 80:
        return None
    for form in (_HEADER, _ASCTIME, _SCRIPT):
        if match := form.fullmatch(text):
            return _read(match, country)
    return None


def _read(match: re.Match[str], country: str | None) -> HeaderDate | None:
    written = _REMARK.sub("", match["z"] or "").strip()
    zone = machine_zone(written, country) if written else ""
    if written and not zone:
        return None
    year = int(match["y"])
    if len(match["y"]) == 2:
        year += 2000 if year < 70 else 1900
    day = make_day(year, _MONTHS.index(match["m"].lower()) + 1, int(match["d"]))
    hour, minute = int(match["h"]), int(match["mi"])
    if day is None or hour > 23 or minute > 59:
        return HeaderDate(None)
    time = dt.time(hour, minute, min(int(match["s"] or 0), 59))
    return HeaderDate(with_zone(ParsedDate(day, time), zone, "given"))
