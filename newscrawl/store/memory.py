"""The memory of sites, kept between runs: bytes by site, whose meaning `newscrawl.site_memory.codec` knows."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, select

from newscrawl.store.database import Database
from newscrawl.store.schema import site_memory

_LOAD = select(site_memory.c.data).where(site_memory.c.site == bindparam("sought"))


class Memory:
    """The part of the store that keeps the memories of sites; a `newscrawl.site_memory.memories.MemoryStore`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def load_memory(self, site: str) -> bytes | None:
        """Return what was saved last for ``site``."""
        rows = self.database.rows(_LOAD, {"sought": site})
        return rows[0][0] if rows else None

    def save_memories(self, saved: Mapping[str, bytes]) -> None:
        """Replace the data of each site."""
        now = self.database.now()
        rows = [{"site": site, "data": data, "saved": now} for site, data in sorted(saved.items())]
        new = self.database.insert(site_memory)
        values = {name: new.excluded[name] for name in ("data", "saved")}
        with self.database.write() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=[site_memory.c.site], set_=values), rows)
