"""Articles written down once their lines are durable, and looks that gave no line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from newscrawl.store.batch import Visit
from newscrawl.store.connection import Connection
from newscrawl.store.database import Database
from newscrawl.store.entry import StoreEntry
from newscrawl.store.revisit import Schedule
from newscrawl.store.sql import any_of, assigned, insert
from newscrawl.store.texts import MAX_VERSIONS

_VALUES = ("canonical", "headline", "content_hash", "version", "lines", "sketch", "duplicate_of", "published")
_NEW = f"{insert('articles', ('url', 'site', 'first_seen', 'changed', *_VALUES))} RETURNING id"
_CHANGE = f"UPDATE articles SET {assigned(('changed', *_VALUES))} WHERE id = :id"
_LINE = insert("lines", ("article", "output", "url", "version", "content_hash", "fetched", "written"))
_TEXT = insert("texts", ("article", "version", "url", "fetched", "written", "data")) + " ON CONFLICT DO NOTHING"
_KEY = insert("sketch_keys", ("key", "article")) + " ON CONFLICT DO NOTHING"
_SEEN = ("article", "last_seen", "last_fetched", "next_visit")
_VISIT = f"""
    {insert("addresses", ("key", "url", "site", "first_seen", "visits", *_SEEN))}
    ON CONFLICT (key) DO UPDATE SET {assigned(_SEEN, "excluded.")}, visits = addresses.visits + 1"""
_READ = "DELETE FROM discovered WHERE key = :key"
_GROUP = 500
"""URLs in one query; old SQLites take 999."""
_T = TypeVar("_T")


class Recording:
    """What becomes known in one transaction; `finish` writes the last of it."""

    def __init__(
        self, database: Database, schedule: Schedule, connection: Connection, *, keeps_texts: bool = True
    ) -> None:
        self.database = database
        self.schedule = schedule
        self.connection = connection
        self.keeps_texts = keeps_texts
        self._now = database.now()
        self._visits: dict[str, dict[str, Any]] = {}
        self._lines: list[dict[str, Any]] = []
        self._texts: list[dict[str, Any]] = []
        self._keys: dict[int, Sequence[int]] = {}

    def articles(self, entries: Sequence[tuple[StoreEntry, Sequence[int | None]]]) -> None:
        """Write down that the lines of ``entries`` are durable in the outputs of these numbers."""
        for group in _apart(entries, lambda pair: pair[0].key):
            known = self._find([entry.key for entry, _ in group])
            numbers = {
                entry.key: entry.article or (known[entry.key].article if entry.key in known else None)
                for entry, _ in group
            }
            new = [entry for entry, _ in group if numbers[entry.key] is None]
            made = dict(zip((entry.key for entry in new), self._new(new), strict=True))
            for entry, outputs in group:
                number = numbers[entry.key]
                if number is None:
                    number = made[entry.key]
                    self._keys[number] = entry.sketch.keys
                else:
                    self._version(entry, number, known.get(entry.key))
                visit = Visit(entry.key, entry.url, entry.site, entry.fetched, number, entry.published)
                self._visit(visit, known.get(entry.key))
                self._line(entry, number, outputs)
                self._text(entry, number)

    def visits(self, visits: Sequence[Visit]) -> None:
        """Write down looks that gave no line."""
        for group in _apart(visits, lambda visit: visit.key):
            known = self._find([visit.key for visit in group])
            for visit in group:
                self._visit(visit, known.get(visit.key))

    def finish(self) -> None:
        """Write what was gathered."""
        self._write_visits()
        self.connection.run_all(_LINE, self._lines)
        self._write_texts()
        keys = [{"key": key, "article": number} for number, found in self._keys.items() for key in set(found)]
        self.connection.run_all(_KEY, keys)

    def _find(self, keys: list[str]) -> dict[str, Any]:
        """Return what is known of URLs, by key, without the unknown ones."""
        if not self._visits.keys().isdisjoint(keys):
            self._write_visits()
        which, values = any_of(keys)
        query = f"SELECT key, article, first_seen, last_fetched FROM addresses WHERE key IN {which}"
        return {row.key: row for row in self.connection.rows(query, **values)}

    def _new(self, entries: list[StoreEntry]) -> Sequence[int]:
        """Write articles not known before; their numbers."""
        rows = [
            {"url": entry.url, "site": entry.site, "first_seen": self._now, "changed": self._now, **_values(entry)}
            for entry in entries
        ]
        return self.connection.run_returning(_NEW, rows)

    def _version(self, entry: StoreEntry, number: int, known: Any) -> None:
        """Write a version of a known article, unless a newer one is there."""
        if self._is_newest(entry, number, known):
            self.connection.run(_CHANGE, id=number, changed=self._now, **_values(entry))
            self.connection.run("DELETE FROM sketch_keys WHERE article = :article", article=number)
            self._keys[number] = entry.sketch.keys
        else:
            newer = "UPDATE articles SET version = :version WHERE id = :id AND version < :version"
            self.connection.run(newer, id=number, version=entry.version)

    def _line(self, entry: StoreEntry, number: int, outputs: Sequence[int | None]) -> None:
        self._lines += [
            {
                "article": number,
                "output": output,
                "url": entry.url,
                "version": entry.version,
                "content_hash": entry.content_hash,
                "fetched": entry.fetched,
                "written": self._now,
            }
            for output in outputs
        ]

    def _text(self, entry: StoreEntry, number: int) -> None:
        data = entry.text.pack() if self.keeps_texts and entry.text is not None else None
        if data is not None:
            row = {"article": number, "version": entry.version, "url": entry.url, "fetched": entry.fetched}
            self._texts.append({**row, "written": self._now, "data": data})

    def _write_texts(self) -> None:
        self.connection.run_all(_TEXT, self._texts)
        for row in self._texts:
            if row["version"] > MAX_VERSIONS:
                old = "DELETE FROM texts WHERE article = :article AND version <= :newest"
                self.connection.run(old, article=row["article"], newest=row["version"] - MAX_VERSIONS)

    def _visit(self, visit: Visit, known: Any) -> None:
        first = known.first_seen if known else self._now
        last = [instant for instant in (visit.fetched, known.last_fetched if known else None) if instant is not None]
        self._visits[visit.key] = {
            "key": visit.key,
            "url": visit.url,
            "site": visit.site,
            "article": visit.article or (known.article if known else None),
            "first_seen": first,
            "last_seen": self._now,
            "last_fetched": max(last, default=None),
            "next_visit": self.schedule.next_visit(self._now, first, visit.published),
            "visits": 1,
        }

    def _write_visits(self) -> None:
        rows = [self._visits[key] for key in sorted(self._visits)]  # in one order, whoever writes: no deadlocks
        self.connection.run_all(_VISIT, rows)
        self.connection.run_all(_READ, rows)
        self._visits.clear()

    def _is_newest(self, entry: StoreEntry, number: int, known: Any) -> bool:
        if entry.fetched is None:
            return True
        last = known.last_fetched if known and known.article == number else None
        if last is None:
            query = "SELECT max(last_fetched) FROM addresses WHERE article = :article"
            last = self.connection.value(query, article=number)
        return last is None or entry.fetched >= last


def _values(entry: StoreEntry) -> dict[str, Any]:
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


def _apart(items: Sequence[_T], key: Callable[[_T], str]) -> Iterator[list[_T]]:
    """Groups of ``items``, in none of which a key stands twice."""
    group: dict[str, _T] = {}
    for item in items:
        if key(item) in group or len(group) == _GROUP:
            yield list(group.values())
            group.clear()
        group[key(item)] = item
    if group:
        yield list(group.values())
