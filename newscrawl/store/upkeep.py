"""Upkeep: what the store holds, and deletion by age, by URL, by site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newscrawl.store.connection import Connection
from newscrawl.store.schema import SCHEMA_VERSION
from newscrawl.store.sql import any_of
from newscrawl.store.store import Store, takedown_digest
from newscrawl.urls.canonical import canonical
from newscrawl.urls.site import site_of_host

_COUNTED = {
    "addresses": "addresses",
    "articles": "articles",
    "lines": "lines",
    "texts": "texts",
    "sources": "feeds",
    "validators": "validators",
    "still to be read": "discovered",
    "sites with a memory": "site_memory",
    "outputs": "outputs",
    "runs": "runs",
    "taken down": "takedowns",
}
_BY_SITE = """
    SELECT site, count(DISTINCT article), max(last_seen) FROM addresses
    GROUP BY site ORDER BY count(DISTINCT article) DESC, site LIMIT :most"""
_OLD_OUTPUTS = """
    SELECT id, path FROM outputs WHERE state IN ('closed', 'gone') AND closed < :before AND host = :host"""
_OLD = {
    "still to be read": "DELETE FROM discovered WHERE found < :before",
    "validators": "DELETE FROM validators WHERE looked < :before",
    "sites with a memory": "DELETE FROM site_memory WHERE saved < :before",
}
_OF_SITE = (
    "DELETE FROM discovered WHERE site = :site",
    "DELETE FROM validators WHERE url IN (SELECT url FROM feeds WHERE site = :site)",
    "DELETE FROM feeds WHERE site = :site",
    "DELETE FROM site_memory WHERE site = :site",
    "DELETE FROM run_sites WHERE site = :site",
)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a store holds: numbers by name, the largest sites with their articles, and its size in bytes."""

    where: str
    schema: int
    size: int | None
    counts: dict[str, int]
    sites: list[tuple[str, int, int]]
    """Host, articles, and the last instant anything of it was seen."""


def holdings(store: Store, most: int = 20) -> Holdings:
    """Return what the store holds, with at most so many sites."""
    with store.database.read() as connection:
        counts = {name: connection.value(f"SELECT count(*) FROM {table}") for name, table in _COUNTED.items()}
        sites = [(row[0], row[1], row[2]) for row in connection.rows(_BY_SITE, most=most)]
        if store.database.is_sqlite:
            file = Path(store.database.where)
            size = file.stat().st_size if file.is_file() else None
        else:
            size = connection.value("SELECT pg_database_size(current_database())")
    return Holdings(store.database.where, SCHEMA_VERSION, size, counts, sites)


def prune(store: Store, before: int) -> dict[str, int]:
    """Forget what was not seen since the instant ``before``; return how many of each kind.

    Only what is long out of every feed should go: a URL that comes again is new again.
    """
    with store.database.write() as connection:
        gone = {
            "addresses": connection.run("DELETE FROM addresses WHERE last_seen < :before", before=before),
            "articles": _without_address(connection),
            **{name: connection.run(statement, before=before) for name, statement in _OLD.items()},
        }
        old_runs = "SELECT id FROM runs WHERE started < :before"
        connection.run(f"DELETE FROM run_sites WHERE run IN ({old_runs})", before=before)
        gone["runs"] = connection.run("DELETE FROM runs WHERE started < :before", before=before)
        old = connection.rows(_OLD_OUTPUTS, before=before, host=store.outputs.host)
        which, values = any_of(row.id for row in old if not Path(row.path).exists())
        connection.run(f"DELETE FROM lines WHERE output IN {which}", **values)
        gone["outputs"] = connection.run(f"DELETE FROM outputs WHERE id IN {which}", **values)
    return gone


def forget_url(store: Store, url: str) -> int:
    """Forget a URL and the article behind it, so that it is fetched again; return how many URLs went."""
    key = canonical(url)
    with store.database.write() as connection:
        article = _article(connection, key)
        which = "key = :key" if article is None else "article = :article"
        count = connection.run(f"DELETE FROM addresses WHERE {which}", key=key, article=article)
        count += connection.run("DELETE FROM discovered WHERE key = :key", key=key)
        _without_address(connection)
    return count


def forget_site(store: Store, host: str) -> int:
    """Forget all URLs of a site, its memory, its sources and their validators; return how many URLs went."""
    host = site_of_host(host)
    with store.database.write() as connection:
        count = connection.run("DELETE FROM addresses WHERE site = :site", site=host)
        _without_address(connection)
        for statement in _OF_SITE:
            connection.run(statement, site=host)
    return count


def _article(connection: Connection, key: str) -> int | None:
    article: int | None = connection.value("SELECT article FROM addresses WHERE key = :key", key=key)
    return article


def _without_address(connection: Connection) -> int:
    """Delete the articles that no URL leads to any more; that their lines are in files stays known."""
    held = "SELECT article FROM addresses WHERE article IS NOT NULL"
    return connection.run(f"DELETE FROM articles WHERE id NOT IN ({held})")


def take_down(store: Store, url: str) -> None:
    """Forget a URL and never take it again; what stays is a digest that tells it from others."""
    key = canonical(url)
    digest = takedown_digest(key)
    new = "INSERT INTO takedowns (digest, at) VALUES (:digest, :now) ON CONFLICT DO NOTHING"
    with store.database.write() as connection:
        connection.run(new, digest=digest, now=store.database.now())
        article = _article(connection, key)
        held = "url = :url" if article is None else "url = :url OR article = :article"
        connection.run(f"DELETE FROM lines WHERE {held}", url=url, article=article)
        if store.database.is_sqlite:  # what is deleted is overwritten, not only unlinked from the tables
            connection.run("PRAGMA secure_delete=ON")
        connection.run("DELETE FROM texts WHERE article = :article", article=article)
        connection.run("UPDATE articles SET duplicate_of = NULL WHERE duplicate_of = :url", url=url)
    forget_url(store, url)
    if store.database.is_sqlite:  # pages of the file that a reader still needed are overwritten now
        store.database.outside_transaction("PRAGMA wal_checkpoint(TRUNCATE)")
