"""One piece of evidence for a date."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Role = Literal["published", "modified", "unknown"]
Source = Literal["json-ld", "meta", "microdata", "time", "visible", "script", "url", "feed", "sitemap", "row", "http"]


class DateCandidate(TypedDict):
    """A date as it stood somewhere: ``raw`` text untouched, ``place`` names the spot (``article:published_time`` …).

    ``rank`` is how far the spot is to be trusted among those of its source, 0 the best; 0 where it is not given.
    """

    role: Role
    source: Source
    raw: str
    place: str
    rank: NotRequired[int]
