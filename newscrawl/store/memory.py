"""The memory of sites, kept between runs: bytes by site, whose meaning `newscrawl.site_memory.codec` knows."""

from __future__ import annotations

from sqlalchemy import select

from newscrawl.store.database import Database
from newscrawl.store.schema import site_memory


class Memory:
    """The part of the store that keeps the memories of sites; a `newscrawl.site_memory.memories.MemoryStore`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def load_memory(self, site: str) -> bytes | None:
        """Return what was saved last for ``site``."""
        with self.database.read() as connection:
            data: bytes | None = connection.execute(
                select(site_memory.c.data).where(site_memory.c.site == site)
            ).scalar()
        return data

    def save_memory(self, site: str, data: bytes) -> None:
        """Keep ``data`` for ``site`` in place of what was there."""
        values = {"data": data, "saved": self.database.now()}
        new = self.database.insert(site_memory).values(site=site, **values)
        with self.database.write() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=[site_memory.c.site], set_=values))
