"""Claims: what keeps several programs that share a store from each writing the same article."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, and_, delete, exists, or_, text, update

from newscrawl.store.database import Database
from newscrawl.store.schema import claims, outputs

SECONDS = 60
"""A claim is good for so long, unless its run renews it; it is usually given back within a second."""
ABANDONED = 3600
"""After so many seconds more it counts for nothing even where its run left an output open: the machine is gone."""
_LAZILY = text("SET LOCAL synchronous_commit TO off")


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
                    connection.execute(_LAZILY)  # waiting for the disk at each would cost more than all else
                now = self.database.instant(connection)
                new = self.database.insert(claims)
                new = new.values([{"key": key, "run": run, "until": now + SECONDS} for key in sorted(keys)])
                is_open = exists().where(outputs.c.run == claims.c.run, outputs.c.state.in_(("open", "closing")))
                is_free = or_(
                    claims.c.run == run,
                    and_(claims.c.until < now, ~is_open),
                    claims.c.until < now - ABANDONED,
                )
                new = new.on_conflict_do_update(
                    index_elements=[claims.c.key],
                    set_={"run": new.excluded.run, "until": new.excluded.until},
                    where=is_free,
                )
                if len(connection.execute(new.returning(claims.c.key)).all()) < len(set(keys)):
                    raise _RefusedError
        except _RefusedError:
            return False
        return True

    def renew(self, run: int) -> None:
        """Keep the claims of ``run`` for longer."""
        with self.database.write() as connection:
            until = self.database.instant(connection) + SECONDS
            connection.execute(update(claims).where(claims.c.run == run).values(until=until))

    def free(self, run: int) -> None:
        """Give back all claims of a run that is over, unless it left an output that is still to be finished."""
        is_open = exists().where(outputs.c.run == run, outputs.c.state.in_(("open", "closing")))
        with self.database.write() as connection:
            connection.execute(delete(claims).where(claims.c.run == run, ~is_open))


def give_back(connection: Connection, run: int, keys: Collection[str]) -> None:
    """Give back claims of ``run`` within the transaction that remembers what was written."""
    if keys:
        connection.execute(delete(claims).where(claims.c.run == run, claims.c.key.in_(sorted(keys))))
