"""Repair of inconsistencies between store and files found by `newscrawl.store.check`."""

from __future__ import annotations

import json
from pathlib import Path

from newscrawl.output.recovery import entry_of_line
from newscrawl.store.batch import Batch
from newscrawl.store.check import StoreTrouble, check, open_lines
from newscrawl.store.store import Store
from newscrawl.store.upkeep import forget_url


def repair(store: Store) -> tuple[int, int]:
    """Have missing lines fetched again, and count the existing ones; return the numbers of both.

    Missing files are skipped: whoever moved them has the lines.
    """
    troubles = list(check(store))
    missing = [trouble for trouble in troubles if trouble.kind == "missing" and trouble.url]
    for trouble in missing:
        _delete_line(store, trouble)
    forgotten = {trouble.url for trouble in missing}
    counted = 0
    for output in {trouble.output for trouble in troubles if trouble.kind == "uncounted"}:
        counted += _count(store, [t for t in troubles if t.kind == "uncounted" and t.output == output])
    return len(forgotten), counted


def _delete_line(store: Store, missing: StoreTrouble) -> None:
    """Delete the entry of a missing line and its article."""
    gone = "DELETE FROM lines WHERE output = :output AND url = :url AND version = :version"
    with store.database.write() as connection:
        connection.run(gone, output=missing.output, url=missing.url, version=missing.version)
    forget_url(store, missing.url or "")


def _count(store: Store, troubles: list[StoreTrouble]) -> int:
    wanted = {(trouble.url, trouble.version) for trouble in troubles}
    batch = Batch()
    with open_lines(Path(troubles[0].path)) as file:
        for line in file:
            try:
                entry = entry_of_line(json.loads(line))
            except ValueError:
                continue
            if entry is not None and (entry.url, entry.version) in wanted:
                batch.entries.append((entry, [troubles[0].output]))
    store.commit(batch)
    return len(batch.entries)
