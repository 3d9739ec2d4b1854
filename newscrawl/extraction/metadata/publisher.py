"""The publication a page belongs to, and the names its site goes by."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from newscrawl.extraction.metadata.lexicon import load
from newscrawl.parsing.json_ld import types
from newscrawl.parsing.structured import StructuredData
from newscrawl.text.normalise import collapse, title_key

_SITES = {"WebSite", "NewsMediaOrganization", "Organization", "Corporation", "Newspaper", "OnlineBusiness", "Blog"}
_ADDRESS = re.compile(r"https?://|^@|^[\w.+-]{1,60}@")
_LABELS = {
    "www",
    "m",
    "mobile",
    "amp",
    "co",
    "com",
    "org",
    "net",
    "news",
    "online",
    "blog",
    "ac",
    "gov",
    "edu",
    "gob",
    "go",
    "or",
}
_COMPANY = re.compile(
    r"\b(?:AG|GmbH|SE|KG|Inc|LLC|Ltd|Limited|PLC|plc|Corp|Corporation|Group|Holding|S\.?A|S\.?L|S\.?p\.?A|S\.?r\.?l|B\.?V|"
    r"AB|AS|ASA|A/S|Oy|Oyj|Sp\. z o\.o)\.?(?:\s&\sCo\.?\s?KG(?:aA)?)?\Z|\bPublishing\b|\bVerlag\b|\bMediengruppe\b"
)
_PARTS = re.compile(r"\s[|–—:·-]\s")
_MAX_NAME = 80


def publisher(data: StructuredData, title: str = "", url: str | None = None) -> str | None:
    """Return the publication's name as the page gives it, or ``None``.

    A company ("Example Media AG") gives way to another name of the site. Where nothing names the publication, the end
    of the ``<title>`` does that is spelt like the host.
    """
    names = list(_names(data))
    brands = [name for name in names if not _COMPANY.search(name)]
    if brands or names:
        return (brands or names)[0]
    host = _host(url)
    labels = {title_key(label) for label in host.split(".") if len(label) > 3}
    for part in _PARTS.split(title)[::-1]:
        own = title_key(part)
        if own and (own in labels or f"the{own}" in labels or own == title_key(host)):
            return part.strip()
    return None


def site_names(data: StructuredData, url: str | None) -> list[str]:
    """Return the names that may stand beside a title as the site's: publisher, site, application, host."""
    names = list(_names(data))
    host = _host(url)
    labels = [label for label in host.split(".")[:-1] if label not in _LABELS and len(label) > 1]
    return list(dict.fromkeys([*names, *([host.removeprefix("www.")] if host else []), *labels[-1:]]))


def house_names(data: StructuredData, names: list[str]) -> list[str]:
    """Return the publication's names as an author's field may give them; a person who publishes alone has none.

    ``names``: those of the site, as `site_names` gives them.
    """
    article = data.article or {}
    nodes = [data.resolve(value) for value in _listed(article.get("publisher"))]
    if any(isinstance(node, dict) and "Person" in types(node) for node in nodes):
        return []
    return names


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def _names(data: StructuredData) -> Iterator[str]:
    article = data.article or {}
    for role in ("publisher", "sourceOrganization"):
        for value in _listed(article.get(role)):
            yield from _tidied(data.resolve(value))
    for name in data.meta.get("og:site_name", ()):
        yield from _tidied(name)
    for kinds in (("NewsMediaOrganization", "Newspaper"), ("WebSite", "Blog"), tuple(_SITES)):
        for node in data.nodes:
            if set(kinds) & set(types(node)):
                yield from _tidied(node)
    for name in ("publisher", "dc.publisher", "dcterms.publisher", "application-name", "apple-mobile-web-app-title"):
        for content in data.meta.get(name, ()):
            yield from _tidied(content)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _tidied(value: Any) -> Iterator[str]:
    """Yield the name in a value of JSON-LD or ``<meta>``, if it is one."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, str):
        name = collapse(html.unescape(value))
        named = name and len(name) <= _MAX_NAME and not _ADDRESS.search(name) and any(c.isalnum() for c in name)
        if named and name.casefold() not in load("headline")["platforms"]:
            yield name
