"""The database below the store: connections, transactions, and errors turned into one line."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from newscrawl.exceptions import StoreError
from newscrawl.store.connection import Connection
from newscrawl.store.errors import store_error
from newscrawl.store.location import StoreUrl, shown

try:
    import fcntl
except ImportError:  # Windows: no lock is taken
    fcntl = None  # type: ignore[assignment]


class Database:
    """Transactions on a store's database, in any thread.

    ``timeout``: seconds to wait for another program's lock or for a connection. ``now`` gives the present as seconds
    since 1970. Whatever goes wrong inside a transaction takes it back whole; an error of the driver is raised as
    `StoreError`.
    """

    def __init__(
        self, url: StoreUrl, *, timeout: float, now: Callable[[], float] = time.time, is_read_only: bool = False
    ) -> None:
        self.is_sqlite = url.is_sqlite
        self.where = shown(url)
        self._now = now
        self._connect, self._error = _driver(url, timeout, is_read_only)
        self._idle: list[Any] = []
        self._reader: Any = None

    def now(self) -> int:
        """Return the present instant."""
        return int(self._now())

    def instant(self, connection: Connection) -> int:
        """Return the present instant by the clock of the database, which all its users share."""
        if self.is_sqlite:
            return self.now()
        return int(connection.value("SELECT extract(epoch FROM clock_timestamp())"))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection to read with."""
        with self._transaction("BEGIN") as driver:
            yield Connection(driver, is_sqlite=self.is_sqlite)
            driver.rollback()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection whose changes are all durable when the block ends, or none."""
        with self._transaction("BEGIN IMMEDIATE") as driver:
            yield Connection(driver, is_sqlite=self.is_sqlite)
            driver.commit()

    def rows(self, query: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return the rows of a query that runs for many pages; on SQLite outside of a transaction."""
        if not self.is_sqlite:
            with self.read() as connection:
                return connection.rows(query, **values)
        with self._errors():
            if self._reader is None:
                self._reader = self._connect()
            found: list[tuple[Any, ...]] = self._reader.execute(query, values).fetchall()
        return found

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """Hold the lock ``name`` among all who use this database, where it is free; tell whether it is held.

        The lock ends with the process. On SQLite it is a file beside the database.
        """
        if self.is_sqlite:
            with _file_lock(f"{self.where}.{name}.lock" if Path(self.where).is_file() else None) as held:
                yield held
            return
        number = int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
        with self._errors():
            driver = self._connect()
        try:
            connection = Connection(driver, is_sqlite=False)
            with self._errors():
                driver.autocommit = True
                held = bool(connection.value("SELECT pg_try_advisory_lock(:number)", number=number))
            yield held
            if held:  # the server notices a closed connection only a little later
                with suppress(self._error):  # a broken one has given it back
                    connection.run("SELECT pg_advisory_unlock(:number)", number=number)
        finally:
            driver.close()  # which gives the lock back, whatever state it is in

    def outside_transaction(self, statement: str) -> None:
        """Execute a statement that no transaction may hold, such as VACUUM."""
        with self._errors():
            driver = self._connect()
            try:
                if not self.is_sqlite:
                    driver.autocommit = True
                driver.execute(statement).close()
            finally:
                driver.close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Any]:
        """Give the driver's connection within a transaction, which is rolled back where the block ends otherwise."""
        with self._errors():
            driver = self._borrow()
            try:
                if self.is_sqlite:  # PostgreSQL's driver begins by itself
                    driver.execute(begin)
                yield driver
            except BaseException:
                try:
                    driver.rollback()
                except self._error:
                    driver.close()
                else:
                    self._idle.append(driver)
                raise
            self._idle.append(driver)

    def _borrow(self) -> Any:
        """Return a connection that nobody uses."""
        with suppress(IndexError):
            while True:
                driver = self._idle.pop()
                if self.is_sqlite:
                    return driver
                try:  # the server may have closed it meanwhile
                    driver.autocommit = True
                    driver.execute("")
                    driver.autocommit = False
                except self._error:
                    driver.close()
                else:
                    return driver
        return self._connect()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except self._error as error:
            raise store_error(self.where, error) from error

    def close(self) -> None:
        """Close the connections."""
        idle, self._idle = self._idle, []
        for driver in (*idle, *([self._reader] if self._reader is not None else [])):
            driver.close()
        self._reader = None


def _driver(url: StoreUrl, timeout: float, is_read_only: bool) -> tuple[Callable[[], Any], type[Exception]]:
    """Return what opens a connection, and the driver's error."""
    if url.file is not None:
        return partial(_connect_sqlite, url.file, timeout, is_read_only), sqlite3.Error
    try:
        import psycopg
    except ImportError:
        raise StoreError("the store is PostgreSQL, and psycopg is not there: pip install 'psycopg[binary]'") from None
    seconds = max(1, round(timeout))
    arguments: dict[str, Any] = {**url.server, "connect_timeout": seconds, "options": f"-c lock_timeout={seconds}s"}
    return partial(psycopg.connect, **arguments), psycopg.Error


def _connect_sqlite(file: Path, timeout: float, is_read_only: bool) -> sqlite3.Connection:
    name = f"{file.absolute().as_uri()}?mode=ro" if is_read_only else str(file)
    connection = sqlite3.connect(
        name,
        timeout=timeout,
        isolation_level=None,  # this module says BEGIN itself: the driver would only before some statements
        check_same_thread=False,
        uri=is_read_only,
    )
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")  # a commit outlives a power cut; NORMAL may lose the last ones
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def _file_lock(path: str | None) -> Iterator[bool]:
    if path is None or fcntl is None:
        yield True
        return
    with open(path, "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        except OSError:
            pass  # a file system without locks
        yield True
