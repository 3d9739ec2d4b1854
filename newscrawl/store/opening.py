"""Opening a store: made where there is none, looked over where there is one, and never overwritten."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from newscrawl.exceptions import StoreError
from newscrawl.store.connection import Connection
from newscrawl.store.database import Database
from newscrawl.store.location import StoreUrl, store_url
from newscrawl.store.migrations import migrate
from newscrawl.store.revisit import Schedule
from newscrawl.store.schema import SCHEMA_VERSION, TABLES, make_tables
from newscrawl.store.store import Store

TIMEOUT = 30.0
_LOOKED_OVER = 64 * 1024 * 1024
_TABLES_OF_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
_TABLES_OF_POSTGRESQL = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
_ADVISORY = 0x6E657773  # "news": any number that no other program on the server takes


def open_store(
    setting: str | None,
    *,
    schedule: Schedule | None = None,
    timeout: float = TIMEOUT,
    now: Callable[[], float] = time.time,
    keeps_texts: bool = True,
) -> Store:
    """Open the store that ``setting`` names (NEWSCRAWL_STORE_URL; ``None``: the project's own).

    ``keeps_texts``: whether the texts of versions are kept. Raises `StoreError` where it is newer than this program,
    read-only, damaged, locked, or not a store.
    """
    url = store_url(setting)
    is_new = _prepare_folder(url)
    database = Database(url, timeout=timeout, now=now)
    try:
        if not is_new:
            _look_over(database)
        _set_up(database)
    except BaseException:
        database.close()
        raise
    return Store(database, schedule, setting=setting, keeps_texts=keeps_texts)


def _prepare_folder(url: StoreUrl) -> bool:
    """Make the folder of an SQLite file; tell whether the file is still to be made."""
    path = url.file
    if path is None:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return not path.exists() or not path.stat().st_size
    except OSError as error:
        raise StoreError(f"the store {path} cannot be opened: {error.strerror}") from None


def _look_over(database: Database) -> None:
    """Raise `StoreError` where the database is not a store, is newer, or is visibly damaged."""
    with database.read() as connection:
        found = _schema(connection, database.where)
        if found is not None and found > SCHEMA_VERSION:
            migrate(connection, found, database.where)
        is_small = database.is_sqlite and Path(database.where).stat().st_size <= _LOOKED_OVER
        if is_small and connection.value("PRAGMA quick_check(1)") != "ok":
            raise StoreError(f"the store {database.where} is damaged: put a backup in its place, or name another store")


def _set_up(database: Database) -> None:
    """Make the tables or migrate them; raise `StoreError` where nothing can be written."""
    if database.is_sqlite:
        database.outside_transaction("PRAGMA journal_mode=WAL")  # others may read while a crawl writes
    with database.write() as connection:
        if not database.is_sqlite:  # two that start at once must not both make the tables
            connection.run(f"SELECT pg_advisory_xact_lock({_ADVISORY})")
        found = _schema(connection, database.where)
        if found is None:
            make_tables(connection)
            connection.run(f"INSERT INTO meta (name, value) VALUES ('schema_version', '{SCHEMA_VERSION}')")
        else:
            migrate(connection, found, database.where)
        connection.run("UPDATE meta SET value = value WHERE name = 'schema_version'")


def _schema(connection: Connection, where: str) -> int | None:
    """Return the store's schema version; ``None`` where the database is empty."""
    names = set(connection.column(_TABLES_OF_SQLITE if connection.is_sqlite else _TABLES_OF_POSTGRESQL))
    if "meta" not in names:
        if names & set(TABLES):
            raise StoreError(f"the store {where} holds tables of another program, or is damaged: name another store")
        if names and connection.is_sqlite:
            raise StoreError(f"{where} is a database of another program: name another store")
        return None
    value = connection.value("SELECT value FROM meta WHERE name = 'schema_version'")
    if value is None or not value.isdecimal():
        raise StoreError(f"the store {where} does not say its schema: it is damaged, or of another program")
    return int(value)
