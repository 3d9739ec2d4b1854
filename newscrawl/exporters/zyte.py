"""JSON Lines with the field names of zyte-common-items' ``Article``, for its tools; not part of that package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from newscrawl.exporters.json_lines import ArticleLinesExporter
from newscrawl.items import FIELDS, Article
from newscrawl.text.plain import escape_line_breakers, scrub

FORMAT = "zyte_jsonl"


class ZyteArticleExporter(ArticleLinesExporter):
    """Writes records as zyte-common-items' ``Article`` in JSON Lines: ``-O articles.jsonl:zyte_jsonl``.

    Items other than `newscrawl.items.Article` keep their own field names.
    """

    def line(self, item: Any) -> bytes:
        """Return the line of ``item`` with its line end."""
        if not isinstance(item, Article):
            return super().line(item)
        record = scrub(zyte_article({name: getattr(item, name) for name in FIELDS}))
        text = json.dumps(record, ensure_ascii=False, allow_nan=False, default=self.plain)
        return (escape_line_breakers(text) + "\n").encode("utf-8", "replace")


def zyte_article(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record under the field names of zyte-common-items' ``Article``; unknown fields are omitted.

    A modification date never replaces the publication date, as that package allows; ``url`` is the URL requested.
    Fields without a name there (agency, publisher, removals, evidence of dates …) are omitted.

    >>> zyte_article({"url": "https://a.example/1", "headline": "Ferry sails", "authors": ["Ann Lee"]})
    {'headline': 'Ferry sails', 'authors': [{'name': 'Ann Lee', 'nameRaw': 'Ann Lee'}], 'url': 'https://a.example/1'}
    """
    images = [{"url": image["url"]} for image in record.get("images") or ()]
    fetched = record.get("fetched_at")
    out: dict[str, Any] = {
        "headline": record.get("headline"),
        "datePublished": record.get("date_published"),
        "datePublishedRaw": _raw(record, "date_published"),
        "dateModified": record.get("date_modified"),
        "dateModifiedRaw": _raw(record, "date_modified"),
        "authors": [{"name": name, "nameRaw": name} for name in record.get("authors") or ()],
        "inLanguage": (record.get("in_language") or "").partition("-")[0],
        "mainImage": images[0] if images else None,
        "images": images,
        "description": record.get("description"),
        "articleBody": record.get("article_body"),
        "canonicalUrl": record.get("canonical_url"),
        "url": record.get("url"),
        "metadata": {"dateDownloaded": fetched} if fetched else None,
    }
    return {name: value for name, value in out.items() if value}


def _raw(record: Mapping[str, Any], name: str) -> str | None:
    evidence = (record.get("date_evidence") or {}).get(name)
    return evidence.get("raw") if record.get(name) and isinstance(evidence, Mapping) else None
