"""The keywords an article is filed under."""

from __future__ import annotations

import re

from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.values import listed, text, unique

_METAS = (
    "news_keywords",
    "article:tag",
    "keywords",
    "parsely-tags",
    "sailthru.tags",
    "cxenseparse:keywords",
    "og:article:tag",
    "dc.subject",
)
_SPLIT = re.compile(r"[,;、，|]")
_MAX_KEYWORD = 80
_MAX_KEYWORDS = 50
_PAIR = re.compile(r"https?://|\w\s?[:=]\s?\w")
_MACHINE = re.compile(r"[\d\s._-]+$|\w{0,30}_\w{1,30}_|[0-9a-f]{6,12}-[0-9a-f]{4}-")


def keywords(data: StructuredData) -> list[str]:
    """Return the keywords of the first that gives any: JSON-LD, ``news_keywords``, ``article:tag``, ``keywords`` …"""
    article = data.article or {}
    found = _split([text(value) for value in listed(article.get("keywords"))])
    for name in _METAS:
        if found:
            break
        found = _split(data.meta.get(name, []))
    return (found or _split(data.microdata.get("keywords", [])))[:_MAX_KEYWORDS]


def _split(values: list[str]) -> list[str]:
    parts = [part.strip(" .\"'#[]") for value in values for part in _SPLIT.split(value)]
    return unique(part for part in parts if part and len(part) <= _MAX_KEYWORD and not _is_machine(part))


def _is_machine(part: str) -> bool:
    """Tell whether a keyword is one for machines: a URL, a name with its value, a number, a key."""
    if (":" in part or "=" in part) and _PAIR.search(part):
        return True
    return _MACHINE.match(part) is not None
