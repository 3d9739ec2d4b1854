"""The history of runs, as a whole and by site: what a site usually gives is judged against it."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from typing import Any

from newscrawl.store.batch import SiteFigures
from newscrawl.store.database import Database
from newscrawl.store.sql import assigned, insert

_START = f"{insert('runs', ('spider', 'host', 'started'))} RETURNING id"
_FINISH = f"UPDATE runs SET {assigned(('finished', 'reason', 'exit_code', 'figures'))} WHERE id = :id"
_SITE = insert("run_sites", ("run", "site", "new", "changed", "unchanged", "figures")) + " ON CONFLICT DO NOTHING"


class Runs:
    """The part of the store that knows runs."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def start(self, spider: str) -> int:
        """Write down that a run begins; return its number."""
        with self.database.write() as connection:
            now = self.database.now()
            return int(connection.value(_START, spider=spider, host=socket.gethostname(), started=now))

    def finish(
        self,
        run: int,
        *,
        reason: str | None,
        exit_code: int | None,
        figures: Mapping[str, Any],
        sites: Mapping[str, SiteFigures],
    ) -> None:
        """Write down how a run went."""
        rows = [
            {
                "run": run,
                "site": site,
                "new": found.new,
                "changed": found.changed,
                "unchanged": found.unchanged,
                "figures": json.dumps(found.figures) if found.figures else None,
            }
            for site, found in sites.items()
        ]
        values = {
            "finished": self.database.now(),
            "reason": reason,
            "exit_code": exit_code,
            "figures": json.dumps(dict(figures), default=str),
        }
        with self.database.write() as connection:
            connection.run(_FINISH, id=run, **values)
            connection.run_all(_SITE, rows)

    def with_news(self, site: str, limit: int = 100) -> list[int]:
        """Return when the last runs that found something new on ``site`` started, the newest first."""
        query = """
            SELECT runs.started FROM runs JOIN run_sites ON runs.id = run_sites.run
            WHERE run_sites.site = :site AND run_sites.new > 0 ORDER BY runs.id DESC LIMIT :limit"""
        with self.database.read() as connection:
            return connection.column(query, site=site, limit=limit)

    def history(self, site: str, limit: int = 100) -> list[tuple[int, SiteFigures]]:
        """Return when past runs that met ``site`` started and what they found there, the newest first."""
        query = """
            SELECT runs.started, run_sites.new, run_sites.changed, run_sites.unchanged, run_sites.figures
            FROM runs JOIN run_sites ON runs.id = run_sites.run
            WHERE run_sites.site = :site ORDER BY runs.id DESC LIMIT :limit"""
        with self.database.read() as connection:
            return [
                (row.started, SiteFigures(row.new, row.changed, row.unchanged, json.loads(row.figures or "{}")))
                for row in connection.rows(query, site=site, limit=limit)
            ]
