"""How far a candidate is to be trusted, by where it stood."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from newscrawl.dates.candidate import DateCandidate
from newscrawl.dates.value import ParsedDate

_BASE = {
    "row": 0,
    "json-ld": 10,
    "meta": 20,
    "microdata": 32,
    "feed": 36,
    "sitemap": 38,
    "time": 40,
    "visible": 41,
    "script": 54,
}
_VAGUE = 46
"""A ``<meta name=date>`` that does not say of what: after the lines of the header that do."""
_CREATED = 62
"""A ``<meta>`` with the date of creation, which is the editing system's: after the header's lines and the URL."""
_URL = 56
_LAST = 90
UNLABELLED = 6
"""What a date without a role loses as a date of publication."""


RELATIVE = 3
MASTHEAD = 14
_ABOVE = ("above the headline", "before the head")


@dataclass(frozen=True, slots=True)
class WeighedDate:
    """A candidate as read. ``weight``: lower is better."""

    candidate: DateCandidate
    parsed: ParsedDate
    weight: int


def weight(candidate: DateCandidate, parsed: ParsedDate, fetched: dt.datetime | None) -> int:
    """Return the weight of a candidate's place (`place_weight`), made heavier where what it says makes it doubtful.

    A relative date may be older than the fetch, as the page comes from a cache; the day of the fetch without a time,
    unlabelled above the headline, may be the calendar of the masthead.
    """
    heavier = RELATIVE if parsed.relative else 0
    if candidate["source"] == "visible" and candidate["role"] == "unknown" and candidate["place"].startswith(_ABOVE):
        today = fetched is not None and abs((fetched.date() - parsed.day).days) <= 1
        heavier += MASTHEAD if today and parsed.time is None else 0
    return place_weight(candidate) + heavier


def place_weight(candidate: DateCandidate) -> int:
    """Return the rank of a candidate: the article's own tags first, a URL's day after the header's lines.

    Order: the row the user gave, the article's JSON-LD, ``<meta>``, microdata, feed, news sitemap, ``<time>`` and lines
    of the article's header, the URL, then tags and lines of weaker places, HTTP last.
    """
    source, rank = candidate["source"], candidate.get("rank", 0)
    if source == "http":
        return _LAST
    if source == "url":
        return _URL
    unlabelled = UNLABELLED if candidate["role"] == "unknown" else 0
    if source == "meta" and rank >= 8:
        return _CREATED if rank > 8 else _VAGUE + unlabelled
    if source in ("time", "visible", "microdata"):
        return _BASE[source] + rank * 2 + unlabelled + (20 if rank >= 3 else 0)
    return _BASE[source] + rank * (6 if source == "json-ld" else 3) + unlabelled
