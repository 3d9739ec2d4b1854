"""The authors that a page's data declare: JSON-LD of its own article, and ``<meta>``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from newscrawl.extraction.metadata.credited import Credits
from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.markup import words
from newscrawl.extraction.metadata.name_shape import is_name
from newscrawl.extraction.metadata.organizations import is_organization
from newscrawl.extraction.metadata.people import MAX_LINE
from newscrawl.parsing.json_ld import types
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.values import listed, text

_MAX_AUTHORS = 30
_DUTIES = re.compile(r"(?:\A|[,;|]\s{0,3})[^\W\d_]{3,20}:\s")
"""What somebody did, where a value lists the site's makers ("text: …, design: …, code: …")."""
_CITED = ("citation_author", "citation_authors")
"""The ``<meta>`` by which papers are indexed: every author, one each, often the family name first."""
_ACCOUNT = re.compile(
    r"/(?:author|autor|auteur)s?/(?:admin|administrator|webmaster|editor|redaktion|redaction)/?\Z", re.IGNORECASE
)


def from_json_ld(data: StructuredData, house: list[str]) -> Credits:
    """Return who the article's JSON-LD node gives as ``author`` (else ``creator``); of a paper, ``citation_author``."""
    found = Credits()
    article = data.article or {}
    for key in ("author", "creator"):
        for value in listed(article.get(key))[:_MAX_AUTHORS]:
            for name, organization in named(data, value):
                if organization and (not is_name(name) or is_organization(name, house)):
                    found.add_organization(name, house)
                else:
                    found.add(name, house)
        if found:
            break
    for name in _CITED if not found.people else ():
        for content in data.meta.get(name, ())[:_MAX_AUTHORS]:
            family, comma, given = content.partition(", ")
            found.add(f"{given} {family}" if comma and "," not in given else content, house)
    return found


def accounts(data: StructuredData) -> list[str]:
    """Return the names of the site's own accounts, under which others' texts are put in, among the authors."""
    names: list[str] = []
    for value in listed((data.article or {}).get("author"))[:_MAX_AUTHORS]:
        author = data.resolve(value)
        if isinstance(author, dict):
            given = [author.get(key) for key in ("url", "@id")]
            if any(isinstance(one, str) and _ACCOUNT.search(one[:300]) for one in given):
                names += [text(name) for name in listed(author.get("name"))]
    return names


def named(data: StructuredData, value: Any) -> Iterator[tuple[str, bool]]:
    """Yield the names in an author's value, and whether it is an organisation."""
    value = data.resolve(value)
    if isinstance(value, dict):
        organization = any("Organization" in kind or kind == "Corporation" for kind in types(value))
        for name in listed(value.get("name")):
            yield text(name), organization
    elif isinstance(value, list):
        for item in value[:_MAX_AUTHORS]:
            if isinstance(item, dict | str):
                yield text(item), False
    elif isinstance(value, str):
        yield text(value), False


def _written(value: str) -> str:
    """Return who wrote, where a value lists who did what."""
    if len(_DUTIES.findall(value[:MAX_LINE])) <= 1:
        return value
    parts = (part.strip() for part in re.split("[,;|]", value[:MAX_LINE]))
    return ", ".join(part for part in parts if lexicon().by.match(f"{part.lower()} "))


def from_meta(data: StructuredData, house: list[str]) -> list[Credits]:
    """Return who each kind of ``<meta>`` with an author's name gives, the most reliable kind first."""
    found = []
    for name in words("author_meta"):
        credits = Credits()
        for content in data.meta.get(name, ())[:_MAX_AUTHORS]:
            credits.add(_written(text(content)), house)
        found.append(credits)
    card = Credits()
    for number in "12":
        label = (data.first(f"twitter:label{number}") or "").casefold().rstrip(":")
        if label in words("written_by"):
            card.add(data.first(f"twitter:data{number}") or "", house)
    return [credits for credits in [*found, card] if credits]
