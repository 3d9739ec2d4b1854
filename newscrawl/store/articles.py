"""Articles and their URLs: looked up before a line is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select, union_all

from newscrawl.store.database import Database
from newscrawl.store.entry import StoreEntry
from newscrawl.store.lines import Lines
from newscrawl.store.schema import addresses, articles, lines, sketch_keys
from newscrawl.store.similarity import KEYS, Sketch, is_copy
from newscrawl.urls.canonical import canonical

_CANDIDATES = 200  # the newest articles that share a hash; more share only what a site prints under every article


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a URL and of the article behind it.

    ``article`` is ``None`` where the page was not an article; then only the URL's own fields mean something.
    """

    key: str
    url: str
    article: int | None
    first_seen: int
    last_seen: int
    last_fetched: int | None
    next_visit: int | None
    version: int = 0
    content_hash: str | None = None
    headline: str | None = None
    lines: Lines = field(default_factory=Lines)
    sketch: Sketch = field(default_factory=Sketch)


_FIND = (
    select(
        addresses.c.key,
        func.coalesce(articles.c.url, addresses.c.url),
        addresses.c.article,
        addresses.c.first_seen,
        addresses.c.last_seen,
        addresses.c.last_fetched,
        addresses.c.next_visit,
        articles.c.version,
        articles.c.content_hash,
        articles.c.headline,
        articles.c.lines,
        articles.c.sketch,
    )
    .outerjoin(articles, addresses.c.article == articles.c.id)
    .where(addresses.c.key == bindparam("sought"))
)
_LAST_SEEN = select(addresses.c.last_seen).where(addresses.c.key == bindparam("sought"))
_FIND_CANONICAL = select(addresses.c.key).join(articles, addresses.c.article == articles.c.id)
_FIND_CANONICAL = _FIND_CANONICAL.where(articles.c.canonical == bindparam("sought")).order_by(articles.c.id).limit(1)
_NEAR = union_all(
    *(
        select(
            select(sketch_keys.c.article)
            .where(sketch_keys.c.key == bindparam(f"key{number}"))
            .order_by(sketch_keys.c.article.desc())
            .limit(_CANDIDATES)
            .subquery()
        )
        for number in range(KEYS)
    )
).subquery()
_SHARING = (
    select(_NEAR.c.article)
    .group_by(_NEAR.c.article)
    .order_by(literal_column("count(*)").desc(), _NEAR.c.article)
    .limit(50)
    .subquery()
)
_SKETCHES = select(articles.c.id, articles.c.url, articles.c.duplicate_of, articles.c.sketch).order_by(articles.c.id)
_SKETCHES = _SKETCHES.join(_SHARING, _SHARING.c.article == articles.c.id)
_CAPTURES = select(addresses.c.article, addresses.c.last_fetched).where(addresses.c.key == bindparam("sought"))
_CAPTURED = (
    select(lines.c.id).where(lines.c.article == bindparam("article"), lines.c.fetched == bindparam("at")).limit(1)
)


class Articles:
    """The part of the store that knows articles."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def find(self, key: str) -> Known | None:
        """Return what is known of a canonical URL."""
        rows = self.database.rows(_FIND, {"sought": key})
        return _known(*rows[0]) if rows else None

    def last_seen(self, key: str) -> int | None:
        """Return when a canonical URL was last visited, ``None`` where it never was."""
        rows = self.database.rows(_LAST_SEEN, {"sought": key})
        return rows[0][0] if rows else None

    def find_by_canonical(self, key: str) -> Known | None:
        """Return the oldest article whose page named ``key`` as its canonical URL, or stands there."""
        found = self.find(key)
        if found is not None and found.article is not None:
            return found
        return self.find_named(key)

    def find_named(self, key: str) -> Known | None:
        """Return the oldest article whose page named ``key`` as its canonical URL."""
        rows = self.database.rows(_FIND_CANONICAL, {"sought": key})
        return self.find(rows[0][0]) if rows else None

    def has_version(self, article: int, content_hash: str) -> bool:
        """Tell whether a line of ``article`` with this text was written before."""
        query = select(lines.c.id).where(lines.c.article == article, lines.c.content_hash == content_hash).limit(1)
        with self.database.read() as connection:
            return connection.execute(query).first() is not None

    def has_capture(self, url: str, fetched: int) -> bool:
        """Tell whether the page of ``url`` as fetched at this instant was read before (archives are read again)."""
        for article, last_fetched in self.database.rows(_CAPTURES, {"sought": canonical(url)}):
            if last_fetched == fetched:
                return True
            return article is not None and bool(self.database.rows(_CAPTURED, {"article": article, "at": fetched}))
        return False

    def copied_by(self, entry: StoreEntry) -> str | None:
        """Return the URL of the earliest article that ``entry`` copies."""
        if not entry.sketch.keys:
            return None
        sought = {f"key{n}": key for n, key in zip(range(KEYS), cycle(entry.sketch.keys), strict=False)}
        for number, url, duplicate_of, sketch in self.database.rows(_SKETCHES, sought):
            if number != entry.article and is_copy(entry.sketch, Sketch.unpack(sketch)):
                original: str = duplicate_of or url
                if original != entry.url:
                    return original
        return None

    def due(self, site: str, limit: int = 1000) -> list[str]:
        """Return the URLs of ``site`` whose next look is due, the longest due first."""
        query = (
            select(addresses.c.url)
            .where(addresses.c.site == site, addresses.c.next_visit <= self.database.now())
            .order_by(addresses.c.next_visit)
            .limit(limit)
        )
        with self.database.read() as connection:
            return list(connection.execute(query).scalars())

    def count(self) -> int:
        """Return the number of articles."""
        with self.database.read() as connection:
            return connection.execute(select(func.count()).select_from(articles)).scalar() or 0

    def all(self, site: str | None = None) -> Iterator[Any]:
        """Yield each URL with its article's fields, by site and first sight."""
        query = select(
            addresses.c.url,
            addresses.c.key,
            addresses.c.site,
            articles.c.url.label("article"),
            articles.c.headline,
            articles.c.canonical,
            articles.c.version,
            articles.c.content_hash,
            articles.c.duplicate_of,
            addresses.c.first_seen,
            addresses.c.last_seen,
            articles.c.changed,
            addresses.c.next_visit,
            addresses.c.visits,
        ).outerjoin(articles, addresses.c.article == articles.c.id)
        if site is not None:
            query = query.where(addresses.c.site == site)
        with self.database.read() as connection:
            streamed = connection.execution_options(yield_per=1000)
            yield from streamed.execute(query.order_by(addresses.c.site, addresses.c.first_seen, addresses.c.key))


def _known(
    key: str,
    url: str,
    article: int | None,
    first_seen: int,
    last_seen: int,
    last_fetched: int | None,
    next_visit: int | None,
    version: int | None,
    content_hash: str | None,
    headline: str | None,
    kept_lines: bytes | None,
    sketch: bytes | None,
) -> Known:
    """Return a row of `_FIND` as what is known of a URL."""
    return Known(
        key, url, article, first_seen, last_seen, last_fetched, next_visit, version or 0, content_hash, headline,
        Lines.unpack(kept_lines), Sketch.unpack(sketch),
    )  # fmt: skip
