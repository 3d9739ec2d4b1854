"""The data of the article browser: a short row for every article, and some articles whole."""

from __future__ import annotations

from typing import Any

from newscrawl.report.date_evidence import evidence_line
from newscrawl.report.facts import ZONES, Facts
from newscrawl.report.page import safe_language, safe_url
from newscrawl.text.normalise import collapse

CHUNK = 50
"""Articles in one element of the page; it is read when one of them is looked at."""
_TITLE = 140
_LONGEST = 60_000
_TYPES = {"paragraph": 0, "heading": 1, "list_item": 2, "quote": 3}


class ArticleIndex:
    """Rows of the list, column by column, so that 100,000 of them are small and read at once."""

    def __init__(self) -> None:
        self.sites: dict[str, int] = {}
        self.kinds: dict[str, int] = {}
        self.columns: dict[str, list[Any]] = {
            name: []
            for name in ("title", "site", "date", "words", "removed", "kinds", "flags", "zone", "sure", "file", "line")
        }

    def add(self, record: dict[str, Any], facts: Facts, file: int, line: int) -> int:
        """Add a row and return its number."""
        mask = 0
        for removal in record["removed"]:
            kind = self.kinds.setdefault(removal["kind"], len(self.kinds))
            mask |= 1 << min(kind, 30)
        flags = (
            any(removal["split"] for removal in record["removed"])
            | bool(record["duplicate_of"]) << 1
            | bool(record["not_article"]) << 2
            | (record["version"] > 1) << 3
        )
        title = collapse(record["headline"] or record["url"])
        row = (
            title if len(title) <= _TITLE else f"{title[:_TITLE]}…",
            self.sites.setdefault(facts.site, len(self.sites)),
            (record["date_published"] or "")[:10],
            facts.words,
            facts.removed,
            mask,
            int(flags),
            ZONES.index(facts.zone),
            record["confidence"],
            file,
            line,
        )
        for column, value in zip(self.columns.values(), row, strict=True):
            column.append(value)
        return len(self.columns["title"]) - 1


def whole(record: dict[str, Any]) -> dict[str, Any]:
    """Return an article with all that the reader's pane shows; a text of more than 60,000 characters is truncated."""
    left = _LONGEST
    blocks = []
    for block in record["blocks"]:
        if left <= 0:
            break
        blocks.append([_TYPES[block["type"]], block["text"][:left], *([block["time"]] if block["time"] else [])])
        left -= len(block["text"])
    facts = [
        ("Published", record["date_published"] or "unknown", evidence_line(record["date_evidence"]["date_published"])),
        ("Modified", record["date_modified"], evidence_line(record["date_evidence"]["date_modified"])),
        ("Authors", ", ".join(record["authors"]), ""),
        ("Organisations", ", ".join(record["author_organizations"]), ""),
        ("Source", record["source"], ""),
        ("Publisher", record["publisher"], ""),
        ("Section", record["article_section"], ""),
        ("Language", record["in_language"], ""),
        ("Confidence", None if record["confidence"] is None else f"{record['confidence']:.2f}", ""),
        ("Duplicate of", record["duplicate_of"], ""),
        ("Not an article", record["not_article"], ""),
        ("Version", str(record["version"]) if record["version"] > 1 else "", _changed(record["changes"])),
    ]
    return {
        "headline": record["headline"],
        "url": record["url"],
        "link": safe_url(record["url"]),
        "lang": safe_language(record["in_language"]),
        "description": record["description"] or "",
        "facts": [fact for fact in facts if fact[1]],
        "blocks": blocks,
        "cut": left <= 0,
        "removed": [
            [r["kind"], r["rule"], r["level"], r["text"][:_LONGEST], r["before"], r["offset"] if r["split"] else -1]
            for r in record["removed"]
        ],
    }


def _changed(changes: Any) -> str:
    """Return how much of an article the version changed, in words.

    >>> _changed({"fields": {"headline": {}}, "added": [{}, {}], "removed": [], "rewritten": []})
    'headline, 2 blocks added'
    """
    if not isinstance(changes, dict):
        return ""
    fields = changes.get("fields")
    parts = [str(name) for name in fields] if isinstance(fields, dict) else []
    for name in ("added", "removed", "rewritten"):
        found = changes.get(name)
        if isinstance(found, list) and found:
            parts.append(f"{len(found)} block{'s' if len(found) > 1 else ''} {name}")
    return ", ".join(parts)
