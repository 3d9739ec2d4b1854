"""Upkeep: what the store holds, and deletion by age, by URL, by site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, select, text, update

from newscrawl.store.schema import (
    SCHEMA_VERSION,
    addresses,
    articles,
    discovered,
    feeds,
    lines,
    outputs,
    run_sites,
    runs,
    site_memory,
    takedowns,
    texts,
    validators,
)
from newscrawl.store.store import Store, takedown_digest
from newscrawl.urls.canonical import canonical
from newscrawl.urls.site import site_of_host

_COUNTED = {
    "addresses": addresses,
    "articles": articles,
    "lines": lines,
    "texts": texts,
    "sources": feeds,
    "validators": validators,
    "still to be read": discovered,
    "sites with a memory": site_memory,
    "outputs": outputs,
    "runs": runs,
    "taken down": takedowns,
}


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
    by_site = (
        select(
            addresses.c.site, func.count(addresses.c.article.distinct()).label("held"), func.max(addresses.c.last_seen)
        )
        .group_by(addresses.c.site)
        .order_by(func.count(addresses.c.article.distinct()).desc(), addresses.c.site)
        .limit(most)
    )
    with store.database.read() as connection:
        counts = {name: _count(connection, table) for name, table in _COUNTED.items()}
        sites = [(row[0], row[1], row[2]) for row in connection.execute(by_site)]
        if store.database.is_sqlite:
            file = Path(store.database.where)
            size = file.stat().st_size if file.is_file() else None
        else:
            size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar()
    return Holdings(store.database.where, SCHEMA_VERSION, size, counts, sites)


def _count(connection: Connection, table: Any) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar() or 0


def prune(store: Store, before: int) -> dict[str, int]:
    """Forget what was not seen since the instant ``before``; return how many of each kind.

    Only what is long out of every feed should go: a URL that comes again is new again.
    """
    with store.database.write() as connection:
        gone = {
            "addresses": connection.execute(delete(addresses).where(addresses.c.last_seen < before)).rowcount,
            "articles": _without_address(connection),
            "still to be read": connection.execute(delete(discovered).where(discovered.c.found < before)).rowcount,
            "validators": connection.execute(delete(validators).where(validators.c.looked < before)).rowcount,
            "sites with a memory": connection.execute(delete(site_memory).where(site_memory.c.saved < before)).rowcount,
        }
        old_runs = select(runs.c.id).where(runs.c.started < before)
        connection.execute(delete(run_sites).where(run_sites.c.run.in_(old_runs)))
        gone["runs"] = connection.execute(delete(runs).where(runs.c.started < before)).rowcount
        old = select(outputs.c.id, outputs.c.path).where(
            outputs.c.state.in_(("closed", "gone")), outputs.c.closed < before, outputs.c.host == store.outputs.host
        )
        taken_away = [row.id for row in connection.execute(old).all() if not Path(row.path).exists()]
        connection.execute(delete(lines).where(lines.c.output.in_(taken_away)))
        gone["outputs"] = connection.execute(delete(outputs).where(outputs.c.id.in_(taken_away))).rowcount
    return gone


def forget_url(store: Store, url: str) -> int:
    """Forget a URL and the article behind it, so that it is fetched again; return how many URLs went."""
    key = canonical(url)
    with store.database.write() as connection:
        article = connection.execute(select(addresses.c.article).where(addresses.c.key == key)).scalar()
        which = addresses.c.key == key if article is None else addresses.c.article == article
        count = connection.execute(delete(addresses).where(which)).rowcount
        count += connection.execute(delete(discovered).where(discovered.c.key == key)).rowcount
        _without_address(connection)
    return count


def forget_site(store: Store, host: str) -> int:
    """Forget all URLs of a site, its memory, its sources and their validators; return how many URLs went."""
    host = site_of_host(host)
    with store.database.write() as connection:
        count = connection.execute(delete(addresses).where(addresses.c.site == host)).rowcount
        _without_address(connection)
        connection.execute(delete(discovered).where(discovered.c.site == host))
        of_site = select(feeds.c.url).where(feeds.c.site == host)
        connection.execute(delete(validators).where(validators.c.url.in_(of_site)))
        connection.execute(delete(feeds).where(feeds.c.site == host))
        connection.execute(delete(site_memory).where(site_memory.c.site == host))
        connection.execute(delete(run_sites).where(run_sites.c.site == host))
    return count


def _without_address(connection: Connection) -> int:
    """Delete the articles that no URL leads to any more; that their lines are in files stays known."""
    held = select(addresses.c.article).where(addresses.c.article.is_not(None))
    return connection.execute(delete(articles).where(articles.c.id.not_in(held))).rowcount


def take_down(store: Store, url: str) -> None:
    """Forget a URL and never take it again; what stays is a digest that tells it from others."""
    key = canonical(url)
    digest = takedown_digest(key)
    new = store.database.insert(takedowns).values(digest=digest, at=store.database.now()).on_conflict_do_nothing()
    with store.database.write() as connection:
        connection.execute(new)
        article = connection.execute(select(addresses.c.article).where(addresses.c.key == key)).scalar()
        held = lines.c.url == url if article is None else (lines.c.url == url) | (lines.c.article == article)
        connection.execute(delete(lines).where(held))
        if store.database.is_sqlite:  # what is deleted is overwritten, not only unlinked from the tables
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        connection.execute(delete(texts).where(texts.c.article == article))
        connection.execute(update(articles).where(articles.c.duplicate_of == url).values(duplicate_of=None))
    forget_url(store, url)
    if store.database.is_sqlite:  # pages of the file that a reader still needed are overwritten now
        store.database.outside_transaction("PRAGMA wal_checkpoint(TRUNCATE)")
