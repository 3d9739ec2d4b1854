"""One transaction on a store's database: statements in, rows out, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

Row = Any
"""A row: a named tuple of its columns."""
_VALUE: Final = re.compile(r":([a-z]\w*)")
_PART: Final = 1000


class Connection:
    """The connection of a transaction, which `newscrawl.store.database.Database` begins and ends.

    A statement has ``:name`` where a value belongs (`newscrawl.store.sql`).
    """

    def __init__(self, driver: Any, *, is_sqlite: bool) -> None:
        self._driver = driver
        self.is_sqlite = is_sqlite

    def run(self, statement: str, /, **values: Any) -> int:
        """Execute a statement; return the number of rows it changed."""
        count: int = self._execute(statement, values).rowcount
        return count

    def run_all(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute a statement for each row of values."""
        if rows:
            self._driver.cursor().executemany(self._text(statement), rows)

    def run_returning(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Execute a statement for each row of values; return in order the first column of what it returned."""
        if self.is_sqlite:
            return [found for row in rows for (found, *_) in self._driver.execute(statement, row).fetchall()]
        cursor, found = self._driver.cursor(), []
        if rows:
            cursor.executemany(self._text(statement), rows, returning=True)
            for result in cursor.results():
                found += [row[0] for row in result.fetchall()]
        return found

    def rows(self, statement: str, /, **values: Any) -> list[Row]:
        """Return the rows of a query."""
        return list(self._named(self._execute(statement, values)))

    def row(self, statement: str, /, **values: Any) -> Row | None:
        """Return the first row of a query, ``None`` where it has none."""
        return next(iter(self.rows(statement, **values)), None)

    def column(self, statement: str, /, **values: Any) -> list[Any]:
        """Return the first column of a query."""
        return [found for (found, *_) in self._execute(statement, values).fetchall()]

    def value(self, statement: str, /, **values: Any) -> Any:
        """Return the first column of a query's first row, ``None`` where it has none."""
        return next(iter(self.column(statement, **values)), None)

    def stream(self, statement: str, /, **values: Any) -> Iterator[Row]:
        """Yield the rows of a query, with no more than a part of them in memory."""
        if self.is_sqlite:
            yield from self._named(self._execute(statement, values))
            return
        with self._driver.cursor(name="stream") as cursor:
            cursor.itersize = _PART
            cursor.execute(self._text(statement), values)
            yield from self._named(cursor)

    def _execute(self, statement: str, values: Mapping[str, Any]) -> Any:
        return self._driver.execute(self._text(statement), values)

    def _text(self, statement: str) -> str:
        return statement if self.is_sqlite else _for_psycopg(statement)

    @staticmethod
    def _named(cursor: Any) -> Iterator[Row]:
        make = _row_type(tuple(column[0] for column in cursor.description))._make
        return map(make, cursor)


@cache
def _row_type(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names, rename=True)


@cache
def _for_psycopg(statement: str) -> str:
    """Return a statement as psycopg takes it.

    >>> _for_psycopg("SELECT a FROM b WHERE c = :c")
    'SELECT a FROM b WHERE c = %(c)s'
    """
    return _VALUE.sub(r"%(\1)s", statement.replace("%", "%%"))
