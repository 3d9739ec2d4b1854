"""Articles and their addresses: looked up before a line is written, recorded once it is durable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, literal_column, select, union_all, update

from newscrawl.store.address import canonical
from newscrawl.store.database import Database
from newscrawl.store.entry import Entry
from newscrawl.store.lines import Lines
from newscrawl.store.revisit import Schedule
from newscrawl.store.schema import addresses, articles, discovered, lines, sketch_keys
from newscrawl.store.similarity import KEYS, Sketch, is_copy

_CANDIDATES = 200  # the newest articles that share a hash; more share only what a site prints under every article


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of an address and of the article behind it.

    ``article`` is ``None`` where the page was no article; then only the address's own fields mean something.
    """

    key: str
    url: str
    article: int | None
    first_seen: int
    last_seen: int
    last_fetched: int | None
    next_visit: int | None
    version: int = 0
    content_hash: str | None = None
    headline: str | None = None
    lines: Lines = field(default_factory=Lines)
    sketch: Sketch = field(default_factory=Sketch)


@dataclass(frozen=True, slots=True)
class Visit:
    """A look at an address that gave no new line: unchanged, or no article."""

    key: str
    url: str
    site: str
    fetched: int | None
    article: int | None = None
    published: int | None = None


_FIND = (
    select(
        addresses,
        articles.c.version,
        articles.c.content_hash,
        articles.c.headline,
        articles.c.lines,
        articles.c.sketch,
        articles.c.url.label("article_url"),
    )
    .outerjoin(articles, addresses.c.article == articles.c.id)
    .where(addresses.c.key == bindparam("sought"))
)
_FIND_CANONICAL = select(addresses.c.key).join(articles, addresses.c.article == articles.c.id)
_FIND_CANONICAL = _FIND_CANONICAL.where(articles.c.canonical == bindparam("sought")).order_by(articles.c.id).limit(1)
_SKETCHES = select(articles.c.id, articles.c.url, articles.c.duplicate_of, articles.c.sketch)


class Articles:
    """The part of the store that knows articles."""

    def __init__(self, database: Database, schedule: Schedule) -> None:
        self.database = database
        self.schedule = schedule

    def find(self, key: str) -> Known | None:
        """Return what is known of a canonical address."""
        with self.database.read() as connection:
            return _find(connection, key)

    def find_by_canonical(self, key: str) -> Known | None:
        """Return the oldest article whose page named ``key`` as its canonical address, or stands there."""
        with self.database.read() as connection:
            found = _find(connection, key)
            if found is not None and found.article is not None:
                return found
            other = connection.execute(_FIND_CANONICAL, {"sought": key}).scalar()
            return _find(connection, other) if other else None

    def has_version(self, article: int, content_hash: str) -> bool:
        """Tell whether a line of ``article`` with this text was written before."""
        query = select(lines.c.id).where(lines.c.article == article, lines.c.content_hash == content_hash).limit(1)
        with self.database.read() as connection:
            return connection.execute(query).first() is not None

    def has_capture(self, url: str, fetched: int) -> bool:
        """Tell whether the page of ``url`` as fetched at this instant was read before (archives are read again)."""
        with self.database.read() as connection:
            row = connection.execute(
                select(addresses.c.article, addresses.c.last_fetched).where(addresses.c.key == canonical(url))
            ).first()
            if row is None or row.last_fetched == fetched:
                return row is not None
            query = select(lines.c.id).where(lines.c.article == row.article, lines.c.fetched == fetched).limit(1)
            return row.article is not None and connection.execute(query).first() is not None

    def copied_by(self, entry: Entry) -> str | None:
        """Return the address of the earliest article that ``entry`` copies."""
        if not entry.sketch.keys:
            return None
        one_each = [
            select(
                select(sketch_keys.c.article)
                .where(sketch_keys.c.key == key)
                .order_by(sketch_keys.c.article.desc())
                .limit(_CANDIDATES)
                .subquery()
            )
            for key in entry.sketch.keys[:KEYS]
        ]
        near = union_all(*one_each).subquery()
        by_shared = select(near.c.article).group_by(near.c.article).order_by(literal_column("count(*)").desc())
        with self.database.read() as connection:
            numbers = list(connection.execute(by_shared.limit(50)).scalars())
            if not numbers:
                return None
            for row in connection.execute(_SKETCHES.where(articles.c.id.in_(numbers)).order_by(articles.c.id)):
                if row.id != entry.article and is_copy(entry.sketch, Sketch.unpack(row.sketch)):
                    original: str = row.duplicate_of or row.url
                    if original != entry.url:
                        return original
        return None

    def due(self, site: str, limit: int = 1000) -> list[str]:
        """Return the addresses of ``site`` whose next look is due, the longest due first."""
        query = (
            select(addresses.c.url)
            .where(addresses.c.site == site, addresses.c.next_visit <= self.database.now())
            .order_by(addresses.c.next_visit)
            .limit(limit)
        )
        with self.database.read() as connection:
            return list(connection.execute(query).scalars())

    def record(self, connection: Connection, entries: Iterable[tuple[Entry, Sequence[int | None]]]) -> None:
        """Write down that the lines of ``entries`` are durable, each in the outputs of these numbers."""
        now = self.database.now()
        written: list[dict[str, Any]] = []
        keys: list[dict[str, int]] = []
        for entry, outputs in entries:
            known = _find(connection, entry.key)
            article = entry.article or (known.article if known else None)
            if article is None:
                article = _insert_article(connection, entry, now)
                keys += [{"key": key, "article": article} for key in entry.sketch.keys]
            elif _is_newest(connection, entry, article, known):
                _update_article(connection, entry, article, now)
                connection.execute(delete(sketch_keys).where(sketch_keys.c.article == article))
                keys = [row for row in keys if row["article"] != article]
                keys += [{"key": key, "article": article} for key in entry.sketch.keys]
            else:
                connection.execute(
                    update(articles)
                    .where(articles.c.id == article, articles.c.version < entry.version)
                    .values(version=entry.version)
                )
            visit = Visit(entry.key, entry.url, entry.site, entry.fetched, article, entry.published)
            self._visit(connection, visit, known, now)
            written += [
                {
                    "article": article,
                    "output": output,
                    "url": entry.url,
                    "version": entry.version,
                    "content_hash": entry.content_hash,
                    "fetched": entry.fetched,
                    "written": now,
                }
                for output in outputs
            ]
        if written:
            connection.execute(lines.insert(), written)
        if keys:
            connection.execute(self.database.insert(sketch_keys).on_conflict_do_nothing(), keys)

    def visited(self, connection: Connection, visits: Iterable[Visit]) -> None:
        """Write down looks that gave no line."""
        now = self.database.now()
        for visit in visits:
            self._visit(connection, visit, _find(connection, visit.key), now)

    def _visit(self, connection: Connection, visit: Visit, known: Known | None, now: int) -> None:
        first = known.first_seen if known else now
        article = visit.article or (known.article if known else None)
        last = [instant for instant in (visit.fetched, known.last_fetched if known else None) if instant is not None]
        values = {
            "article": article,
            "last_seen": now,
            "last_fetched": max(last, default=None),
            "next_visit": self.schedule.next_visit(now, first, visit.published),
        }
        new = {"key": visit.key, "url": visit.url, "site": visit.site, "first_seen": first, "visits": 1}
        connection.execute(
            self.database.insert(addresses)
            .values(**new, **values)
            .on_conflict_do_update(index_elements=[addresses.c.key], set_={**values, "visits": addresses.c.visits + 1})
        )
        connection.execute(delete(discovered).where(discovered.c.key == visit.key))

    def count(self) -> int:
        """Return the number of articles."""
        with self.database.read() as connection:
            return connection.execute(select(func.count()).select_from(articles)).scalar() or 0

    def all(self, site: str | None = None) -> Iterator[Any]:
        """Yield each address with its article's fields, by site and first sight."""
        query = select(
            addresses.c.url,
            addresses.c.key,
            addresses.c.site,
            articles.c.url.label("article"),
            articles.c.headline,
            articles.c.canonical,
            articles.c.version,
            articles.c.content_hash,
            articles.c.duplicate_of,
            addresses.c.first_seen,
            addresses.c.last_seen,
            articles.c.changed,
            addresses.c.next_visit,
            addresses.c.visits,
        ).outerjoin(articles, addresses.c.article == articles.c.id)
        if site is not None:
            query = query.where(addresses.c.site == site)
        with self.database.read() as connection:
            streamed = connection.execution_options(yield_per=1000)
            yield from streamed.execute(query.order_by(addresses.c.site, addresses.c.first_seen, addresses.c.key))


def _find(connection: Connection, key: str) -> Known | None:
    row = connection.execute(_FIND, {"sought": key}).first()
    if row is None:
        return None
    return Known(
        key=row.key,
        url=row.article_url or row.url,
        article=row.article,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        last_fetched=row.last_fetched,
        next_visit=row.next_visit,
        version=row.version or 0,
        content_hash=row.content_hash,
        headline=row.headline,
        lines=Lines.unpack(row.lines),
        sketch=Sketch.unpack(row.sketch),
    )


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "canonical": entry.canonical,
        "headline": entry.headline,
        "content_hash": entry.content_hash,
        "version": entry.version,
        "lines": entry.lines.pack(),
        "sketch": entry.sketch.pack(),
        "duplicate_of": entry.duplicate_of,
        "published": entry.published,
    }


def _insert_article(connection: Connection, entry: Entry, now: int) -> int:
    values = {"url": entry.url, "site": entry.site, "first_seen": now, "changed": now, **_values(entry)}
    number: int = connection.execute(articles.insert().values(**values).returning(articles.c.id)).scalar_one()
    return number


def _update_article(connection: Connection, entry: Entry, article: int, now: int) -> None:
    connection.execute(update(articles).where(articles.c.id == article).values(changed=now, **_values(entry)))


def _is_newest(connection: Connection, entry: Entry, article: int, known: Known | None) -> bool:
    if entry.fetched is None:
        return True
    last = known.last_fetched if known and known.article == article else None
    if last is None:
        query = select(func.max(addresses.c.last_fetched)).where(addresses.c.article == article)
        last = connection.execute(query).scalar()
    return last is None or entry.fetched >= last
