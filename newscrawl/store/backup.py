"""A copy of the store as it is at one instant, while crawls go on: always an SQLite file."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import insert, select, text

from newscrawl.exceptions import StoreError
from newscrawl.store.database import Database, engine_of
from newscrawl.store.location import store_url
from newscrawl.store.schema import metadata
from newscrawl.store.store import Store

_ROWS = 1000


def back_up(store: Store, target: Path) -> int:
    """Write a backup to ``target``, which must not exist; return its size in bytes.

    A store on PostgreSQL comes out as SQLite, too: NEWSCRAWL_STORE_URL can name the backup as it is.
    """
    if target.exists():
        raise StoreError(f"{target} is there already: a backup overwrites nothing")
    partial = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        if store.database.is_sqlite:
            store.database.outside_transaction(f"VACUUM INTO '{str(partial).replace(chr(39), chr(39) * 2)}'")
        else:
            _copy(store.database, partial)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.rename(target)
        return target.stat().st_size
    except OSError as error:
        raise StoreError(f"the backup {target} cannot be written: {error.strerror}") from None
    finally:
        partial.unlink(missing_ok=True)


def _copy(source: Database, path: Path) -> None:
    copy = Database(engine_of(store_url(f"sqlite:///{path}"), timeout=30))
    try:
        with copy.write() as to, source.read() as connection:
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            metadata.create_all(to)
            for table in metadata.sorted_tables:
                rows = connection.execution_options(yield_per=_ROWS).execute(select(table))
                for part in rows.partitions():
                    to.execute(insert(table), [dict(row._mapping) for row in part])
    finally:
        copy.close()
