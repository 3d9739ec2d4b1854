"""The outputs that lines were written to, and those that are open: what a kill leaves behind is found by them."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select, update

from newscrawl.store.database import Database
from newscrawl.store.schema import lines, outputs


class Outputs:
    """The part of the store that knows output files. Paths are absolute, and those of this machine."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.host = socket.gethostname()

    def open(
        self, path: str, writing: str, *, size: int, file_format: str, options: Mapping[str, Any], run: int | None
    ) -> int:
        """Write down that ``writing`` is written from byte ``size`` on, to be ``path`` when closed; return its number.

        A file that is appended to keeps its number.
        """
        values = {
            "writing": writing,
            "run": run,
            "format": file_format,
            "state": "open",
            "size": size,
            "opened": self.database.now(),
            "closed": None,
            "options": json.dumps(dict(options)),
            "plan": None,
        }
        with self.database.write() as connection:
            if options.get("append"):
                query = select(outputs.c.id).where(outputs.c.path == path, outputs.c.host == self.host)
                known = connection.execute(query.order_by(outputs.c.id.desc()).limit(1)).scalar()
                if known is not None:
                    connection.execute(update(outputs).where(outputs.c.id == known).values(**values))
                    return int(known)
            new = outputs.insert().values(path=path, host=self.host, lines=0, **values)
            return int(connection.execute(new.returning(outputs.c.id)).scalar_one())

    def grown(self, connection: Connection, sizes: Mapping[int, tuple[int, int]]) -> None:
        """Write down the durable size of outputs, and how many lines were added."""
        for number, (size, added) in sizes.items():
            values = {"size": size, "lines": outputs.c.lines + added}
            connection.execute(update(outputs).where(outputs.c.id == number).values(**values))

    def closing(self, number: int, plan: Sequence[Sequence[str]]) -> None:
        """Write down the renamings that are about to be made."""
        with self.database.write() as connection:
            values = {"state": "closing", "plan": json.dumps(plan)}
            connection.execute(update(outputs).where(outputs.c.id == number).values(**values))

    def closed(self, number: int, moved: list[tuple[str, str]]) -> None:
        """Write down that an output is closed, and that earlier ones now have other names; once is enough."""
        with self.database.write() as connection:
            values = {"state": "closed", "closed": self.database.now(), "plan": None, "writing": outputs.c.path}
            if not connection.execute(update(outputs).where(*_left_open(number)).values(**values)).rowcount:
                return
            for source, target in moved:
                where = (outputs.c.path == source, outputs.c.host == self.host, outputs.c.id != number)
                connection.execute(update(outputs).where(*where).values(path=target, writing=target))

    def gone(self, number: int) -> None:
        """Write down that an output is no longer where it was."""
        with self.database.write() as connection:
            values = {"state": "gone", "closed": self.database.now(), "plan": None}
            connection.execute(update(outputs).where(*_left_open(number)).values(**values))

    def durable(self, number: int) -> int:
        """Return the bytes of an output whose lines count as seen."""
        with self.database.read() as connection:
            return connection.execute(select(outputs.c.size).where(outputs.c.id == number)).scalar() or 0

    def is_left_open(self, number: int) -> bool:
        """Tell whether an output was not closed by now."""
        with self.database.read() as connection:
            return connection.execute(select(outputs.c.id).where(*_left_open(number))).first() is not None

    def left_open(self) -> list[Row[Any]]:
        """Return the outputs of this machine that were never closed, oldest first."""
        query = select(outputs).where(outputs.c.host == self.host, outputs.c.state.in_(("open", "closing")))
        with self.database.read() as connection:
            return list(connection.execute(query.order_by(outputs.c.id)))

    def all(self) -> list[Row[Any]]:
        """Return all outputs, oldest first, each with the number of lines that count as seen (``counted``)."""
        counted = select(func.count()).where(lines.c.output == outputs.c.id).scalar_subquery().label("counted")
        with self.database.read() as connection:
            return list(connection.execute(select(outputs, counted).order_by(outputs.c.id)))

    def counts(self, path: str) -> bool:
        """Tell whether lines that stand in ``path`` count as seen."""
        query = select(lines.c.id).join(outputs, lines.c.output == outputs.c.id)
        query = query.where(outputs.c.path == path, outputs.c.host == self.host, outputs.c.state != "gone").limit(1)
        with self.database.read() as connection:
            return connection.execute(query).first() is not None


def _left_open(number: int) -> tuple[ColumnElement[bool], ...]:
    return outputs.c.id == number, outputs.c.state.in_(("open", "closing"))
