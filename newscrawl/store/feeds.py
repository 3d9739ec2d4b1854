"""Feeds, sitemaps and section pages: their validators, when to look again, and what they named that is not read yet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from newscrawl.store.database import Database
from newscrawl.store.sql import insert, upsert
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


_PUT_VALIDATORS = upsert("validators", "url", (column.name for column in fields(Validators)))
_PUT_FEED = upsert("feeds", "url", (column.name for column in fields(Feed)))
_EXPECT = insert("discovered", ("key", "url", "site", "source", "facts", "found", "tries")) + " ON CONFLICT DO NOTHING"


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
            row = connection.row("SELECT * FROM validators WHERE url = :url", url=url)
        return Validators(**row._asdict()) if row else None

    def put_validators(self, found: Validators) -> None:
        """Remember validators."""
        with self.database.write() as connection:
            connection.run(_PUT_VALIDATORS, **asdict(found))

    def feed(self, url: str) -> Feed | None:
        """Return the timetable of ``url``."""
        with self.database.read() as connection:
            row = connection.row("SELECT * FROM feeds WHERE url = :url", url=url)
        return Feed(**row._asdict()) if row else None

    def feeds_of(self, host: str) -> list[Feed]:
        """Return the timetables of a site."""
        with self.database.read() as connection:
            rows = connection.rows("SELECT * FROM feeds WHERE site = :site ORDER BY url", site=host)
        return [Feed(**row._asdict()) for row in rows]

    def put_feed(self, feed: Feed) -> None:
        """Remember a timetable."""
        with self.database.write() as connection:
            connection.run(_PUT_FEED, **asdict(feed))

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
                connection.run_all(_EXPECT, rows)

    def expected(self, host: str, limit: int = 10_000) -> list[Discovered]:
        """Return the URLs of a site that are still to be read, the newest first."""
        query = "SELECT * FROM discovered WHERE site = :site ORDER BY found DESC, key LIMIT :limit"
        with self.database.read() as connection:
            rows = connection.rows(query, site=host, limit=limit)
        return [Discovered(row.url, json.loads(row.facts), row.source, row.tries) for row in rows]

    def expected_from(self, source: str, limit: int = 10_000) -> list[Discovered]:
        """Return the URLs that a source named and that are still to be read, whatever their site."""
        query = "SELECT * FROM discovered WHERE source = :source ORDER BY found DESC LIMIT :limit"
        with self.database.read() as connection:
            rows = connection.rows(query, source=source, limit=limit)
        return [Discovered(row.url, json.loads(row.facts), row.source, row.tries) for row in rows]

    def tries(self, url: str) -> int:
        """Return how often reading a URL failed; 0 where it is not expected."""
        with self.database.read() as connection:
            return connection.value("SELECT tries FROM discovered WHERE key = :key", key=canonical(url)) or 0

    def tried(self, url: str) -> None:
        """Write down that reading a URL failed once more."""
        more = "UPDATE discovered SET tries = tries + 1, tried = :now WHERE key = :key"
        with self.database.write() as connection:
            connection.run(more, now=self.database.now(), key=canonical(url))

    def give_up(self, url: str) -> None:
        """Strike out a URL that is not to be read any more."""
        with self.database.write() as connection:
            connection.run("DELETE FROM discovered WHERE key = :key", key=canonical(url))
