"""Recovery of outputs that a kill left open: commit complete lines, truncate a torn one, rename the file."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newscrawl.exceptions import OutputBusyError
from newscrawl.output.closing import LINE_FORMATS, carry_out, finish, moved
from newscrawl.output.file import DurableFile, is_written
from newscrawl.output.tail import whole_lines
from newscrawl.record.completion import content_hash
from newscrawl.store.batch import Batch
from newscrawl.store.entry import StoreEntry, entry_of

if TYPE_CHECKING:
    from sqlalchemy import Row

    from newscrawl.store.store import Store

logger = logging.getLogger(__name__)

_TAILS = {"json": b"\n]", "xml": b"\n</items>"}
"""Line ends of the format."""
_PATIENCE = 300
"""Timeout for another program's recovery, in tenths of a second."""


@dataclass(slots=True)
class Recovered:
    """Result of a recovery: outputs finished, lines recovered, bytes truncated."""

    outputs: int = 0
    lines: int = 0
    cut: int = 0


def finish_left_open(store: Store) -> Recovered:
    """Finish all outputs of this machine that no running program writes.

    If several programs start at once, one does it, and the others wait for it. Raises `OSError` and
    `newscrawl.exceptions.StoreError` where an output cannot be finished.
    """
    found = Recovered()
    for _ in range(_PATIENCE):
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


def _finish(store: Store, row: Row[Any], found: Recovered) -> None:
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
    with DurableFile(writing, size=length) as held:
        is_alone = row.run is None or store.outputs.count_of_run(row.run) == 1  # else they have to keep in step
        size, lines = _recognise(store, row, writing, length) if is_alone else (row.size, 0)
        size = min(size, length)
        found.lines += lines
        found.cut += length - size
        whole = size
    with DurableFile(writing, size=size) as held:
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
    logger.warning("%s, which a run left open, is finished: %s", path, _told(lines, max(0, length - whole)))


def _told(lines: int, cut: int) -> str:
    told = [f"{lines} lines are recognised"] if lines else []
    told += (
        [f"{cut} bytes that did not count as seen are truncated, and their articles are fetched again"] if cut else []
    )
    return ", ".join(told) or "it is whole"


def _recognise(store: Store, row: Row[Any], writing: Path, length: int) -> tuple[int, int]:
    """Commit the complete lines after the last commit; return their end offset and their number."""
    if row.format not in LINE_FORMATS or length <= row.size:
        return min(row.size, length), 0
    end, lines = row.size, 0
    batch = Batch()
    for record, position in whole_lines(writing, row.size):
        entry = entry_of_line(record)
        if entry is None:
            break
        batch.entries.append((entry, [row.id]))
        end, lines = position, lines + 1
    batch.sizes = {row.id: (end, lines)}
    store.commit(batch)
    return end, lines


def entry_of_line(record: dict[str, Any]) -> StoreEntry | None:
    """Return the store entry of a line, or ``None`` where this program did not write it."""
    try:
        texts = (record["headline"], record["description"], record["article_body"])
        return entry_of(record) if content_hash(*texts) == record["content_hash"] else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
