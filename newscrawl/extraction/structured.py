"""Structured data of a page: JSON-LD, ``<meta>`` and microdata, read once and shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


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
