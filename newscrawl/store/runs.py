"""The history of runs, as a whole and by site: what a site usually gives is judged against it."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from newscrawl.store.batch import SiteFigures
from newscrawl.store.database import Database
from newscrawl.store.schema import run_sites, runs


class Runs:
    """The part of the store that knows runs."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def start(self, spider: str) -> int:
        """Write down that a run begins; return its number."""
        new = runs.insert().values(spider=spider, host=socket.gethostname(), started=self.database.now())
        with self.database.write() as connection:
            return int(connection.execute(new.returning(runs.c.id)).scalar_one())

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
            connection.execute(update(runs).where(runs.c.id == run).values(**values))
            if rows:
                connection.execute(self.database.insert(run_sites).on_conflict_do_nothing(), rows)

    def with_news(self, site: str, limit: int = 100) -> list[int]:
        """Return when the last runs that found something new on ``site`` started, the newest first."""
        query = select(runs.c.started).join(run_sites, runs.c.id == run_sites.c.run)
        query = query.where(run_sites.c.site == site, run_sites.c.new > 0).order_by(runs.c.id.desc()).limit(limit)
        with self.database.read() as connection:
            return list(connection.execute(query).scalars())

    def history(self, site: str, limit: int = 100) -> list[tuple[int, SiteFigures]]:
        """Return when past runs that met ``site`` started and what they found there, the newest first."""
        query = select(runs.c.started, run_sites).join(run_sites, runs.c.id == run_sites.c.run)
        query = query.where(run_sites.c.site == site).order_by(runs.c.id.desc()).limit(limit)
        with self.database.read() as connection:
            return [
                (row.started, SiteFigures(row.new, row.changed, row.unchanged, json.loads(row.figures or "{}")))
                for row in connection.execute(query)
            ]
