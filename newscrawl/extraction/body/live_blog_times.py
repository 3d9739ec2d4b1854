"""Times of a live blog's entries: from what stands there ("14:32") to instants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from newscrawl.dates import DateCandidate, ParsedDate, parse_date
from newscrawl.dates.parse import parse_instant
from newscrawl.dates.zones import assumed_zone

_LONGEST = 24
_ANY_DAY = "2001-01-01"
_AHEAD = dt.timedelta(minutes=15)


def is_clock(text: str) -> bool:
    """Tell whether a text is a time of day and nothing else.

    >>> is_clock("14:32"), is_clock("14.32 Uhr"), is_clock("2.15pm BST"), is_clock("3 boats"), is_clock("2:1 for Wex")
    (True, True, True, False, False)
    """
    if not 3 < len(text) <= _LONGEST or not any(map(str.isdigit, text)) or sum(map(str.isalpha, text)) > 10:
        return False
    if not any(sign in text for sign in ":.h時时시") and not text.rstrip(". ").lower().endswith(("m", "uhr")):
        return False
    parsed = parse_date(f"{_ANY_DAY} {text}")
    if parsed is None or parsed.time is None or parsed.day.isoformat() != _ANY_DAY:
        return False
    return len([word for word in text.split() if not any(map(str.isdigit, word))]) <= 2


@dataclass(frozen=True, slots=True)
class Clocks:
    """What is needed to read an entry's time: that of the page, and where it is written.

    ``zone``: the site's; else an offset that the page's own times give; else the one assumed from country and language.
    """

    candidates: Sequence[DateCandidate] = ()
    language: str | None = None
    country: str | None = None
    fetched_at: str | None = None
    zone: str | None = None

    def resolve(self, raws: list[list[str]]) -> list[str | None]:
        """Return the instant of each entry, in page order, as ISO 8601 with offset; ``None`` where it cannot be told.

        A time of day belongs to the day of the page, or of the dated entry before it; where the times run over
        midnight the day changes, in the direction in which the page runs. None lies after the fetch.
        """
        given = [self._first(raw, None) for raw in raws]
        zone = self.zone or self._learned(given) or assumed_zone(self.country, self.language)
        given = [self._first(raw, zone) for raw in raws]
        clocks = [None if known else self._clock(raw, zone) for known, raw in zip(given, raws, strict=True)]
        order = [c.time for c in clocks if c is not None and c.time is not None]
        falling = sum(b < a for a, b in pairwise(order)) >= sum(b > a for a, b in pairwise(order))
        day = self._day("modified" if falling else "published") or self._day("published" if falling else "modified")
        last: dt.time | None = None
        out: list[str | None] = []
        for known, clock in zip(given, clocks, strict=True):
            parsed = known
            if known is not None:
                day, last = known.day, known.time
            elif clock is not None and clock.time is not None and day is not None:
                if last is not None and (clock.time > last if falling else clock.time < last):
                    day += dt.timedelta(days=-1 if falling else 1)
                last = clock.time
                parsed = self._read(f"{day.isoformat()} {self._text(clock)}", None) if clock.offset else None
            out.append(self._written(parsed))
        return out

    def _first(self, raw: list[str], zone: str | None) -> ParsedDate | None:
        for text in raw:
            parsed = self._read(text, zone)
            if parsed is not None and parsed.time is not None:
                return parsed
        return None

    def _read(self, text: str, zone: str | None) -> ParsedDate | None:
        return parse_date(
            text[:200], language=self.language, country=self.country, fetched_at=self.fetched_at, zone=zone
        )

    def _clock(self, raw: list[str], zone: str | None) -> ParsedDate | None:
        """Return the time of day, with the offset it has on the day of the page."""
        day = self._day("modified") or self._day("published")
        if day is None:
            return None
        return next((self._read(f"{day.isoformat()} {text}", zone) for text in raw if is_clock(text)), None)

    @staticmethod
    def _text(clock: ParsedDate) -> str:
        return clock.isoformat().partition("T")[2]

    def _day(self, role: str) -> dt.date | None:
        for candidate in self.candidates:
            if candidate["role"] == role and candidate["source"] in ("json-ld", "meta", "microdata", "time", "visible"):
                parsed = self._read(str(candidate["raw"]), None)
                if parsed is not None:
                    return parsed.day
        return None

    def _learned(self, given: list[ParsedDate | None]) -> str | None:
        """Return the one offset, other than UTC's, that the page's times have."""
        found = {p.offset for p in given if p is not None and p.offset}
        for candidate in self.candidates:
            if candidate["source"] in ("json-ld", "meta", "microdata", "time"):
                parsed = self._read(str(candidate["raw"]), None)
                if parsed is not None and parsed.offset and parsed.time_zone == "given":
                    found.add(parsed.offset)
        if len(found) != 1:
            return None
        minutes = int(found.pop().total_seconds()) // 60
        return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

    def _written(self, parsed: ParsedDate | None) -> str | None:
        if parsed is None or parsed.offset is None or parsed.instant is None:
            return None
        fetched = parse_instant(self.fetched_at)
        return None if fetched is not None and parsed.instant > fetched + _AHEAD else parsed.isoformat()
