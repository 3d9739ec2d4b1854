"""Dates a page gives to machines: JSON-LD, ``<meta>``, and the day in its URL."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from newscrawl.dates.candidate import DateCandidate, Role
from newscrawl.dates.context import kinds
from newscrawl.dates.machine import parse_machine
from newscrawl.parsing.structured import StructuredData
from newscrawl.text.package_data import table

_PROPERTIES: tuple[tuple[str, Role, int], ...] = (
    ("datePublished", "published", 0), ("dateModified", "modified", 0), ("dateCreated", "published", 5),
)  # fmt: skip
_PAGES = frozenset(
    (
        "WebPage", "ItemPage", "NewsPage", "AboutPage", "CreativeWork", "MediaGallery", "ImageGallery", "Recipe",
        "HowTo", "Report", "Dataset", "Guide", "QAPage", "FAQPage", "MedicalWebPage",
    )
)  # fmt: skip
_VIDEOS = frozenset(("VideoObject", "PodcastEpisode", "AudioObject", "Episode"))
_URL_DAYS = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[/_-](?P<m>0?[1-9]|1[0-2])[/_-](?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)/?(?P<m>0[1-9]|1[0-2])/?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d\d{0,12}(?![\d/])"
    ),
    re.compile(r"(?<!\d)(?P<d>0[1-9]|[12]\d|3[01])[._-](?P<m>0[1-9]|1[0-2])[._-](?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)/(?P<n>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}/(?P<d>\d{1,2})(?!\d)",
        re.IGNORECASE,
    ),
)
_LIKELY = 4
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@cache
def meta_names() -> dict[str, tuple[Role, int]]:
    """Lower-cased ``<meta>`` name → role and rank, from ``data/dates/meta.toml``."""
    data = table("dates/meta.toml")
    return {name: (entry["role"], entry["rank"]) for entry in data["meta"] for name in entry["names"]}


def candidate(role: Role, source: Any, raw: str, place: str, rank: int = 0) -> DateCandidate:
    """Return a candidate with its raw text truncated to a sane length."""
    return {"role": role, "source": source, "raw": raw.strip()[:200], "place": place[:80], "rank": rank}


def json_ld_dates(data: StructuredData) -> list[DateCandidate]:
    """Return dates of the article's own node, then, weaker, of the page's or video's node; never of other articles."""
    found: list[DateCandidate] = []
    if data.article is not None:
        found += _node_dates(data.article, 0)
    for node in data.nodes:
        types = set(_types(node))
        if node is not data.article and types & _PAGES:
            found += _node_dates(node, 3)
        elif types & _VIDEOS and isinstance(node.get("uploadDate"), str):
            found.append(candidate("published", "json-ld", node["uploadDate"], "VideoObject.uploadDate", 6))
    return found


def _node_dates(node: dict[str, Any], rank: int) -> list[DateCandidate]:
    name = next(iter(_types(node)), "Thing")
    found = []
    for key, role, weaker in _PROPERTIES:
        value = node.get(key)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, dict):
            value = value.get("@value")
        if isinstance(value, int | str) and not isinstance(value, bool) and str(value).strip():
            found.append(candidate(role, "json-ld", str(value), f"{name}.{key}", rank + weaker))
    return found


def _types(node: dict[str, Any]) -> list[str]:
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return [str(v).rsplit("/", 1)[-1] for v in values if isinstance(v, str)]


def meta_dates(data: StructuredData) -> list[DateCandidate]:
    """Return dates of all dialects of ``<meta>``; where one name comes several times only its first value counts."""
    names = meta_names()
    found = []
    for name, values in data.meta.items():
        if not values or not values[0].strip():
            continue
        if name in names:
            role, rank = names[name]
            found.append(candidate(role, "meta", values[0], name, rank))
        elif (likely := _likely_role(name)) and parse_machine(values[0]):
            found.append(candidate(likely, "meta", values[0], name, _LIKELY))
    return found


def _likely_role(name: str) -> Role | None:
    """Return the role of a home-made ``<meta>`` name that speaks of a publication or a change."""
    if len(name) > 40 or "expire" in name or "image" in name or "video" in name:
        return None
    found = kinds(name)
    if "published" in found and "modified" not in found and "last" not in name:
        return "published"
    return "modified" if "modified" in found and "published" not in found else None


def url_day(url: str) -> list[DateCandidate]:
    """Return the day in a URL, ISO 8601, where there is one.

    >>> url_day("https://news.example/2024/05/03/a-title/")[0]["raw"]
    '2024-05-03'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    path = unquote(parts.path)[:400] + ("?" + parts.query[:200] if parts.query else "")
    for pattern in _URL_DAYS:
        for match in pattern.finditer(path):
            groups = match.groupdict()
            month = int(groups["m"]) if groups.get("m") else _MONTHS.index(groups["n"].lower()) + 1
            if int(groups["d"]) in range(1, 32) and 1990 <= int(groups["y"]) <= 2100:
                raw = f"{groups['y']}-{month:02}-{int(groups['d']):02}"
                return [candidate("published", "url", raw, "url")]
    return []
