"""One date of publication and one of change out of all candidates, by stated rules: `decide`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Literal

from newscrawl.dates.candidate import DateCandidate
from newscrawl.dates.evidence import evidence_of
from newscrawl.dates.mend import as_shown, earlier_line_first, mend_utc, swap, swapped_day, zone_by_others
from newscrawl.dates.parse import parse_instant, read_date
from newscrawl.dates.site_zone import learned_zone
from newscrawl.dates.value import ParsedDate, TimeZone
from newscrawl.dates.votes import by_votes
from newscrawl.dates.weigh import WeighedDate, weight
from newscrawl.dates.zones import assumed_zone, default_countries, with_zone

TAG_TOLERANCE = dt.timedelta(minutes=15)
"""How far a tag's instant may lie ahead of the fetch: clocks of two machines differ."""
_EPOCHS = (dt.date(1970, 1, 1), dt.date(1900, 1, 1), dt.date(1601, 1, 1))
_OLDEST_LINE = 1990
_NEAREST = 2
"""The rank up to which "2 hours ago" is believed: further off it is a teaser's as often as not."""


@dataclass(frozen=True, slots=True)
class DateDecision:
    """ISO 8601 dates with offset, the day alone where no time is given, ``None`` where the page says nothing.

    ``evidence``: ``date_published`` and ``date_modified`` → ``{"raw", "source", "place", "time_zone", "disagreed"}``
    and, where it applies, ``"mended"`` (what was corrected, and on what ground), ``"shown_as"`` (what gave a UTC time
    its local offset), ``"time_from"`` (what gave a bare day its time), ``"zone_from"`` (what gave a plain time its
    zone), ``"ambiguous_order"`` (day and month could be swapped), ``"ambiguous_hour"``, ``"relative"``;
    ``None`` for a date not found.
    """

    date_published: str | None
    date_modified: str | None
    evidence: dict[str, dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class DateKnowledge:
    """What is known besides the candidates."""

    fetched: dt.datetime | None
    zone: str | None
    zone_kind: TimeZone
    sure_zone: str | None
    """The zone where the site or its country, and not only its language, gives it."""


def decide(
    candidates: list[DateCandidate],
    *,
    fetched_at: str | None,
    language: str | None,
    country: str | None,
    site_zone: str | None,
) -> DateDecision:
    """Choose the dates of an article.

    A published date is never taken from what is called a change; one in the future of ``fetched_at`` (ISO 8601) is
    refused, but for a bare day one ahead. Among the rest the best place wins (`newscrawl.dates.weigh`); a bare day
    gives way to an instant on the same day. A time without a zone is put into ``site_zone``, else into the zone in
    which the page's own tags give other times (both "site"), else into the one assumed from country and language.

    >>> line = {"role": "published", "source": "visible", "raw": "Publié le 07/07/2017 à 16:48", "place": "header line"}
    >>> decide([line], fetched_at=None, language="fr", country=None, site_zone=None).date_published
    '2017-07-07T16:48:00+02:00'
    """
    zone = site_zone or assumed_zone(country, language)
    sure = site_zone or (zone if country and country not in default_countries() else None)
    page = DateKnowledge(parse_instant(fetched_at), zone, "site" if site_zone else "assumed", sure)
    readings = _read(candidates, page, fetched_at, language, country)
    if not site_zone and (learned := learned_zone(readings, zone)):
        page = DateKnowledge(page.fetched, learned, "site", learned)
    published = [r for r in readings if r.candidate["role"] != "modified" and r.candidate["source"] != "http"]
    modified = [r for r in readings if r.candidate["role"] == "modified"]
    http_only = not published and all(r.candidate["source"] == "http" for r in modified)
    if not http_only:
        modified = [r for r in modified if r.candidate["source"] != "http"]
    published = by_votes(published, modified, page.zone)
    published = earlier_line_first(published, modified)
    first, first_evidence = _choose(published, readings, page, "published")
    last, last_evidence = _choose(modified, readings, page, "modified")
    return DateDecision(
        first.isoformat() if first else None,
        last.isoformat() if last else None,
        {"date_published": first_evidence, "date_modified": last_evidence},
    )


def _read(
    candidates: list[DateCandidate],
    page: DateKnowledge,
    fetched_at: str | None,
    language: str | None,
    country: str | None,
) -> list[WeighedDate]:
    readings = []
    for candidate in candidates:
        role = candidate["role"] if candidate["role"] != "unknown" else None
        parsed = read_date(str(candidate["raw"]), language, country, fetched_at, page.zone, role)
        if parsed is None or parsed.day in _EPOCHS:
            continue
        if candidate["source"] in ("visible", "time", "url") and parsed.day.year < _OLDEST_LINE:
            continue
        if parsed.relative and candidate.get("rank", 0) > _NEAREST:
            continue
        kept = _not_ahead(parsed, page)
        if kept is None and parsed.guessed:
            kept = _not_ahead(replace(parsed, day=swapped_day(parsed.day), guessed=False), page)
        if kept is not None:
            readings.append(WeighedDate(candidate, kept, weight(candidate, kept, page.fetched)))
    return sorted(readings, key=lambda r: r.weight)


def _not_ahead(parsed: ParsedDate, page: DateKnowledge) -> ParsedDate | None:
    """Return the date as far as it can be true of a page fetched then: mend a tag's zone, refuse a future date."""
    if page.fetched is None:
        return parsed
    limit = page.fetched + TAG_TOLERANCE
    instant = with_zone(parsed, page.zone or "+00:00", "assumed").instant
    if instant is None:
        return parsed if parsed.day <= page.fetched.date() + dt.timedelta(days=1) else None
    if instant <= limit:
        return parsed
    if parsed.offset is None:  # the zone was only assumed: keep what the page says, the day
        return parsed.without_time() if parsed.day <= page.fetched.date() + dt.timedelta(days=1) else None
    if parsed.offset == dt.timedelta(0) and page.zone:  # a local time that calls itself UTC
        local = with_zone(replace(parsed, offset=None, time_zone=None), page.zone, page.zone_kind)
        if local.instant is not None and local.instant <= limit:
            return local
    return None


def _choose(
    readings: list[WeighedDate],
    everything: list[WeighedDate],
    page: DateKnowledge,
    role: Literal["published", "modified"],
) -> tuple[ParsedDate | None, dict[str, Any] | None]:
    if not readings:
        return None, None
    best = readings[0]
    parsed, notes = best.parsed, dict[str, Any]()
    finer = _finer(best, readings, page)
    if finer is not None:
        notes["time_from"] = {"raw": finer.candidate["raw"], "source": finer.candidate["source"]}
        parsed = finer.parsed
    others = [r for r in everything if r is not best]
    if parsed.guessed and (swapped := swap(parsed, others)):
        notes["mended"] = {
            "given": parsed.isoformat(),
            "by": swapped.candidate["raw"],
            "source": swapped.candidate["source"],
        }
        parsed = replace(parsed, day=swapped.parsed.day, guessed=False)
    if parsed.time == dt.time(0) and parsed.offset is None:
        parsed = parsed.without_time()
    parsed, zoned = zone_by_others(parsed, others, known=page.zone_kind == "site")
    if zoned:
        notes["zone_from"] = zoned
    parsed, mended = mend_utc(parsed, best.candidate["raw"], others, page.sure_zone, page.zone_kind)
    if mended:
        notes["mended"] = mended
    else:
        parsed, shown = as_shown(parsed, others, page.zone)
        if shown:
            notes["shown_as"] = shown
    parsed = with_zone(parsed, page.zone or "+00:00", page.zone_kind)
    return parsed, evidence_of(best, parsed, readings, notes, page.zone)


def _bare_midnight(parsed: ParsedDate) -> bool:
    return parsed.offset is None or parsed.offset == dt.timedelta(0)


def _finer(best: WeighedDate, readings: list[WeighedDate], page: DateKnowledge) -> WeighedDate | None:
    """Return a candidate of the same day with a time, where the best has none."""
    if best.parsed.time is not None and not (best.parsed.time == dt.time(0) and _bare_midnight(best.parsed)):
        return None
    for other in readings:
        if other is best or other.parsed.time is None or other.parsed.time == dt.time(0):
            continue
        if other.candidate["place"].endswith("uploadDate"):  # a video's time is not the article's
            continue
        if other.parsed.day == best.parsed.day:
            return other
    return None
