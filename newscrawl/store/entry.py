"""What the store keeps of an article: made from the item when it is decided on, or from its line when found again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from newscrawl.store.article_text import ArticleText
from newscrawl.store.lines import Lines, lines_and_words
from newscrawl.store.similarity import Sketch, sketch_of
from newscrawl.urls.canonical import canonical, is_home
from newscrawl.urls.site import site_name


@dataclass(frozen=True, slots=True)
class StoreEntry:
    """One version of an article.

    ``key`` and ``canonical`` are canonical forms (`newscrawl.urls.canonical`); ``canonical`` is ``None`` where the
    page names none, or a home page. Instants are seconds since 1970 in UTC. ``article`` is the id of the article in the
    store that this is a version of, where it is known already. ``text``: what the next version is compared with.
    """

    key: str
    url: str
    site: str
    canonical: str | None
    headline: str | None
    content_hash: str
    fetched: int | None
    published: int | None
    lines: Lines = field(default_factory=Lines)
    sketch: Sketch = field(default_factory=Sketch)
    version: int = 1
    duplicate_of: str | None = None
    article: int | None = None
    text: ArticleText | None = None

    def as_version(self, version: int, article: int | None = None, duplicate_of: str | None = None) -> StoreEntry:
        """Return the entry as decided."""
        return replace(self, version=version, article=article, duplicate_of=duplicate_of)


def entry_of(record: Mapping[str, Any]) -> StoreEntry:
    """Return the entry of a record of the contract; raises `ValueError` where it lacks URL or hash."""
    url, content_hash = record.get("url"), record.get("content_hash")
    if not isinstance(url, str) or not url or not isinstance(content_hash, str):
        raise ValueError("the record has no url or no content_hash")
    named = record.get("canonical_url")
    lines, words = lines_and_words(record)
    return StoreEntry(
        key=canonical(url),
        url=url,
        site=site_name(url),
        canonical=canonical(named) if isinstance(named, str) and named and not is_home(named) else None,
        headline=record.get("headline") or None,
        content_hash=content_hash,
        fetched=seconds(record.get("fetched_at")),
        published=seconds(record.get("date_published")),
        lines=lines,
        sketch=sketch_of(words),
        version=record.get("version") or 1,
        duplicate_of=record.get("duplicate_of"),
        text=ArticleText.of_record(record),
    )


def seconds(instant: object) -> int | None:
    """Return an ISO 8601 instant or date as seconds since 1970; ``None`` where it is none.

    >>> seconds("2024-05-03T18:19:08Z"), seconds("2024-05-03"), seconds("soon")
    (1714760348, 1714694400, None)
    """
    if not isinstance(instant, str):
        return None
    try:
        when = datetime.fromisoformat(instant)
        return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None
