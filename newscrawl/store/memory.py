"""The memory of sites, kept between runs: bytes by site, whose meaning `newscrawl.site_memory.codec` knows."""

from __future__ import annotations

from collections.abc import Mapping

from newscrawl.store.database import Database
from newscrawl.store.sql import upsert

_LOAD = "SELECT data FROM site_memory WHERE site = :site"
_SAVE = upsert("site_memory", "site", ("site", "data", "saved"))


class Memory:
    """The part of the store that keeps the memories of sites; a `newscrawl.site_memory.memories.MemoryStore`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def load_memory(self, site: str) -> bytes | None:
        """Return what was saved last for ``site``."""
        rows = self.database.rows(_LOAD, {"site": site})
        return rows[0][0] if rows else None

    def save_memories(self, saved: Mapping[str, bytes]) -> None:
        """Replace the data of each site."""
        now = self.database.now()
        rows = [{"site": site, "data": data, "saved": now} for site, data in sorted(saved.items())]
        with self.database.write() as connection:
            connection.run_all(_SAVE, rows)
