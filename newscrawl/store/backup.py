"""A copy of the store as it is at one instant, while crawls go on: always an SQLite file."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from newscrawl.exceptions import StoreError
from newscrawl.store.database import Database
from newscrawl.store.location import StoreUrl
from newscrawl.store.schema import TABLES, make_tables
from newscrawl.store.sql import insert
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
    copy = Database(StoreUrl(path, {}), timeout=30)
    try:
        with copy.write() as to, source.read() as connection:
            connection.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            make_tables(to)
            for table in TABLES:
                rows = connection.stream(f"SELECT * FROM {table}")
                while part := list(islice(rows, _ROWS)):
                    to.run_all(insert(table, part[0]._fields), [row._asdict() for row in part])
    finally:
        copy.close()
