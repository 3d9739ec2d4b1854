"""Start and look-up of a store of 100,000 addresses, on SQLite or PostgreSQL.

    python -m benchmarks.store [--addresses 100000] [--store postgresql://…]

Prints one line of JSON: seconds to start, milliseconds a look-up (median, 99th percentile), milliseconds to find what
an article copies, and to commit a group of 64 articles.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256

from newscrawl.store.batch import Batch
from newscrawl.store.entry import StoreEntry
from newscrawl.store.opening import open_store
from newscrawl.store.similarity import SIZE, Sketch
from newscrawl.store.sql import insert
from newscrawl.store.store import Store

_PART = 5000


def fill(store: Store, count: int) -> None:
    """Put so many articles into an empty store, with sketches and lines as they are in use."""
    chosen = random.Random(1)
    now = store.database.now()
    for start in range(1, count + 1, _PART):
        rows = [_entry(number, chosen) for number in range(start, min(start + _PART, count + 1))]
        with store.database.write() as connection:
            for table, made in (("articles", _article), ("addresses", _address), ("lines", _line)):
                values = [made(number, entry, now) for number, entry in rows]
                connection.run_all(insert(table, values[0]), values)
            keys = [{"key": key, "article": number} for number, entry in rows for key in set(entry.sketch.keys)]
            connection.run_all(insert("sketch_keys", ("key", "article")), keys)
    if not store.database.is_sqlite:  # numbers that were given do not count there
        with store.database.write() as connection:
            connection.run("SELECT setval(pg_get_serial_sequence('articles', 'id'), max(id)) FROM articles")


def _entry(number: int, chosen: random.Random) -> tuple[int, StoreEntry]:
    url = f"https://paper{number % 200}.example/news/2026/report-from-wexmouth-{number}"
    hashes = tuple(sorted(chosen.getrandbits(28) for _ in range(SIZE)))
    made = StoreEntry(
        key=url,
        url=url,
        site=f"paper{number % 200}.example",
        canonical=url,
        headline=f"Report {number} from Wexmouth",
        content_hash=sha256(url.encode()).hexdigest(),
        fetched=1_700_000_000 + number,
        published=None,
        sketch=Sketch(hashes, 400),
    )
    return number, made


def _article(number: int, entry: StoreEntry, now: int) -> dict[str, object]:
    return {
        "id": number,
        "url": entry.url,
        "site": entry.site,
        "canonical": entry.canonical,
        "headline": entry.headline,
        "content_hash": entry.content_hash,
        "version": 1,
        "lines": bytes(304),
        "sketch": entry.sketch.pack(),
        "duplicate_of": None,
        "published": None,
        "first_seen": now,
        "changed": now,
    }


def _address(number: int, entry: StoreEntry, now: int) -> dict[str, object]:
    return {
        "key": entry.key,
        "url": entry.url,
        "site": entry.site,
        "article": number,
        "first_seen": now,
        "last_seen": now,
        "last_fetched": entry.fetched,
        "next_visit": now + number,
        "visits": 1,
    }


def _line(number: int, entry: StoreEntry, now: int) -> dict[str, object]:
    return {
        "article": number,
        "output": None,
        "url": entry.url,
        "version": 1,
        "content_hash": entry.content_hash,
        "fetched": entry.fetched,
        "written": now,
    }


def measure(setting: str, count: int) -> dict[str, float]:
    """Fill the empty store at ``setting`` and measure it."""
    store = open_store(setting)
    fill(store, count)
    store.close()
    begun = time.perf_counter()
    store = open_store(setting)
    started = time.perf_counter() - begun
    chosen = random.Random(2)
    known = [_entry(chosen.randrange(1, count), chosen)[1] for _ in range(1000)]
    look_ups = [_milliseconds(lambda entry=entry: store.status(entry.url)) for entry in known]  # type: ignore[misc]
    copies = [_milliseconds(lambda entry=entry: store.articles.copied_by(entry)) for entry in known[:200]]  # type: ignore[misc]
    groups = []
    for start in range(count + 1, count + 1 + 640, 64):
        batch = Batch(entries=[(_entry(number, chosen)[1], [None]) for number in range(start, start + 64)])
        groups.append(_milliseconds(lambda batch=batch: store.commit(batch)))  # type: ignore[misc]
    store.close()
    return {
        "addresses": count,
        "start_seconds": round(started, 3),
        "look_up_ms": round(statistics.median(look_ups), 3),
        "look_up_p99_ms": round(sorted(look_ups)[-len(look_ups) // 100], 3),
        "copied_by_ms": round(statistics.median(copies), 3),
        "commit_of_64_ms": round(statistics.median(groups), 1),
    }


def _milliseconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--addresses", type=int, default=100_000)
    parser.add_argument("--store")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(given.store or f"sqlite:///{folder}/store.db", given.addresses)
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
