"""The evidence of a date in a line for a person."""

from __future__ import annotations

from typing import Any

_ZONES = {
    "given": "the offset was given",
    "site": "the offset is the site's",
    "assumed": "the offset is assumed from country and language",
}


def evidence_line(evidence: Any) -> str:
    """Return what a date rests on.

    >>> evidence_line({"raw": "07/07/2017 à 16:48", "source": "visible", "time_zone": "assumed", "disagreed": [{}]})
    'from a line of the page: “07/07/2017 à 16:48”; the offset is assumed from country and language; 1 other disagrees'
    >>> evidence_line(None)
    ''
    """
    if not isinstance(evidence, dict):
        return ""
    source = str(evidence.get("source"))
    parts = [f"from {_SOURCES.get(source, source)}: “{evidence.get('raw')}”"]
    zone = evidence.get("time_zone")
    parts.append(_ZONES.get(str(zone), "") if zone else "a day without a time")
    if mended := evidence.get("mended"):
        parts.append(f"mended: {mended}")
    disagreed = evidence.get("disagreed")
    count = len(disagreed) if isinstance(disagreed, list) else 0
    if count:
        parts.append(f"{count} other{'s disagree' if count > 1 else ' disagrees'}")
    return "; ".join(part for part in parts if part)


_SOURCES = {
    "json-ld": "JSON-LD",
    "meta": "a meta tag",
    "microdata": "microdata",
    "time": "a time element",
    "visible": "a line of the page",
    "url": "the URL",
    "feed": "the feed",
    "sitemap": "the sitemap",
    "row": "the row",
    "http": "the Last-Modified header",
}
