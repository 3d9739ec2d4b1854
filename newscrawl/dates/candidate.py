"""One piece of evidence for a date."""

from __future__ import annotations

from typing import Literal, TypedDict

Role = Literal["published", "modified", "unknown"]
Source = Literal["json-ld", "meta", "microdata", "time", "visible", "url", "feed", "sitemap", "row", "http"]


class DateCandidate(TypedDict):
    """A date as it stood somewhere: ``raw`` text untouched, ``place`` names the spot (``article:published_time`` …)."""

    role: Role
    source: Source
    raw: str
    place: str
