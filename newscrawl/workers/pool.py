"""Processes for the pure packages: documents go in, extractions come out.

A page can take seconds, gigabytes, or crash the process. So the extraction runs in processes beside the
crawl: the event loop stays free, all cores are used, and a page that fails affects no other.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from typing import Any

from scrapy.settings import BaseSettings

from newscrawl.exceptions import DocumentError, LimitError
from newscrawl.extraction.document import Document, Extraction
from newscrawl.workers.client import ForkServer, StartError, Worker, WorkerLostError
from newscrawl.workers.inline import Limits, OvertimeError
from newscrawl.workers.server import OBJECTS_OF_PAGES, named, spare_collector, too_much

logger = logging.getLogger(__name__)

WALL_CLOCK = 3.0
"""Wall-clock limit as a multiple of the CPU limit, so that a loaded machine does not fail pages."""
MAX_STARTS = 3
"""Consecutive failed starts of a worker before the pool gives up and extracts in the calling process."""
DEFAULTS = {"WORKERS": None, "TIMEOUT": 20.0, "MEMORY_MB": 1024, "TASKS": 1000}


class ExtractionPool:
    """Runs `newscrawl.extraction.extract` on documents, in processes of its own or (``workers=0``) in the calling one.

    Each worker has one document at a time, and each document goes to one worker once: none is lost or doubled, and the
    culprit is known where a worker dies. Callers of `run` wait until a worker is free; that is back-pressure, since
    Scrapy counts requests in its middlewares as active and fetches no more than CONCURRENT_REQUESTS at a time.

    ``workers``: the maximum, each started on first use; ``None``: as many as cores. ``timeout``: CPU seconds a document
    may take. ``memory``: MiB it may allocate. ``tasks``: documents after which a worker is replaced. ``task``: the
    function to run, as ``"module:function"``.
    """

    def __init__(
        self,
        workers: int | None = 0,
        *,
        timeout: float = 20.0,
        memory: int = 1024,
        tasks: int = 1000,
        task: str = "newscrawl.extraction:extract",
    ) -> None:
        self.workers = cores() if workers is None else max(workers, 0)
        if not hasattr(os, "fork"):
            self.workers = 0
        self.timeout = timeout
        self.memory = memory
        self._task: Callable[[Document], Extraction] = named(task)
        self._here = Limits(timeout, memory)
        self._server = ForkServer(task, timeout=timeout, memory=memory, tasks=tasks)
        self._free: asyncio.LifoQueue[Worker | None] | None = None
        self._failed_starts = 0
        self._closed = False
        self._is_warm = False

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> ExtractionPool:
        """Build the pool of the settings NEWSCRAWL_EXTRACTION_*."""
        given = {name: settings.get(f"NEWSCRAWL_EXTRACTION_{name}", value) for name, value in DEFAULTS.items()}
        return cls(
            None if given["WORKERS"] in (None, "", "None") else int(given["WORKERS"]),
            timeout=float(given["TIMEOUT"]),
            memory=int(given["MEMORY_MB"]),
            tasks=int(given["TASKS"]),
        )

    def start(self) -> None:
        """Load the models in the workers' parent in the background; without this the first `run` starts it."""
        if self.workers and not self._closed and self._failed_starts < MAX_STARTS:
            self._server.start()

    async def run(self, document: Document) -> Extraction:
        """Return the extraction of ``document``.

        Raises exceptions of the pass, from another process as `DocumentError`; that also where the worker died; and
        `LimitError` where a limit was exceeded.
        """
        if not self.workers or not _has_asyncio():
            return self._run_here(document)
        if self._free is None:
            spare_collector()
            self._free = asyncio.LifoQueue()
            for _ in range(self.workers):
                self._free.put_nowait(None)
        worker = await self._free.get()
        usable = False
        try:
            if worker is None or not worker.alive():
                worker = await self._new_worker()
            if worker is None:
                return self._run_here(document)
            ok, value, retire = await self._run(worker, document)
            usable = not retire
        finally:
            if worker is not None and not usable:
                worker.end()
            self._free.put_nowait(worker if usable else None)
        if not ok:
            is_limit, sentence = value
            raise (LimitError if is_limit else DocumentError)(sentence)
        result: Extraction = value
        return result

    def _run_here(self, document: Document) -> Extraction:
        try:
            found = self._here.run(self._task, document)
        except OvertimeError:
            raise self._lost(document, LimitError(self._too_long())) from None
        except MemoryError:
            raise self._lost(document, LimitError(too_much(self.memory))) from None
        if not self._is_warm:
            self._is_warm = True
            spare_collector(OBJECTS_OF_PAGES)
        return found

    async def _new_worker(self) -> Worker | None:
        """Return a new worker, or ``None`` where none can be started."""
        while self._failed_starts < MAX_STARTS:
            try:
                worker = await self._server.worker()
            except StartError as error:
                self._failed_starts += 1
                if self._failed_starts == MAX_STARTS:
                    logger.error("no process for extraction can be started, going on without: %s", error)
            else:
                self._failed_starts = 0
                return worker
        return None

    async def _run(self, worker: Worker, document: Document) -> tuple[bool, Any, bool]:
        """Send a document to a worker and wait for its result; on any error, the worker must not be reused."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            async with asyncio.timeout(self.timeout * WALL_CLOCK):
                result: tuple[bool, Any, bool] = await worker.run(document)
                return result
        except (WorkerLostError, TimeoutError) as error:
            if isinstance(error, TimeoutError) or loop.time() - start >= self.timeout:
                raise self._lost(document, LimitError(self._too_long())) from None
            raise self._lost(document, DocumentError("its process died")) from None

    def _too_long(self) -> str:
        return f"it took longer than {self.timeout:g} s (NEWSCRAWL_EXTRACTION_TIMEOUT)"

    def _lost(self, document: Document, why: DocumentError) -> DocumentError:
        logger.error("lost a page in extraction, %s: %s", why, ascii(document.url)[1:-1])
        return why

    async def close(self) -> None:
        """End the workers. Documents in progress are lost."""
        self._closed = True
        while self._free is not None and not self._free.empty():
            if (worker := self._free.get_nowait()) is not None:
                worker.end()
        self._free = None
        await self._server.close()


def cores() -> int:
    """Return the number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _has_asyncio() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
