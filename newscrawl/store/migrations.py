"""From an older schema to this one's, a step at a time, all in one transaction.

A step is a function of a connection. It is added with each change of a table, and never altered afterwards:
``STEPS[n]`` turns a store of schema ``n`` into one of schema ``n + 1``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, update

from newscrawl.store.errors import StoreError
from newscrawl.store.schema import SCHEMA_VERSION, meta

Step = Callable[[Connection], None]
STEPS: Mapping[int, Step] = {}


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
