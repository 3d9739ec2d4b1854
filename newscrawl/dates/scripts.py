"""The date of publication in the data of a page's own scripts: read only where the page gives none elsewhere."""

from __future__ import annotations

import re

from newscrawl.dates.candidate import DateCandidate
from newscrawl.dates.machine import parse_machine
from newscrawl.dates.tags import candidate
from newscrawl.parsing.tree import Element

_PAIR = re.compile(
    r"""\\?["'](datePublished|publishedAt|published_at|publishDate|publish_date|publicationDate|publication_date"""
    r"""|pubDate|pub_date|firstPublished|firstPublishedAt|first_published_at|datePublication|publishedDate|published_date"""
    r"""|firstPublicationDate|first_publication_date|date_posted|publishTime|publish_time|publishedTime|published_time)"""
    r"""\\?["']\s?:\s?\\?["']?([\d][\dTZ:+./ -]{7,35})"""
)
_MAX_SCRIPT = 2_000_000


def script_dates(tree: Element) -> list[DateCandidate]:
    """Return the published date in a page's scripts, where all that name one name the same day; else none."""
    found: dict[str, str] = {}
    for script in tree.iter("script"):
        text = script.text
        if not text or len(text) > _MAX_SCRIPT or "ub" not in text:
            continue
        for match in _PAIR.finditer(text):
            found.setdefault(match[2].strip(), match[1])
    days = {parsed.day for raw in found if (parsed := parse_machine(raw))}
    if len(days) != 1:
        return []
    raw, name = next((raw, name) for raw, name in found.items() if parse_machine(raw))
    return [candidate("published", "script", raw, f"script.{name}")]
