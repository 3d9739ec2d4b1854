"""From an older schema to this one's, a step at a time, all in one transaction.

A step is a function of a connection. It is added with each change of a table, and never altered afterwards:
``STEPS[n]`` turns a store of schema ``n`` into one of schema ``n + 1``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, text, update

from newscrawl.exceptions import StoreError
from newscrawl.store.schema import SCHEMA_VERSION, meta

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
        connection.execute(text(statement))


STEPS: Mapping[int, Step] = {1: _share}


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
        connection.execute(update(meta).where(meta.c.name == "schema_version").values(value=str(target)))
