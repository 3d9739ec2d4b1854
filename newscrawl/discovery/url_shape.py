"""What a URL says by its shape: an article, a section, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from newscrawl.text.package_data import table

_DAY = re.compile(
    r"(?<!\d)(?:19|20)\d{2}[/_-]?(?:0[1-9]|1[0-2]|[1-9](?=[/_-]))[/_-]?(?:0[1-9]|[12]\d|3[01]|[1-9](?!\d))(?!\d)"
)
_MONTH = re.compile(r"/(?:19|20)\d{2}/(?:0?[1-9]|1[0-2]|[a-z]{3})/")
_NUMBER = re.compile(r"(?<!\d)\d{5,14}(?!\d)")
_HASH = re.compile(r"(?:[-_/.~])(?=[0-9a-z]{0,40}\d)[0-9a-z]{8,40}\Z|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-")
_WORDS = re.compile(r"[-_+ ]+")
_SUFFIX = re.compile(r"\.(?:s?html?|php|aspx?|jsp|story|ece|cms|amp)\Z")
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|rss|pdf|zip|gz|mp[34]|m4a|webm|avi|docx?|xlsx?|woff2?|apk|exe)\Z"
)
_QUERY_ID = re.compile(r"(?:^|&)(?:id|p|article|articleid|aid|art|nid|story|storyid|newsid|no|idx|cod)=\d{3,14}(?:&|$)")
_MAX_SECTION_DEPTH: Final = 3


@dataclass(frozen=True, slots=True)
class UrlShape:
    """``score``: how much speaks for an article (negative: against); ``is_section``: it may be a list of articles."""

    score: int
    is_section: bool


def data() -> dict[str, Any]:
    """Return the packaged data (`newscrawl/data/discovery/links.toml`) as it stands."""
    return table("discovery/links.toml")


@cache
def _not_article() -> frozenset[str]:
    return frozenset(segment for rule in data()["not_article"] for segment in rule["segments"])


def places(kind: str) -> list[str]:
    """Return the usual paths of a ``feed_place`` or ``sitemap_place``."""
    return [path for rule in data()[kind] for path in rule["paths"]]


def shape(url: str) -> UrlShape:
    """Judge a URL by its date, words, number, suffix and names.

    >>> shape("https://a.example/2024/05/03/ferry-returns-to-harbour").score > 2, shape("https://a.example/sport/")
    (True, UrlShape(score=-1, is_section=True))
    """
    try:
        parts = urlsplit(url[:2000])
    except ValueError:
        return UrlShape(-9, False)
    path = unquote(parts.path).lower()
    segments = [segment for segment in path.split("/") if segment]
    if not segments:
        return UrlShape(3 if _QUERY_ID.search(parts.query.lower()) else -9, False)
    if _FILE.search(path):
        return UrlShape(-9, False)
    score = 0
    last = _SUFFIX.sub("", segments[-1])
    if _SUFFIX.search(segments[-1]):
        score += 1
    if _DAY.search(path):
        score += 3
    elif _MONTH.search(f"{path}/"):
        score += 2
    if (
        _NUMBER.search(last)
        or _NUMBER.search("/".join(segments[-2:]))
        or _HASH.search(f"/{last}")
        or _QUERY_ID.search(parts.query.lower())
    ):
        score += 2
    words = max((_words(segment) for segment in (last, *segments[-2:-1])), default=0)
    score += 3 if words >= 5 else 2 if words >= 4 else 1 if words == 3 else -1
    if not _not_article().isdisjoint(segments[:-1]) or last in _not_article():
        score -= 4
    is_section = score <= 1 and len(segments) <= _MAX_SECTION_DEPTH and not parts.query and words <= 3
    is_section = is_section and _not_article().isdisjoint(segments) and not _NUMBER.search(path)
    return UrlShape(score, is_section)


def _words(segment: str) -> int:
    """Return the number of words of a slug; letters of scripts without spaces count as words by threes."""
    count = sum(1 for word in _WORDS.split(segment) if word and not word.isdigit())
    return max(count, len(segment) // 3) if segment and ord(max(segment)) > 0x2E80 else count
