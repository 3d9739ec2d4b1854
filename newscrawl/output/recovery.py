"""Recovery of outputs that a kill left open: truncate them to their committed size, give them their final name."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newscrawl.exceptions import OutputBusyError
from newscrawl.output.closing import carry_out, finish, moved
from newscrawl.output.file import DurableFile, is_written
from newscrawl.record.completion import content_hash
from newscrawl.store.entry import StoreEntry, entry_of

if TYPE_CHECKING:
    from newscrawl.store.connection import Row
    from newscrawl.store.store import Store

logger = logging.getLogger(__name__)

_TAILS = {"json": b"\n]", "xml": b"\n</items>"}
"""Line ends of the format."""
_LONGEST_WAIT = 300
"""Timeout for another program's recovery, in tenths of a second."""


@dataclass(slots=True)
class Recovered:
    """Result of a recovery: outputs finished, bytes truncated."""

    outputs: int = 0
    cut: int = 0


def finish_left_open(store: Store) -> Recovered:
    """Finish all outputs of this machine that no running program writes.

    If several programs start at once, one does it, and the others wait for it. Raises `OSError` and
    `newscrawl.exceptions.StoreError` where an output cannot be finished.
    """
    found = Recovered()
    for _ in range(_LONGEST_WAIT):
        if not store.outputs.left_open():
            break
        with store.database.alone(f"recovery:{store.outputs.host}") as held:
            if held:
                _finish_all(store, found)
                break
        time.sleep(0.1)
    return found


def _finish_all(store: Store, found: Recovered) -> None:
    left = store.outputs.left_open()
    for row in left:
        try:
            _finish(store, row, found)
        except OutputBusyError:
            continue
    for run in {row.run for row in left if row.run is not None}:
        store.claims.free(run)


def _finish(store: Store, row: Row, found: Recovered) -> None:
    path, writing = Path(row.path), Path(row.writing)
    if is_written(writing if writing.exists() else path):
        return  # its crawl is running, or is just closing it
    if not store.outputs.is_left_open(row.id):
        return  # its crawl has just closed it
    if row.state == "closing":
        plan = json.loads(row.plan)
        carry_out(plan)
        store.outputs.closed(row.id, moved(plan))
        found.outputs += 1
        return
    if not writing.exists():
        logger.warning("%s, which a run left open, is gone", writing)
        store.outputs.gone(row.id)
        return
    length = writing.stat().st_size
    if length < row.size:
        logger.warning("%s, which a run left open, is shorter than it was: lines were removed from it", writing)
    size = min(row.size, length)
    cut = length - size
    with DurableFile(writing, size=size) as held:  # truncated: what it holds beyond the last commit is fetched again
        if size and row.format in _TAILS:
            held.write(_TAILS[row.format])
            held.sync()
        size = held.size
        if size == 0 and writing != path:
            writing.unlink()
            store.outputs.gone(row.id)
        else:
            finish(store, row.id, writing, path, size, json.loads(row.options))
    found.outputs += 1
    found.cut += cut
    told = (
        f"{cut} bytes that did not count as seen are truncated, their articles fetched again" if cut else "it is whole"
    )
    logger.warning("%s, which a run left open, is finished: %s", path, told)


def entry_of_line(record: dict[str, Any]) -> StoreEntry | None:
    """Return the store entry of a line, or ``None`` where this program did not write it."""
    try:
        texts = (record["headline"], record["description"], record["article_body"])
        return entry_of(record) if content_hash(*texts) == record["content_hash"] else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
