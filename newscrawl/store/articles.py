"""Articles and their URLs: looked up before a line is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from newscrawl.store.database import Database
from newscrawl.store.entry import StoreEntry
from newscrawl.store.lines import Lines
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


_FIND = """
    SELECT addresses.key, coalesce(articles.url, addresses.url), addresses.article, addresses.first_seen,
        addresses.last_seen, addresses.last_fetched, addresses.next_visit, articles.version, articles.content_hash,
        articles.headline, articles.lines, articles.sketch
    FROM addresses LEFT JOIN articles ON addresses.article = articles.id WHERE addresses.key = :key"""
_LAST_SEEN = "SELECT last_seen FROM addresses WHERE key = :key"
_FIND_CANONICAL = """
    SELECT addresses.key FROM addresses JOIN articles ON addresses.article = articles.id
    WHERE articles.canonical = :key ORDER BY articles.id LIMIT 1"""
_NEAR = " UNION ALL ".join(
    f"SELECT article FROM (SELECT article FROM sketch_keys WHERE key = :key{number} "
    f"ORDER BY article DESC LIMIT {_CANDIDATES}) AS of_key{number}"
    for number in range(KEYS)
)
_SKETCHES = f"""
    SELECT articles.id, articles.url, articles.duplicate_of, articles.sketch FROM articles JOIN (
        SELECT article FROM ({_NEAR}) AS near GROUP BY article ORDER BY count(*) DESC, article LIMIT 50
    ) AS sharing ON sharing.article = articles.id ORDER BY articles.id"""
_CAPTURES = "SELECT article, last_fetched FROM addresses WHERE key = :key"
_CAPTURED = "SELECT id FROM lines WHERE article = :article AND fetched = :fetched LIMIT 1"
_VERSIONS = "SELECT id FROM lines WHERE article = :article AND content_hash = :content_hash LIMIT 1"
_ALL = """
    SELECT addresses.url, addresses.key, addresses.site, articles.url AS article, articles.headline, articles.canonical,
        articles.version, articles.content_hash, articles.duplicate_of, addresses.first_seen, addresses.last_seen,
        articles.changed, addresses.next_visit, addresses.visits
    FROM addresses LEFT JOIN articles ON addresses.article = articles.id"""


class Articles:
    """The part of the store that knows articles."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def find(self, key: str) -> Known | None:
        """Return what is known of a canonical URL."""
        rows = self.database.rows(_FIND, {"key": key})
        return _known(*rows[0]) if rows else None

    def last_seen(self, key: str) -> int | None:
        """Return when a canonical URL was last visited, ``None`` where it never was."""
        rows = self.database.rows(_LAST_SEEN, {"key": key})
        return rows[0][0] if rows else None

    def find_by_canonical(self, key: str) -> Known | None:
        """Return the oldest article whose page named ``key`` as its canonical URL, or stands there."""
        found = self.find(key)
        if found is not None and found.article is not None:
            return found
        return self.find_named(key)

    def find_named(self, key: str) -> Known | None:
        """Return the oldest article whose page named ``key`` as its canonical URL."""
        rows = self.database.rows(_FIND_CANONICAL, {"key": key})
        return self.find(rows[0][0]) if rows else None

    def has_version(self, article: int, content_hash: str) -> bool:
        """Tell whether a line of ``article`` with this text was written before."""
        return bool(self.database.rows(_VERSIONS, {"article": article, "content_hash": content_hash}))

    def has_capture(self, url: str, fetched: int) -> bool:
        """Tell whether the page of ``url`` as fetched at this instant was read before (archives are read again)."""
        for article, last_fetched in self.database.rows(_CAPTURES, {"key": canonical(url)}):
            if last_fetched == fetched:
                return True
            return article is not None and bool(self.database.rows(_CAPTURED, {"article": article, "fetched": fetched}))
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
        query = """
            SELECT url FROM addresses WHERE site = :site AND next_visit <= :now ORDER BY next_visit LIMIT :limit"""
        with self.database.read() as connection:
            return connection.column(query, site=site, now=self.database.now(), limit=limit)

    def count(self) -> int:
        """Return the number of articles."""
        with self.database.read() as connection:
            count: int = connection.value("SELECT count(*) FROM articles")
        return count

    def all(self, site: str | None = None) -> Iterator[Any]:
        """Yield each URL with its article's fields, by site and first sight."""
        which = "" if site is None else "WHERE addresses.site = :site"
        order = "ORDER BY addresses.site, addresses.first_seen, addresses.key"
        with self.database.read() as connection:
            yield from connection.stream(f"{_ALL} {which} {order}", site=site)


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
