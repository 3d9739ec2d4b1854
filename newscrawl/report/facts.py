"""What the report's counts need of one record, in small values, so that 100,000 of them fit in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from newscrawl.urls.site import site_name

COVERED = (
    "headline", "description", "article_body", "authors", "author_organizations", "source", "publisher",
    "article_section", "keywords", "in_language", "images", "is_accessible_for_free", "date_published", "date_modified",
    "canonical_url", "rights",
)  # fmt: skip
"""Fields whose coverage is shown; the others are always there, or are no merit where they are there."""

ZONES = ("given", "site", "assumed", "day alone", "none")


@dataclass(frozen=True, slots=True)
class Facts:
    """One record in numbers.

    ``fields``: bit ``i`` is set where ``COVERED[i]`` has a value;
    ``zone`` is one of `ZONES`.
    """

    site: str
    day: str
    words: int
    fields: int
    removed: int
    zone: str


def facts_of(record: dict[str, Any]) -> Facts:
    """Return the facts of a record."""
    fields = 0
    for bit, name in enumerate(COVERED):
        value = record[name]
        if value is not None and value != "" and value != []:
            fields |= 1 << bit
    return Facts(
        site=site_of(record["url"], record["canonical_url"]),
        day=(record["date_published"] or "")[:10],
        words=sum(len(block["text"].split()) for block in record["blocks"]),
        fields=fields,
        removed=len(record["removed"]),
        zone=zone_of(record),
    )


def site_of(url: str, canonical: str | None = None) -> str:
    """Return the host of a URL without ``www.``; of a file or a machine's number, that of its canonical URL.

    >>> site_of("https://www.paper.example/a"), site_of("file:///a.txt")
    ('paper.example', 'files')
    >>> site_of("http://127.0.0.1:8000/a", "https://paper.example/a")
    'paper.example'
    """
    own, other = site_name(url), site_name(canonical or "")
    return other if other and (not own or _is_number(own)) else own or "files"


def _is_number(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def zone_of(record: dict[str, Any]) -> str:
    """Return how far the published date is known: where its offset comes from, or that there is only a day, or none."""
    value = record["date_published"]
    if not value:
        return "none"
    zone = (record["date_evidence"]["date_published"] or {}).get("time_zone")
    return zone if zone in ZONES else "day alone"
