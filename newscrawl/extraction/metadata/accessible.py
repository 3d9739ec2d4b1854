"""Whether an article can be read without paying, as far as the page says so."""

from __future__ import annotations

import re
from typing import Any

from newscrawl.extraction.metadata.lexicon import load
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.tree import Element, text_of
from newscrawl.parsing.values import listed
from newscrawl.parsing.xpath import elements
from newscrawl.text.normalise import caseless_line

_NO = {
    "false",
    "0",
    "no",
    "locked",
    "metered",
    "paid",
    "premium",
    "subscription",
    "subscriber",
    "subscribers",
    "abo",
    "plus",
}
_YES = {"true", "1", "yes", "free", "unlocked", "public", "open"}
_METERED = {"metered"}
_METAS = ("article:content_tier", "article:access", "isaccessibleforfree", "og:article:content_tier", "content_tier",
          "content-tier", "article:content-tier", "paywall", "cxenseparse:recs:paywall", "access-type")  # fmt: skip
_INVERTED = {"paywall", "cxenseparse:recs:paywall"}
_WALL = "aywall"
_MARKED = elements(f"descendant::*/@class[contains(., '{_WALL}')]/.. | descendant::*/@id[contains(., '{_WALL}')]/..")
_NAMING = re.compile(r"(?:class|id)\s{0,3}=\s{0,3}\Z", re.IGNORECASE)
_NEAR = 12
"""Characters before a quotation mark in which the attribute's name stands."""
_MAX_MARKS = 60
_MAX_WORDS = 120


def is_accessible_for_free(tree: Element, data: StructuredData, source: str | None = None) -> bool | None:
    """Return what the page says: JSON-LD first, then ``<meta>``, then an open paywall mark; else ``None``.

    A part that is not free (``hasPart``) makes the article not free. A metered article is not free.
    ``source``: the page's markup where it is at hand; names that are not in it are not looked for in the tree.
    """
    nodes = [data.article] if data.article else []
    for node in nodes:
        said = [_truth(value) for value in listed(node.get("isAccessibleForFree"))]
        parts = [_truth(p.get("isAccessibleForFree")) for p in listed(node.get("hasPart")) if isinstance(p, dict)]
        if False in said or False in parts:
            return False
        if True in said:
            return True
    for name in _METAS:
        for content in data.meta.get(name, ()):
            word = content.strip().lower()
            if name in _INVERTED and word in {"true", "false", "0", "1", "yes", "no"}:
                return word in {"false", "0", "no"}
            if word in _NO | _METERED:
                return False
            if word in _YES:
                return True
    return False if (source is None or _names_wall(source)) and _has_wall(tree) else None


def _names_wall(source: str) -> bool:
    """Tell whether the word may stand in a class or id: data of scripts, which the tree need not be searched for, have
    it far more often.
    """
    at = source.find(_WALL)
    while at >= 0:
        start = max(source.rfind('"', 0, at), source.rfind("'", 0, at))
        if "=" in source[start + 1 : at] or _NAMING.search(source[max(start - _NEAR, 0) : max(start, 0)]):
            return True
        at = source.find(_WALL, at + 1)
    return False


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        word = value.rsplit("/", 1)[-1].strip().lower()
        return True if word in _YES else False if word in _NO else None
    return None


def _has_wall(tree: Element) -> bool:
    """Tell whether an element that is named a paywall asks the reader to subscribe so as to read on."""
    marked = _MARKED(tree)[:_MAX_MARKS]
    if not marked:
        return False
    phrases = [phrase for entry in load("paywall")["phrase"] for phrase in entry["words"]]
    for element in marked:
        if element.tag in {"body", "html", "main", "article", "script", "style", "template"}:
            continue
        text = text_of(element)
        if len(text) < 6_000 and len(text.split()) <= _MAX_WORDS:
            folded = caseless_line(text)
            if any(phrase in folded for phrase in phrases):
                return True
    return False
