"""Structured data of a page: JSON-LD, ``<meta>`` and microdata, read once and shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from newscrawl.parsing import json_ld, microdata
from newscrawl.parsing.own_node import own_article
from newscrawl.parsing.tree import Element, attributes_of, text_of
from newscrawl.text.normalise import collapse

_NAMES: Final = ("name", "property", "itemprop", "http-equiv")
_MAX_VALUE: Final = 20_000
_MAX_TITLES: Final = 30


@dataclass(slots=True)
class StructuredData:
    """What a page says of itself by machine.

    ``nodes``: every JSON-LD object of the page in document order, ``@graph`` and lists flattened.
    ``article``: the node that describes the page's own article (its type is an article's, its headline or URL is the
    page's), or ``None``.
    ``meta``: lower-cased ``name``/``property``/``itemprop``/``http-equiv`` of each ``<meta>`` → its contents in order.
    ``microdata``: ``itemprop`` of elements that are no ``<meta>`` → (``content``/``datetime``/``href`` or text) values.
    """

    nodes: list[dict[str, Any]] = field(default_factory=list)
    article: dict[str, Any] | None = None
    meta: dict[str, list[str]] = field(default_factory=dict)
    microdata: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str | None:
        """Return the first content that is not empty among the ``<meta>`` of these names, in the order of the names."""
        for name in names:
            for value in self.meta.get(name, ()):
                if value:
                    return value
        return None

    def resolve(self, value: Any) -> Any:
        """Return the node that a bare ``{"@id": …}`` reference means, else ``value`` as it is."""
        if isinstance(value, dict) and "@id" in value and len(value) <= 2 and not value.keys() - {"@id", "@type"}:
            for node in self.nodes:
                if node is not value and node.get("@id") == value["@id"] and len(node) > len(value):
                    return node
        return value


def read(tree: Element) -> StructuredData:
    """Read the structured data of a page; the tree is left as it is. Never raises."""
    scopes = microdata.Scopes(tree)
    meta: dict[str, list[str]] = {}
    titles: list[str] = []
    canonical: list[str] = []
    scripts: list[str] = []
    for element in tree.iter("meta", "script", "link", "title", "h1"):
        if element.tag == "script":
            if "ld+json" in (element.get("type") or "").lower():
                scripts.append(element.text or "")
            continue
        if element.tag == "link":
            if (element.get("rel") or "").lower() == "canonical":
                canonical.append(element.get("href") or "")
            continue
        if element.tag != "meta":
            if len(titles) < _MAX_TITLES:
                titles.append(text_of(element))
            continue
        attributes = dict(attributes_of(element))
        content = collapse(attributes.get("content", "")[:_MAX_VALUE])
        if not content or (attributes.get("itemprop") and scopes.foreign(element)):
            continue
        for attribute in _NAMES:
            for name in attributes.get(attribute, "").lower().split():
                values = meta.setdefault(name, [])
                if content not in values:
                    values.append(content)
    nodes = json_ld.flatten([value for script in scripts for value in json_ld.parse(script)])
    titles += meta.get("og:title", []) + meta.get("twitter:title", [])
    article = own_article(nodes, titles, [*canonical[:1], *meta.get("og:url", ())])
    return StructuredData(nodes, article, meta, scopes.values())
