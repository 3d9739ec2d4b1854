"""The tasks of a cluster and what became of them: the broker hands them out, and this is what outlives it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, update

from newscrawl.store.database import Database
from newscrawl.store.schema import leases, tasks

Kind = Literal["site", "warc"]
Begun = Literal["run", "held", "over", "poison"]
_PART = 1000


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
            insert = self.database.insert(tasks).on_conflict_do_nothing().returning(tasks.c.id)
            for start in range(0, len(rows), _PART):
                new += len(connection.execute(insert.values(rows[start : start + _PART])).all())
        return new

    def take_due(self, limit: int = _PART) -> list[Row[Any]]:
        """Return tasks that are due and in nobody's hands, written down as sent, the longest due first."""
        with self.database.write() as connection:
            now = self.database.instant(connection)
            due = select(tasks.c.id).where(tasks.c.state == "done", tasks.c.due <= now)
            due = due.order_by(tasks.c.due, tasks.c.id).limit(limit).with_for_update(skip_locked=True)
            taken = update(tasks).where(tasks.c.id.in_(due)).values(state="sent", sent=now)
            return list(connection.execute(taken.returning(tasks.c.id, tasks.c.kind, tasks.c.argument)))

    def take_stranded(self, seconds: int, limit: int = _PART) -> list[Row[Any]]:
        """Return tasks of which nothing was heard for so long though they should be under way, written down as sent.

        Only where the broker's queues are empty are they lost there.
        """
        with self.database.write() as connection:
            now = self.database.instant(connection)
            is_held = select(leases.c.name).where(leases.c.name == tasks.c.id, leases.c.until >= now).exists()
            lost = or_(
                and_(tasks.c.state.in_(("sent", "running")), tasks.c.sent < now - seconds),
                and_(tasks.c.state == "waiting", tasks.c.due < now - seconds),
            )
            which = select(tasks.c.id).where(lost, ~is_held).limit(limit).with_for_update(skip_locked=True)
            taken = update(tasks).where(tasks.c.id.in_(which)).values(state="sent", sent=now)
            return list(connection.execute(taken.returning(tasks.c.id, tasks.c.kind, tasks.c.argument)))

    def send_again(self, ids: Sequence[str]) -> None:
        """Register that tasks are sent again, as if they had never failed."""
        values = {"state": "sent", "attempts": 0, "lost": 0, "reason": None}
        with self.database.write() as connection:
            values["sent"] = self.database.instant(connection)
            connection.execute(update(tasks).where(tasks.c.id.in_(ids)).values(**values))

    def without_done(self, kind: Kind, arguments: Sequence[str]) -> list[str]:
        """Return those of ``arguments`` that were not done before."""
        done: set[str] = set()
        with self.database.read() as connection:
            for start in range(0, len(arguments), _PART):
                ids = [task_id(kind, argument) for argument in arguments[start : start + _PART]]
                query = select(tasks.c.argument).where(tasks.c.id.in_(ids), tasks.c.finished.is_not(None))
                done.update(connection.execute(query.where(tasks.c.state == "done")).scalars())
        return [argument for argument in arguments if argument not in done]

    def begin(self, kind: Kind, argument: str, worker: str, *, redelivered: bool, most_lost: int) -> Begun:
        """Write down that a worker begins a task, unless it is not to.

        ``held``: another process works on it; ``over``: it was delivered again after its end; ``poison``: so many
        workers that began it were lost.
        """
        name = task_id(kind, argument)
        with self.database.write() as connection:
            now = self.database.instant(connection)
            insert = self.database.insert(tasks).values([{**_row(kind, argument), "state": "sent", "sent": now}])
            connection.execute(insert.on_conflict_do_nothing())
            row = connection.execute(select(tasks).where(tasks.c.id == name).with_for_update()).one()
            if redelivered and row.state in ("done", "parked"):
                return "over"
            if connection.execute(select(leases).where(leases.c.name == name, leases.c.until >= now)).first():
                return "held"
            if row.lost >= most_lost:
                return "poison"
            values = {"state": "running", "worker": worker, "sent": now, "lost": row.lost + 1}
            connection.execute(update(tasks).where(tasks.c.id == name).values(**values))
            return "run"

    def held(self, name: str) -> None:
        """Write down that a task that was begun waits for another process, or for another worker."""
        self._end(name, state="sent", lost=tasks.c.lost - 1)

    def done(self, name: str, due_in: int | None) -> None:
        """Write down that a task is done, and in how many seconds it is due again."""
        self._end(name, state="done", lost=0, attempts=0, reason=None, due_in=due_in, finished=True)

    def failed(self, name: str, reason: str, pause: float) -> None:
        """Write down that a task failed and is tried again after ``pause`` seconds."""
        self._end(name, state="waiting", lost=0, attempts=tasks.c.attempts + 1, reason=reason, due_in=int(pause))

    def parked(self, name: str, reason: str) -> None:
        """Write down that a task failed for good."""
        self._end(name, state="parked", lost=0, reason=reason, due_in=None, finished=True)

    def attempts(self, name: str) -> int:
        """Return how often a task failed since its last success."""
        with self.database.read() as connection:
            return connection.execute(select(tasks.c.attempts).where(tasks.c.id == name)).scalar() or 0

    def counts(self) -> dict[tuple[str, str], int]:
        """Return the numbers of tasks by kind and state."""
        query = select(tasks.c.kind, tasks.c.state, func.count()).group_by(tasks.c.kind, tasks.c.state)
        with self.database.read() as connection:
            return {(row[0], row[1]): row[2] for row in connection.execute(query)}

    def _end(
        self,
        name: str,
        *,
        due_in: int | None = 0,
        finished: bool = False,
        **values: str | int | ColumnElement[int] | None,
    ) -> None:
        with self.database.write() as connection:
            now = self.database.instant(connection)
            times = {"due": now + due_in if due_in is not None else None} | ({"finished": now} if finished else {})
            connection.execute(update(tasks).where(tasks.c.id == name).values(**times, **values))


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
