"""Leases: a site or an archive that one process works on, until it gives it back or does not renew it in time."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from newscrawl.store.database import Database
from newscrawl.store.schema import leases


class Leases:
    """The part of the store that knows who works on what; the clock is the database's own."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def take(self, name: str, holder: str, seconds: float) -> bool:
        """Take the lease ``name`` for so long where nobody has it; tell whether ``holder`` has it now."""
        with self.database.write() as connection:
            now = self.database.instant(connection)
            new = self.database.insert(leases).values(name=name, holder=holder, until=int(now + seconds))
            new = new.on_conflict_do_update(
                index_elements=[leases.c.name],
                set_={"holder": new.excluded.holder, "until": new.excluded.until},
                where=(leases.c.until < now) | (leases.c.holder == holder),
            )
            return connection.execute(new.returning(leases.c.name)).first() is not None

    def renew(self, name: str, holder: str, seconds: float) -> bool:
        """Keep a lease for so long from now on; tell whether ``holder`` still has it."""
        with self.database.write() as connection:
            until = int(self.database.instant(connection) + seconds)
            which = (leases.c.name == name, leases.c.holder == holder)
            return bool(connection.execute(update(leases).where(*which).values(until=until)).rowcount)

    def give_back(self, name: str, holder: str) -> None:
        """Give a lease back; nothing happens where another one has it by now."""
        with self.database.write() as connection:
            connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))

    def holder(self, name: str) -> str | None:
        """Return who has the lease ``name``; ``None`` where it is free."""
        with self.database.read() as connection:
            now = self.database.instant(connection)
            query = select(leases.c.holder).where(leases.c.name == name, leases.c.until >= now)
            found: str | None = connection.execute(query).scalar()
            return found
