"""The tasks of a cluster and what became of them: the broker hands them out, and this is what outlives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from newscrawl.store.connection import Connection, Row
from newscrawl.store.database import Database
from newscrawl.store.sql import any_of, assigned, insert

Kind = Literal["site", "warc"]
Begun = Literal["run", "held", "over", "poison"]
_PART = 1000
_COLUMNS = ("id", "kind", "argument", "state", "due", "sent", "attempts", "lost")
_NEW = insert("tasks", _COLUMNS) + " ON CONFLICT DO NOTHING"
_AGAIN = "UPDATE tasks SET state = 'sent', attempts = 0, lost = 0, reason = NULL, sent = :now WHERE id IN {which}"
_SENT = "UPDATE tasks SET state = 'sent', sent = :now WHERE id IN ({which}) RETURNING id, kind, argument"
_DUE = "SELECT id FROM tasks WHERE state = 'done' AND due <= :now ORDER BY due, id LIMIT :limit"
_STRANDED = """
    SELECT id FROM tasks
    WHERE ((state IN ('sent', 'running') AND sent < :before) OR (state = 'waiting' AND due < :before))
    AND NOT EXISTS (SELECT 1 FROM leases WHERE leases.name = tasks.id AND leases.until >= :now) LIMIT :limit"""
_HELD = "SELECT name FROM leases WHERE name = :name AND until >= :now"
_RUN = "UPDATE tasks SET state = 'running', worker = :worker, sent = :now, lost = lost + 1 WHERE id = :id"


def task_id(kind: str, argument: str) -> str:
    """Return the name of a task, which is also that of its lease.

    >>> task_id("site", "a.example")
    'site:a.example'
    """
    return f"{kind}:{argument}"


class Tasks:
    """The part of the store that knows tasks; the clock is the database's own."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def enrol(self, kind: Kind, arguments: Iterable[str]) -> int:
        """Write down sites or archives that are not known yet, due at once; return how many there were."""
        rows = [_row(kind, argument) for argument in sorted(set(arguments))]
        new = 0
        with self.database.write() as connection:
            for start in range(0, len(rows), _PART):
                new += len(connection.run_returning(f"{_NEW} RETURNING id", rows[start : start + _PART]))
        return new

    def take_due(self, limit: int = _PART) -> list[Row]:
        """Return tasks that are due and in nobody's hands, written down as sent, the longest due first."""
        with self.database.write() as connection:
            now = self.database.instant(connection)
            return connection.rows(_SENT.format(which=_free(connection, _DUE)), now=now, limit=limit)

    def take_stranded(self, seconds: int, limit: int = _PART) -> list[Row]:
        """Return tasks of which nothing was heard for so long though they should be under way, written down as sent.

        Only where the broker's queues are empty are they lost there.
        """
        with self.database.write() as connection:
            now = self.database.instant(connection)
            taken = _SENT.format(which=_free(connection, _STRANDED))
            return connection.rows(taken, now=now, before=now - seconds, limit=limit)

    def send_again(self, ids: Sequence[str]) -> None:
        """Register that tasks are sent again, as if they had never failed."""
        which, values = any_of(ids)
        with self.database.write() as connection:
            connection.run(_AGAIN.format(which=which), now=self.database.instant(connection), **values)

    def without_done(self, kind: Kind, arguments: Sequence[str]) -> list[str]:
        """Return those of ``arguments`` that were not done before."""
        done: set[str] = set()
        with self.database.read() as connection:
            for start in range(0, len(arguments), _PART):
                which, values = any_of(task_id(kind, argument) for argument in arguments[start : start + _PART])
                query = f"SELECT argument FROM tasks WHERE id IN {which} AND finished IS NOT NULL AND state = 'done'"
                done.update(connection.column(query, **values))
        return [argument for argument in arguments if argument not in done]

    def begin(self, kind: Kind, argument: str, worker: str, *, redelivered: bool, most_lost: int) -> Begun:
        """Write down that a worker begins a task, unless it is not to.

        ``held``: another process works on it; ``over``: it was delivered again after its end; ``poison``: so many
        workers that began it were lost.
        """
        name = task_id(kind, argument)
        with self.database.write() as connection:
            now = self.database.instant(connection)
            connection.run(_NEW, **{**_row(kind, argument), "state": "sent", "sent": now})
            lock = "" if connection.is_sqlite else " FOR UPDATE"
            (row,) = connection.rows(f"SELECT * FROM tasks WHERE id = :id{lock}", id=name)
            if redelivered and row.state in ("done", "parked"):
                return "over"
            if connection.row(_HELD, name=name, now=now):
                return "held"
            if row.lost >= most_lost:
                return "poison"
            connection.run(_RUN, id=name, worker=worker, now=now)
            return "run"

    def held(self, name: str) -> None:
        """Write down that a task that was begun waits for another process, or for another worker."""
        self._end(name, {"state": "sent"}, "lost = lost - 1", due_in=0)

    def done(self, name: str, due_in: int | None) -> None:
        """Write down that a task is done, and in how many seconds it is due again."""
        self._end(name, {"state": "done", "reason": None}, "lost = 0, attempts = 0, finished = :now", due_in=due_in)

    def failed(self, name: str, reason: str, pause: float) -> None:
        """Write down that a task failed and is tried again after ``pause`` seconds."""
        values = {"state": "waiting", "reason": reason}
        self._end(name, values, "lost = 0, attempts = attempts + 1", due_in=int(pause))

    def parked(self, name: str, reason: str) -> None:
        """Write down that a task failed for good."""
        self._end(name, {"state": "parked", "reason": reason}, "lost = 0, finished = :now", due_in=None)

    def attempts(self, name: str) -> int:
        """Return how often a task failed since its last success."""
        with self.database.read() as connection:
            return connection.value("SELECT attempts FROM tasks WHERE id = :id", id=name) or 0

    def counts(self) -> dict[tuple[str, str], int]:
        """Return the numbers of tasks by kind and state."""
        query = "SELECT kind, state, count(*) FROM tasks GROUP BY kind, state"
        with self.database.read() as connection:
            return {(row[0], row[1]): row[2] for row in connection.rows(query)}

    def _end(self, name: str, values: Mapping[str, str | None], counts: str, *, due_in: int | None) -> None:
        """Set columns to ``values`` and as ``counts`` says, and when the task is due."""
        statement = f"UPDATE tasks SET {assigned(('due', *values))}, {counts} WHERE id = :id"
        with self.database.write() as connection:
            now = self.database.instant(connection)
            due = now + due_in if due_in is not None else None
            connection.run(statement, id=name, due=due, now=now, **values)


def _free(connection: Connection, query: str) -> str:
    """Return a query of tasks that passes over those another program is changing."""
    return query if connection.is_sqlite else f"{query} FOR UPDATE SKIP LOCKED"


def _row(kind: Kind, argument: str) -> dict[str, Any]:
    name = task_id(kind, argument)
    return {
        "id": name,
        "kind": kind,
        "argument": argument,
        "state": "done",
        "due": 0,
        "sent": 0,
        "attempts": 0,
        "lost": 0,
    }
