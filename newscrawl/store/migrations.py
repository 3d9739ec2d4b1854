"""From an older schema to this one's, a step at a time, all in one transaction.

A step is a function of a connection. It is added with each change of a table, and never altered afterwards:
``STEPS[n]`` turns a store of schema ``n`` into one of schema ``n + 1``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from newscrawl.exceptions import StoreError
from newscrawl.store.connection import Connection
from newscrawl.store.schema import SCHEMA_VERSION
from newscrawl.urls.site import site_of_host

Step = Callable[[Connection], None]


def _share(connection: Connection) -> None:
    """Add what several machines need to share the work."""
    for statement in (
        "CREATE TABLE claims (key TEXT NOT NULL PRIMARY KEY, run BIGINT NOT NULL, until BIGINT NOT NULL)",
        "CREATE INDEX claims_run ON claims (run)",
        "CREATE TABLE leases (name TEXT NOT NULL PRIMARY KEY, holder TEXT NOT NULL, until BIGINT NOT NULL)",
        "CREATE TABLE tasks (id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, argument TEXT NOT NULL, "
        "state TEXT NOT NULL, due BIGINT, sent BIGINT NOT NULL, finished BIGINT, worker TEXT, "
        "attempts INTEGER NOT NULL, lost INTEGER NOT NULL, reason TEXT)",
        "CREATE INDEX tasks_state ON tasks (kind, state, due)",
    ):
        connection.run(statement)


def _name_sites_alike(connection: Connection) -> None:
    """Give each row the site that `newscrawl.urls.site` says: ``m.paper.example`` and ``paper.example`` are one."""
    for table in ("articles", "addresses", "feeds", "discovered"):
        for names in _renamed(connection, table):
            connection.run(f"UPDATE {table} SET site = :new WHERE site = :old", **names)
    for names in _renamed(connection, "site_memory"):
        query = "SELECT site, saved FROM site_memory WHERE site IN (:old, :new)"
        saved = {row.site: row.saved for row in connection.rows(query, **names)}
        if names["new"] in saved:  # of two memories of a site the newer one is kept
            loser = "old" if saved[names["new"]] >= saved[names["old"]] else "new"
            connection.run("DELETE FROM site_memory WHERE site = :loser", loser=names[loser])
        connection.run("UPDATE site_memory SET site = :new WHERE site = :old", **names)
    for names in _renamed(connection, "run_sites"):
        for count in ("new", "changed", "unchanged"):
            of_old = (
                f"(SELECT other.{count} FROM run_sites AS other WHERE other.run = run_sites.run AND other.site = :old)"
            )
            connection.run(f"UPDATE run_sites SET {count} = {count} + COALESCE({of_old}, 0) WHERE site = :new", **names)
        of_new = "(SELECT run FROM run_sites WHERE site = :new)"
        connection.run(f"DELETE FROM run_sites WHERE site = :old AND run IN {of_new}", **names)
        connection.run("UPDATE run_sites SET site = :new WHERE site = :old", **names)


def _renamed(connection: Connection, table: str) -> list[dict[str, str]]:
    """Sites of a table that are called otherwise now."""
    found = connection.column(f"SELECT DISTINCT site FROM {table} ORDER BY site")
    web = [site for site in found if site and not site.startswith("file:")]
    return [{"old": site, "new": site_of_host(site)} for site in web if site_of_host(site) != site]


def _keep_texts(connection: Connection) -> None:
    """Add the texts of versions; those written before are not known."""
    binary = "BLOB" if connection.is_sqlite else "BYTEA"
    for statement in (
        "CREATE TABLE IF NOT EXISTS texts (article BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, "
        "version INTEGER NOT NULL, url TEXT NOT NULL, fetched BIGINT, written BIGINT NOT NULL, "
        f"data {binary} NOT NULL, PRIMARY KEY (article, version))",
        "CREATE INDEX IF NOT EXISTS texts_written ON texts (written)",
    ):
        connection.run(statement)


STEPS: Mapping[int, Step] = {1: _share, 2: _name_sites_alike, 3: _keep_texts}


def migrate(
    connection: Connection, found: int, where: str, *, steps: Mapping[int, Step] = STEPS, target: int = SCHEMA_VERSION
) -> None:
    """Bring a store of schema ``found`` to ``target``; raises `StoreError` where no way leads there."""
    if found > target:
        raise StoreError(
            f"the store {where} was written by a newer newscrawl (schema {found}, this one knows {target}): "
            "update newscrawl, or name another store"
        )
    for version in range(found, target):
        if version not in steps:
            raise StoreError(f"the store {where} has schema {version}, which this newscrawl cannot read any more")
        steps[version](connection)
    if found < target:
        connection.run("UPDATE meta SET value = :value WHERE name = 'schema_version'", value=str(target))
