"""A date out of a text, for anyone: `parse_date`."""

from __future__ import annotations

import datetime as dt
from functools import cache

from newscrawl.dates.candidate import Role
from newscrawl.dates.grammar import DateConvention, reading_for
from newscrawl.dates.machine import parse_machine
from newscrawl.dates.rfc822 import parse_header_date
from newscrawl.dates.scan import scan
from newscrawl.dates.value import ParsedDate
from newscrawl.dates.zones import month_first_countries, with_zone


@cache
def reading(language: str | None, country: str | None) -> DateConvention:
    """Return the reading of pages of that language and country."""
    return reading_for(language, country, month_first_countries())


def parse_instant(text: str | None) -> dt.datetime | None:
    """Return an aware moment in UTC out of ISO 8601, a time without a zone being UTC; ``None`` where it is none."""
    parsed = parse_machine(text) if text else None
    return with_zone(parsed, "+00:00", "given").instant if parsed else None


def parse_date(
    text: str,
    *,
    language: str | None = None,
    country: str | None = None,
    fetched_at: str | None = None,
    zone: str | None = None,
    role: Role | None = None,
) -> ParsedDate | None:
    """Return the date a text holds, in the forms of machines and of news pages; ``None`` where it holds none.

    ``language`` (BCP 47) and ``country`` (ISO 3166-1) decide the order of day and month; ``fetched_at`` (ISO 8601) is
    what "2 hours ago" counts from; ``zone`` (IANA) is put to a time without one, which is then "assumed". Of several
    dates the one of that ``role`` is taken, else the publication's, else the first that is no update, else the first.

    >>> parse_date("Modifié le 08/07/2017 à 09:05 - Publié le 07/07/2017 à 16:48", language="fr").isoformat()
    '2017-07-07T16:48:00'
    >>> parse_date("08/07/2017", language="en", country="US").isoformat()
    '2017-08-07'
    >>> parse_date("Stand: 26.04.2024, 20:44 Uhr", zone="Europe/Berlin").isoformat()
    '2024-04-26T20:44:00+02:00'
    >>> parse_date("Tue, 01 Dec 2020 10:00:00 +0100").isoformat()
    '2020-12-01T10:00:00+01:00'
    >>> parse_date("il y a 2 heures", fetched_at="2024-05-03T10:20:30Z").isoformat()
    '2024-05-03T08:20:00+00:00'
    >>> parse_date("2025年1月13日 20時01分", zone="Asia/Tokyo").isoformat()
    '2025-01-13T20:01:00+09:00'
    >>> parse_date("no date at all") is None
    True
    """
    parsed = read_date(text, language, country, fetched_at, zone, role)
    return None if parsed is None else with_zone(parsed, zone, "assumed")


def read_date(
    text: str, language: str | None, country: str | None, fetched_at: str | None, zone: str | None, role: Role | None
) -> ParsedDate | None:
    """As `parse_date`, but ``zone`` serves relative dates only: a plain time stays without one."""
    parsed = parse_machine(text, country)
    if parsed is not None:
        return parsed
    if parse_header_date(text, country):
        return None  # such a date does not exist: no other is read out of its numbers
    if not any(c.isdigit() for c in text) and fetched_at is None:
        return None
    moments = scan(text, reading(language, country), parse_instant(fetched_at), zone).moments
    dates = [m.parsed for m in moments if m.parsed is not None]
    wanted = (role,) if role else ("published", "unknown")
    return next((p for r in wanted for p in dates if p.role == r), dates[0] if dates else None)
