"""Claims: what keeps several programs that share a store from each writing the same article."""

from __future__ import annotations

from collections.abc import Collection

from newscrawl.store.connection import Connection
from newscrawl.store.database import Database
from newscrawl.store.sql import any_of, upsert

SECONDS = 60
"""A claim is good for so long, unless its run renews it; it is usually given back within a second."""
ABANDONED = 3600
"""After so many seconds more it counts for nothing even where its run left an output open: the machine is gone."""
_LAZILY = "SET LOCAL synchronous_commit TO off"
_IS_OPEN = "EXISTS (SELECT 1 FROM outputs WHERE outputs.run = claims.run AND outputs.state IN ('open', 'closing'))"
_TAKE = f"""
    {upsert("claims", "key", ("key", "run", "until"))}
    WHERE claims.run = :run OR (claims.until < :now AND NOT {_IS_OPEN}) OR claims.until < :now - {ABANDONED}
    RETURNING key"""


class _RefusedError(Exception):
    """Another run has one of the claims. Raised inside `Claims.take` to take back the others."""


class Claims:
    """The part of the store that knows which run is about to write which URL.

    A run that was killed may have left lines that count once its outputs are finished, so its claims outlive it until
    then. The clock is the database's own.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def take(self, run: int, keys: Collection[str]) -> bool:
        """Claim all of ``keys`` for ``run``, or none; tell whether it has them. Its own it may claim again."""
        try:
            with self.database.write() as connection:
                if not self.database.is_sqlite:  # a crash of the server may lose claims of its last half second;
                    connection.run(_LAZILY)  # waiting for the disk at each would cost more than all else
                now = self.database.instant(connection)
                rows = [{"key": key, "run": run, "until": now + SECONDS, "now": now} for key in sorted(set(keys))]
                if len(connection.run_returning(_TAKE, rows)) < len(rows):
                    raise _RefusedError
        except _RefusedError:
            return False
        return True

    def renew(self, run: int) -> None:
        """Keep the claims of ``run`` for longer."""
        with self.database.write() as connection:
            until = self.database.instant(connection) + SECONDS
            connection.run("UPDATE claims SET until = :until WHERE run = :run", until=until, run=run)

    def free(self, run: int) -> None:
        """Give back all claims of a run that is over, unless it left an output that is still to be finished."""
        with self.database.write() as connection:
            connection.run(f"DELETE FROM claims WHERE run = :run AND NOT {_IS_OPEN}", run=run)


def give_back(connection: Connection, run: int, keys: Collection[str]) -> None:
    """Give back claims of ``run`` within the transaction that remembers what was written."""
    if keys:
        which, values = any_of(sorted(keys))
        connection.run(f"DELETE FROM claims WHERE run = :run AND key IN {which}", run=run, **values)
