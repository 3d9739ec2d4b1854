"""The outputs that lines were written to, and those that are open: what a kill leaves behind is found by them."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping, Sequence
from typing import Any

from newscrawl.store.connection import Connection, Row
from newscrawl.store.database import Database
from newscrawl.store.sql import assigned, insert

_STATE = ("writing", "run", "format", "state", "size", "opened", "closed", "options", "plan")
_NEW = f"{insert('outputs', ('path', 'host', 'lines', *_STATE))} RETURNING id"
_AGAIN = f"UPDATE outputs SET {assigned(_STATE)} WHERE id = :id"
_KNOWN = "SELECT id FROM outputs WHERE path = :path AND host = :host ORDER BY id DESC LIMIT 1"
_GROWN = "UPDATE outputs SET size = :size, lines = lines + :added WHERE id = :id"
_LEFT_OPEN = "state IN ('open', 'closing')"
_COUNTS = """
    SELECT lines.id FROM lines JOIN outputs ON lines.output = outputs.id
    WHERE outputs.path = :path AND outputs.host = :host AND outputs.state != 'gone' LIMIT 1"""


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
                known = connection.value(_KNOWN, path=path, host=self.host)
                if known is not None:
                    connection.run(_AGAIN, id=known, **values)
                    return int(known)
            return int(connection.value(_NEW, path=path, host=self.host, lines=0, **values))

    def grown(self, connection: Connection, sizes: Mapping[int, tuple[int, int]]) -> None:
        """Write down the durable size of outputs, and how many lines were added."""
        grown = [{"id": number, "size": size, "added": added} for number, (size, added) in sizes.items()]
        connection.run_all(_GROWN, grown)

    def closing(self, number: int, plan: Sequence[Sequence[str]]) -> None:
        """Write down the renamings that are about to be made."""
        with self.database.write() as connection:
            planned = "UPDATE outputs SET state = 'closing', plan = :plan WHERE id = :id"
            connection.run(planned, plan=json.dumps(plan), id=number)

    def closed(self, number: int, moved: list[tuple[str, str]]) -> None:
        """Write down that an output is closed, and that earlier ones now have other names; once is enough."""
        closed = "UPDATE outputs SET state = 'closed', closed = :now, plan = NULL, writing = path"
        renamed = """
            UPDATE outputs SET path = :target, writing = :target
            WHERE path = :source AND host = :host AND id != :id"""
        with self.database.write() as connection:
            if not connection.run(f"{closed} WHERE id = :id AND {_LEFT_OPEN}", now=self.database.now(), id=number):
                return
            for source, target in moved:
                connection.run(renamed, source=source, target=target, host=self.host, id=number)

    def gone(self, number: int) -> None:
        """Write down that an output is no longer where it was."""
        with self.database.write() as connection:
            gone = "UPDATE outputs SET state = 'gone', closed = :now, plan = NULL"
            connection.run(f"{gone} WHERE id = :id AND {_LEFT_OPEN}", now=self.database.now(), id=number)

    def durable(self, number: int) -> int:
        """Return the bytes of an output whose lines count as seen."""
        with self.database.read() as connection:
            return connection.value("SELECT size FROM outputs WHERE id = :id", id=number) or 0

    def is_left_open(self, number: int) -> bool:
        """Tell whether an output was not closed by now."""
        with self.database.read() as connection:
            return bool(connection.column(f"SELECT id FROM outputs WHERE id = :id AND {_LEFT_OPEN}", id=number))

    def left_open(self) -> list[Row]:
        """Return the outputs of this machine that were never closed, oldest first."""
        query = f"SELECT * FROM outputs WHERE host = :host AND {_LEFT_OPEN} ORDER BY id"
        with self.database.read() as connection:
            return connection.rows(query, host=self.host)

    def all(self) -> list[Row]:
        """Return all outputs, oldest first, each with the number of lines that count as seen (``counted``)."""
        counted = "(SELECT count(*) FROM lines WHERE lines.output = outputs.id) AS counted"
        with self.database.read() as connection:
            return connection.rows(f"SELECT outputs.*, {counted} FROM outputs ORDER BY id")

    def counts(self, path: str) -> bool:
        """Tell whether lines that stand in ``path`` count as seen."""
        with self.database.read() as connection:
            return bool(connection.column(_COUNTS, path=path, host=self.host))
