"""Leases: a site or an archive that one process works on, until it gives it back or does not renew it in time."""

from __future__ import annotations

from newscrawl.store.database import Database
from newscrawl.store.sql import upsert

_TAKE = f"""
    {upsert("leases", "name", ("name", "holder", "until"))}
    WHERE leases.until < :now OR leases.holder = :holder RETURNING name"""


class Leases:
    """The part of the store that knows who works on what; the clock is the database's own."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def take(self, name: str, holder: str, seconds: float) -> bool:
        """Take the lease ``name`` for so long where nobody has it; tell whether ``holder`` has it now."""
        with self.database.write() as connection:
            now = self.database.instant(connection)
            return bool(connection.column(_TAKE, name=name, holder=holder, until=int(now + seconds), now=now))

    def renew(self, name: str, holder: str, seconds: float) -> bool:
        """Keep a lease for so long from now on; tell whether ``holder`` still has it."""
        with self.database.write() as connection:
            until = int(self.database.instant(connection) + seconds)
            mine = "UPDATE leases SET until = :until WHERE name = :name AND holder = :holder"
            return bool(connection.run(mine, until=until, name=name, holder=holder))

    def give_back(self, name: str, holder: str) -> None:
        """Give a lease back; nothing happens where another one has it by now."""
        with self.database.write() as connection:
            mine = "DELETE FROM leases WHERE name = :name AND holder = :holder"
            connection.run(mine, name=name, holder=holder)

    def holder(self, name: str) -> str | None:
        """Return who has the lease ``name``; ``None`` where it is free."""
        with self.database.read() as connection:
            now = self.database.instant(connection)
            query = "SELECT holder FROM leases WHERE name = :name AND until >= :now"
            found: str | None = connection.value(query, name=name, now=now)
            return found
