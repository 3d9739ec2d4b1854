"""The database below the store: connections, transactions, and errors turned into one line."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Select, Table, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from newscrawl.exceptions import StoreError
from newscrawl.store.errors import store_error
from newscrawl.store.location import shown

try:
    import fcntl
except ImportError:  # Windows: no lock is taken
    fcntl = None  # type: ignore[assignment]

_WRITES = "newscrawl_writes"


class _Prepared(NamedTuple):
    """A query as the driver takes it: its text, the names of its places, and the values that it has itself."""

    text: str
    places: tuple[str, ...]
    own: dict[str, Any]


class Database:
    """Transactions on a store's database.

    ``now`` gives the present as seconds since 1970. Whatever goes wrong inside a transaction takes it back whole and
    is raised as `StoreError`.
    """

    def __init__(self, engine: Engine, now: Callable[[], float] = time.time) -> None:
        self.engine = engine
        self.where = shown(engine.url)
        self._now = now
        self._prepared: dict[Select[Any], _Prepared] = {}
        self._reader: Any = None

    def now(self) -> int:
        """Return the present instant."""
        return int(self._now())

    def instant(self, connection: Connection) -> int:
        """Return the present instant by the clock of the database, which all its users share."""
        if self.is_sqlite:
            return self.now()
        return int(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection to read with."""
        with self._errors(), self.engine.connect() as connection:
            yield connection

    def rows(self, query: Select[Any], values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """Return the rows of a query of a module, which runs for many pages: several times as fast as `read` on SQLite.

        There the query is compiled once and runs on the driver's own connection, outside of a transaction.
        """
        if not self.is_sqlite:
            with self.read() as connection:
                return [tuple(row) for row in connection.execute(query, values)]
        prepared = self._prepared.get(query)
        if prepared is None:
            prepared = self._prepared[query] = self._prepare(query)
        given = {**prepared.own, **values}
        with self._errors():
            if self._reader is None:
                self._reader = self.engine.raw_connection()
            try:
                found = self._reader.driver_connection.execute(prepared.text, [given[name] for name in prepared.places])
                rows: list[tuple[Any, ...]] = found.fetchall()
            except self.engine.dialect.loaded_dbapi.Error as error:
                raise store_error(self.where, error) from error
        return rows

    def _prepare(self, query: Select[Any]) -> _Prepared:
        compiled = query.compile(dialect=self.engine.dialect)
        return _Prepared(str(compiled), tuple(getattr(compiled, "positiontup", None) or ()), dict(compiled.params))

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection whose changes are all durable when the block ends, or none."""
        with (
            self._errors(),
            self.engine.connect().execution_options(**{_WRITES: True}) as connection,
            connection.begin(),
        ):
            yield connection

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
            connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            with self._errors():
                held = bool(connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": number}).scalar())
            yield held
            if held:  # the server notices a closed connection only a little later
                with suppress(SQLAlchemyError):  # a broken one has given it back
                    connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": number})
        finally:
            connection.invalidate()  # closing it for good gives the lock back, whatever state it is in
            connection.close()

    def outside_transaction(self, statement: str) -> None:
        """Execute a statement that no transaction may hold, such as VACUUM."""
        with self._errors():
            connection = self.engine.raw_connection()
            try:
                if not self.is_sqlite:
                    connection.driver_connection.autocommit = True  # type: ignore[union-attr]
                cursor = connection.cursor()
                cursor.execute(statement)
                cursor.close()
            except self.engine.dialect.loaded_dbapi.Error as error:
                raise store_error(self.where, error) from error
            finally:
                connection.invalidate()
                connection.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise store_error(self.where, error) from error

    def insert(self, table: Table) -> Any:
        """Return an INSERT that can say what to do on conflict."""
        if self.is_sqlite:
            from sqlalchemy.dialects import sqlite

            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)

    def close(self) -> None:
        """Close the connections."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        self.engine.dispose()


def engine_of(url: URL, *, timeout: float) -> Engine:
    """Return the engine for ``url``; ``timeout``: seconds to wait for another program's lock or for a connection."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": timeout, "check_same_thread": False})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise StoreError("the store is PostgreSQL, and psycopg is not there: pip install 'psycopg[binary]'") from None
    seconds = max(1, round(timeout))
    arguments = {"connect_timeout": seconds, "options": f"-c lock_timeout={seconds}s"}
    return create_engine(url, pool_pre_ping=True, connect_args=arguments)


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


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # this module says BEGIN itself: the driver would only before some statements
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")  # a commit outlives a power cut; NORMAL may lose the last ones


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
