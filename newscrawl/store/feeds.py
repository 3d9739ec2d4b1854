"""Feeds, sitemaps and section pages: their validators, when to look again, and what they named that is not read yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Table, delete, select, update

from newscrawl.store.database import Database
from newscrawl.store.schema import discovered, feeds, validators
from newscrawl.urls.canonical import canonical
from newscrawl.urls.site import site_name


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request needs. ``unconditional``: when the source was last requested without them."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    looked: int = 0
    unconditional: int = 0


@dataclass(frozen=True, slots=True)
class Feed:
    """The timetable of a feed, sitemap or section page; instants and ``interval`` in seconds.

    ``failure_weight`` adds up what went wrong (a 404 weighs more than a time-out) and shrinks with each success;
    ``retired`` is when it was given up.
    """

    url: str
    site: str
    kind: str | None = None
    interval: int = 3600
    failure_weight: float = 0.0
    next_look: int = 0
    last_look: int | None = None
    last_new: int | None = None
    retired: int | None = None


@dataclass(frozen=True, slots=True)
class Discovered:
    """An article's URL that a feed named and that is not read yet; ``facts`` travel with its request."""

    url: str
    facts: dict[str, Any]
    source: str | None = None
    tries: int = 0


class Feeds:
    """The part of the store that knows sources of URLs.

    A source's validators may be put only once what it named is written down with `expect`: after a kill, a 304 would
    otherwise hide articles that were never read.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def validators(self, url: str) -> Validators | None:
        """Return the validators of ``url`` (byte for byte)."""
        with self.database.read() as connection:
            row = connection.execute(select(validators).where(validators.c.url == url)).first()
        return Validators(**row._mapping) if row else None

    def put_validators(self, found: Validators) -> None:
        """Remember validators."""
        self._put(validators, [asdict(found)])

    def feed(self, url: str) -> Feed | None:
        """Return the timetable of ``url``."""
        with self.database.read() as connection:
            row = connection.execute(select(feeds).where(feeds.c.url == url)).first()
        return Feed(**row._mapping) if row else None

    def feeds_of(self, host: str) -> list[Feed]:
        """Return the timetables of a site."""
        with self.database.read() as connection:
            rows = connection.execute(select(feeds).where(feeds.c.site == host).order_by(feeds.c.url))
            return [Feed(**row._mapping) for row in rows]

    def put_feed(self, feed: Feed) -> None:
        """Remember a timetable."""
        self._put(feeds, [asdict(feed)])

    def expect(self, found: Iterable[Discovered]) -> None:
        """Store URLs to be read; they are deleted when their line is durable, or they are not articles."""
        now = self.database.now()
        rows = [
            {
                "key": canonical(item.url),
                "url": item.url,
                "site": site_name(item.url),
                "source": item.source,
                "facts": json.dumps(item.facts),
                "found": now,
                "tries": item.tries,
            }
            for item in found
        ]
        if rows:
            rows.sort(key=lambda row: str(row["key"]))  # in one order, whoever writes: no deadlocks
            with self.database.write() as connection:
                connection.execute(self.database.insert(discovered).on_conflict_do_nothing(), rows)

    def expected(self, host: str, limit: int = 10_000) -> list[Discovered]:
        """Return the URLs of a site that are still to be read, the newest first."""
        query = select(discovered).where(discovered.c.site == host)
        with self.database.read() as connection:
            rows = list(connection.execute(query.order_by(discovered.c.found.desc(), discovered.c.key).limit(limit)))
        return [Discovered(row.url, json.loads(row.facts), row.source, row.tries) for row in rows]

    def expected_from(self, source: str, limit: int = 10_000) -> list[Discovered]:
        """Return the URLs that a source named and that are still to be read, whatever their site."""
        query = select(discovered).where(discovered.c.source == source).order_by(discovered.c.found.desc())
        with self.database.read() as connection:
            rows = list(connection.execute(query.limit(limit)))
        return [Discovered(row.url, json.loads(row.facts), row.source, row.tries) for row in rows]

    def tries(self, url: str) -> int:
        """Return how often reading a URL failed; 0 where it is not expected."""
        with self.database.read() as connection:
            query = select(discovered.c.tries).where(discovered.c.key == canonical(url))
            return connection.execute(query).scalar() or 0

    def tried(self, url: str) -> None:
        """Write down that reading a URL failed once more."""
        values = {"tries": discovered.c.tries + 1, "tried": self.database.now()}
        with self.database.write() as connection:
            connection.execute(update(discovered).where(discovered.c.key == canonical(url)).values(**values))

    def give_up(self, url: str) -> None:
        """Strike out a URL that is not to be read any more."""
        with self.database.write() as connection:
            connection.execute(delete(discovered).where(discovered.c.key == canonical(url)))

    def _put(self, table: Table, rows: list[Mapping[str, Any]]) -> None:
        new = self.database.insert(table)
        values = {column.name: new.excluded[column.name] for column in table.columns if not column.primary_key}
        with self.database.write() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=list(table.primary_key), set_=values), rows)
