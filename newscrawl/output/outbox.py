"""The outbox between lines and store: nothing is committed before its line is durable."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newscrawl.exceptions import StoreError
from newscrawl.output.claiming import Claiming
from newscrawl.output.file import DurableFile
from newscrawl.output.pending import Waiting
from newscrawl.store.batch import Batch, SiteFigures, Visit
from newscrawl.store.decide import StoreDecision
from newscrawl.store.entry import StoreEntry

if TYPE_CHECKING:
    from newscrawl.store.store import Store

logger = logging.getLogger(__name__)

GROUP = 64
"""Number of lines that are made durable together,"""
SECONDS = 1.0
"""or seconds after which they are,"""
BYTES = 4 * 1024 * 1024
"""or number of bytes."""
ARCHIVE = -1
"""Number of the page archive among the files; it is not an output in the store."""


@dataclass(slots=True)
class _Group:
    """What is made durable and committed together, in this thread or another one."""

    store: Store
    files: list[tuple[int, DurableFile, bytes]]
    added: dict[int, int]
    batch: Batch
    path: Path | None = None
    """The file that is being written."""

    def commit(self) -> None:
        """Make the lines durable, then commit their entries; raises `OSError` and `StoreError`."""
        for number, file, data in self.files:
            self.path = file.path
            file.put(data)
            if number in self.added:
                self.batch.sizes[number] = (file.size, self.added[number])
        self.store.commit(self.batch)


class Outbox:
    """Buffers lines, makes them durable in groups, and only then commits their entries to the store.

    ``on_failure`` is called once, with a message for the user, when a write or a commit fails; after that nothing is
    accepted. ``in_background``: groups are written and committed in a thread, one after the other, so that the event
    loop does not wait for the disk; `sync` waits for it. Not where pages are extracted in this process: their limit of
    memory would hold for the thread as well.
    """

    def __init__(self, store: Store, on_failure: Callable[[str], None], *, in_background: bool = False) -> None:
        self.store = store
        self._thread = ThreadPoolExecutor(1, "newscrawl-outbox") if in_background else None
        self._under_way: tuple[_Group, Future[None]] | None = None
        self.waiting = Waiting()
        self.claiming = Claiming(store)
        self.has_failed = False
        self.sites: dict[str, SiteFigures] = defaultdict(SiteFigures)
        self._on_failure = on_failure
        self._decided: dict[int, tuple[Any, StoreDecision]] = {}
        self._files: dict[int, DurableFile] = {}
        self._added: dict[int, int] = {}
        self._batch = Batch()
        self._remote: dict[object, list[tuple[StoreEntry, list[int | None]]]] = {}
        self._timer: asyncio.TimerHandle | None = None

    @property
    def run(self) -> int | None:
        """The run's number in the store."""
        return self.claiming.run

    @run.setter
    def run(self, number: int) -> None:
        self.claiming.run = number

    # Decided, then exported or dropped

    def decided(self, item: Any, decision: StoreDecision) -> None:
        """Register an item that is to be written; `exported` or `dropped` follows."""
        self._decided[id(item)] = (item, decision)  # holding the item keeps its id from being reused
        self.waiting.add(decision.entry)

    def dropped(self, item: Any) -> None:
        """Register that a later pipeline dropped an item."""
        _, decision = self._decided.pop(id(item), (None, None))
        if decision is not None:
            self._not_written(decision.entry)

    def exported(self, item: Any, outputs: Iterable[int | None], remote: Iterable[object]) -> None:
        """Register that an item's line is buffered in ``outputs`` (numbers of `opened`; ``None``: written to a stream).

        ``remote``: tokens of storages that only report at the end whether they stored it; see `stored`.
        """
        numbers, tokens = list(outputs), list(remote)
        for number in numbers:
            if number is not None:
                self._added[number] = self._added.get(number, 0) + 1
        _, decision = self._decided.pop(id(item), (None, None))
        if decision is not None:
            if tokens:
                self._remote.setdefault(tokens[-1], []).append((decision.entry, [*numbers, None]))
            elif numbers:
                self._batch.entries.append((decision.entry, numbers))
            else:
                self._not_written(decision.entry)
                return
            self._count(decision)
        self.gathered()

    def gathered(self) -> None:
        """Register buffered bytes; make all durable where a group is full."""
        self._later()
        if len(self._batch.entries) >= GROUP or self._buffered() >= BYTES:
            self._flush()

    def _buffered(self) -> int:
        return sum(file.gathered for file in self._files.values())

    def visited(self, visit: Visit) -> None:
        """Register a visit that gave no line."""
        if self.store.enabled and not self.has_failed:
            self._batch.visits.append(visit)
            self._later()
            if len(self._batch.visits) >= GROUP:
                self._flush()

    def unchanged(self, decision: StoreDecision) -> None:
        """Register an unchanged article, which is not written."""
        entry = decision.entry
        self.sites[entry.site].unchanged += 1
        self.claiming.done(entry)
        self.visited(Visit(entry.key, entry.url, entry.site, entry.fetched, entry.article, entry.published))

    def stored(self, token: object) -> None:
        """Register that remote storage stored its lines."""
        self._batch.entries += self._remote.pop(token, [])

    def renew(self) -> None:
        """Extend the claims; lines for remote storage wait for the end of the crawl."""
        if self.claiming.held and not self.has_failed and self.run is not None:
            try:
                self.store.claims.renew(self.run)
            except StoreError as error:
                self.fail(str(error))

    def _not_written(self, entry: StoreEntry) -> None:
        self.waiting.remove(entry)
        if self.claiming.held:
            self.claiming.done(entry)
            self._later()

    def _count(self, decision: StoreDecision) -> None:
        figures = self.sites[decision.entry.site]
        if decision.kind == "changed":
            figures.changed += 1
        else:
            figures.new += 1

    # Outputs

    def opened(self, number: int, file: DurableFile) -> None:
        """Register an output under this number."""
        self._files[number] = file

    def closed(self, number: int) -> DurableFile:
        """Make an output's last lines durable and unregister it."""
        self.sync()
        return self._files.pop(number)

    # Durable, then committed

    def sync(self) -> None:
        """Make all buffered lines durable, then commit their entries to the store; return when that is done."""
        self._stop_timer()
        self._wait()
        if self.has_failed:
            return
        group = self._next_group()
        error: BaseException | None = None
        try:
            group.commit()
        except (OSError, StoreError) as raised:
            error = raised
        self._done(group, error)

    def _flush(self) -> None:
        """As `sync`, but in the thread where there is one."""
        if self._thread is None:
            self.sync()
            return
        if self._under_way is not None:
            if self._buffered() < BYTES:
                return  # `_landed` goes on with what has been buffered by then
            self._wait()  # the disk is slower than the pages come
        self._stop_timer()
        if not self.has_failed:
            loop = asyncio.get_running_loop()
            group = self._next_group()
            future = self._thread.submit(group.commit)
            self._under_way = group, future
            future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._landed, group))

    def _next_group(self) -> _Group:
        batch, self._batch = self._batch, Batch()
        added, self._added = self._added, {}
        batch.run, batch.claims = self.run, self.claiming.given_back(entry for entry, _ in batch.entries)
        return _Group(self.store, [(n, file, file.take()) for n, file in self._files.items()], added, batch)

    def _landed(self, group: _Group) -> None:
        """Finish a group of the thread, unless `_wait` has done it, and go on with what came since."""
        if self._under_way is not None and self._under_way[0] is group:
            self._wait()
            if self._batch or self._buffered():
                self.gathered()

    def _wait(self) -> None:
        """Wait for the group that is under way in the thread, and finish it."""
        if self._under_way is not None:
            group, future = self._under_way
            error = future.exception()
            self._under_way = None
            self._done(group, error)

    def _done(self, group: _Group, error: BaseException | None) -> None:
        if error is None:
            for entry, _ in group.batch.entries:
                self.waiting.remove(entry)
        elif isinstance(error, StoreError):
            self.fail(str(error))
        elif isinstance(error, OSError):
            self.fail(f"the output {group.path} cannot be written ({error.strerror or error})")
        else:
            raise error

    def fail(self, sentence: str) -> None:
        """Accept nothing more; entries not committed by now count as unseen."""
        if not self.has_failed:
            self.has_failed = True
            logger.error("%s: the crawl stops", sentence)
            self._on_failure(sentence)

    def _later(self) -> None:
        if self._timer is None:
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                return  # no crawl is running: the caller uses `sync`
            self._timer = loop.call_later(SECONDS, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        self._flush()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
