"""The news agency an article is credited to."""

from __future__ import annotations

import re
from typing import Any

from newscrawl.extraction.metadata.agencies import agencies_in, is_agency
from newscrawl.extraction.metadata.names import is_byline, parse_byline
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.values import listed, text

_KEYS = ("sourceOrganization", "provider", "creditText", "copyrightHolder", "isBasedOn", "publisher")
_METAS = ("article:source", "source", "dc.source", "news_source", "og:article:source", "agency", "syndication-agency")
_BRACKETED = re.compile(r"[(\[（/]([^()\[\]（）]{2,40})[)\]）/]")
_DATELINE = re.compile(r"\s?[(\[（]?([\w .,/'’-]{2,60}?)[)\]）]?\s?(?:[-–—:]|\s/)\s")
_HEAD = 90
_TAIL = 60
_LINES = 4


def source(data: StructuredData, credited: list[str]) -> str | None:
    """Return the agency credited: among the authors, in JSON-LD or ``<meta>``.

    ``credited``: agencies that stood in bylines and authors' fields.
    """
    if credited:
        return credited[0]
    article = data.article or {}
    for key in _KEYS:
        for value in listed(article.get(key)):
            if found := _only_agency(data.resolve(value)):
                return found
    for name in _METAS:
        for content in data.meta.get(name, ()):
            if found := _only_agency(content):
                return found
    return None


def _only_agency(value: Any) -> str | None:
    name = text(value)
    return agencies_in(name)[0] if len(name) <= _TAIL and is_agency(name) else None


def from_text(blocks: list[str]) -> str | None:
    """Return the agency in a text's own credit: "(AFP)" in its dateline or at its end, a last line "Quelle: dpa"."""
    if not blocks:
        return None
    for line in blocks[:2]:
        if found := _dateline(line):
            return found
    for line in blocks[-_LINES:][::-1]:
        if len(line) <= 2 * _TAIL and is_byline(line):
            found = parse_byline(line)[1]
            if found and agencies_in(found):
                return found
    tail = blocks[-1].rstrip(" .")[-_TAIL:]
    for match in list(_BRACKETED.finditer(tail))[::-1]:
        if tail.endswith(match.group()) and is_agency(match.group(1)):
            return agencies_in(match.group(1))[0]
    return None


def _dateline(line: str) -> str | None:
    """Return the agency before the first words of a text: "PARIS (AFP) - …", "(ANSA) - ROMA, 3 MAG - …"."""
    head = line[:_HEAD]
    for match in _BRACKETED.finditer(head[:_TAIL]):
        if is_agency(match.group(1)) and match.start() <= 40:
            return agencies_in(match.group(1))[0]
    if dateline := _DATELINE.match(head):
        last = re.split(r"[,/]", dateline.group(1))[-1].strip()
        if is_agency(last):
            return agencies_in(last)[0]
    return None
