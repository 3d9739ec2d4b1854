"""Dates known before a page is read: of a row, a feed's or sitemap's entry, or the HTTP header."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newscrawl.dates.candidate import DateCandidate, Role, Source
from newscrawl.dates.tags import candidate

_FACTS: tuple[tuple[str, Role, Source], ...] = (
    ("date_published", "published", "row"),
    ("date_modified", "modified", "row"),
    ("feed_published", "published", "feed"),
    ("feed_modified", "modified", "feed"),
    ("sitemap_published", "published", "sitemap"),
    ("sitemap_modified", "modified", "sitemap"),
    ("last_modified", "modified", "http"),
)


def known_dates(facts: Mapping[str, Any]) -> list[DateCandidate]:
    """Return the facts of a document that are dates, as candidates; what is no text is passed over.

    >>> [(c["source"], c["role"]) for c in known_dates({"last_modified": "Fri, 03 May 2024 10:00:00 GMT", "x": 1})]
    [('http', 'modified')]
    """
    return [
        candidate(role, source, facts[name], name)
        for name, role, source in _FACTS
        if isinstance(facts.get(name), str) and facts[name].strip()
    ]
