"""Parts of SQL statements, in the words that SQLite and PostgreSQL share; ``:name`` stands for a value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def insert(table: str, columns: Iterable[str]) -> str:
    """Return an INSERT of one row.

    >>> insert("meta", ["name", "value"])
    'INSERT INTO meta (name, value) VALUES (:name, :value)'
    """
    names = list(columns)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"


def assigned(columns: Iterable[str], source: str = ":") -> str:
    """Return what UPDATE sets each of ``columns`` to: values, or with ``"excluded."`` those of a row in conflict.

    >>> assigned(["name", "value"])
    'name = :name, value = :value'
    """
    return ", ".join(f"{name} = {source}{name}" for name in columns)


def upsert(table: str, key: str, columns: Iterable[str]) -> str:
    """Return an INSERT of one row that replaces the other columns where ``key`` is there."""
    names = list(columns)
    others = assigned((name for name in names if name != key), "excluded.")
    return f"{insert(table, names)} ON CONFLICT ({key}) DO UPDATE SET {others}"


def any_of(values: Iterable[Any]) -> tuple[str, dict[str, Any]]:
    """Return the right side of IN, and its values.

    >>> any_of(["a", "b"])
    ('(:any0, :any1)', {'any0': 'a', 'any1': 'b'})
    """
    given = {f"any{number}": value for number, value in enumerate(values)}
    return f"({', '.join(f':{name}' for name in given) or 'NULL'})", given
