"""The days that are requested: ``since`` and ``until``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from newscrawl.discovery.found import Found
from newscrawl.discovery.sitemaps import Child

_MONTH_ONLY = re.compile(r"\s{0,4}(\d{4})-(\d{2})\s{0,4}\Z")
_IN_PATH: Final = re.compile(r"/((?:19|20)\d{2})/(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01]))?(?=/)")
_NAMED: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_/.]?(0[1-9]|1[0-2])(?:[-_/.]?(0[1-9]|[12]\d|3[01]))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Window:
    """Days from ``since`` to ``until``, both included; ``None``: without end."""

    since: date | None = None
    until: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether all days are in it."""
        return self.since is None and self.until is None

    def admits(self, entry: Found) -> bool:
        """Tell whether an entry may be of these days; one without a date, in its path either, may be.

        A change before ``since`` means a publication before it; a later change says nothing.

        >>> Window(since=date(2024, 5, 1)).admits(Found("https://a.example/1", modified="2024-04-01"))
        False
        """
        published, modified = day_of(entry.published), day_of(entry.modified)
        if published is not None:
            return (self.since is None or published >= self.since) and (self.until is None or published <= self.until)
        days = None if modified is not None else days_in(entry.url)
        if days is not None:
            return self._overlaps(*days)
        return modified is None or self.since is None or modified >= self.since

    def admits_child(self, child: Child) -> bool:
        """Tell whether a sitemap of an index may hold entries of these days: by its last change, by its name."""
        if self.is_open:
            return True
        modified = day_of(child.modified)
        if modified is not None and self.since is not None and modified < self.since:
            return False
        named = _NAMED.search(child.url.rpartition("://")[2].partition("/")[2])
        if named is None:
            return True
        return self._overlaps(*_span(int(named[1]), int(named[2]), int(named[3]) if named[3] else None))

    def _overlaps(self, first: str, last: str) -> bool:
        return (self.since is None or last >= self.since.isoformat()) and (
            self.until is None or first <= self.until.isoformat()
        )


def read_day(text: str) -> date:
    """Read ``2024-05-03`` or an instant; raises `ValueError` with a sentence for the user."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise ValueError("give an ISO date such as 2024-05-03") from None


def day_of(text: str | None) -> date | None:
    """Return the day that a feed's or sitemap's date names where it stands, ``None`` where it cannot be read.

    >>> day_of("2024-05-03T18:19:08Z") == day_of("Fri, 03 May 2024 18:19:08 GMT")
    True
    """
    if not text or _MONTH_ONLY.match(text):
        return None
    from newscrawl.dates import parse_date  # loads rules of many languages, which few runs need in this process

    parsed = parse_date(text[:100])
    return parsed.day if parsed is not None else None


def days_in(url: str) -> tuple[str, str] | None:
    """Return the first and last day of the date in a URL's path, ``None`` where there is none.

    >>> days_in("https://a.example/2024/05/03/ferry/"), days_in("https://a.example/2024/5/ferry")
    (('2024-05-03', '2024-05-03'), ('2024-05-01', '2024-05-31'))
    """
    found = _IN_PATH.search(url[:2000].partition("://")[2].partition("?")[0])
    return _span(int(found[1]), int(found[2]), int(found[3]) if found[3] else None) if found else None


def _span(year: int, month: int, day: int | None) -> tuple[str, str]:
    """Return the first and last day of a month, or the day twice (ISO text, which sorts as dates do)."""
    if day is not None:
        return f"{year:04}-{month:02}-{day:02}", f"{year:04}-{month:02}-{day:02}"
    return f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-31"
