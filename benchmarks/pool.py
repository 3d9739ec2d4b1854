"""What the pool of processes does to memory, and with heavy pages."""

from __future__ import annotations

import asyncio
import time
from itertools import cycle, islice

from benchmarks.pages import Page, heavy
from newscrawl.exceptions import DocumentError
from newscrawl.extraction.document import Document
from newscrawl.workers.pool import ExtractionPool
from newscrawl.workers.server import resident

IN_FLIGHT = 16


async def through(pool: ExtractionPool, pages: list[Page]) -> list[float]:
    """Send pages through the pool, 16 at a time; seconds of each."""
    gate, took = asyncio.Semaphore(IN_FLIGHT), []

    async def one(url: str, body: bytes) -> None:
        async with gate:
            start = time.perf_counter()
            await pool.run(Document(url, body, content_type="text/html"))
            took.append(time.perf_counter() - start)
            await asyncio.sleep(0)  # inline, nothing else lets others have their turn

    await asyncio.gather(*(one(url, body) for url, body in pages))
    return took


async def growth(pages: list[Page], count: int) -> float:
    """This process's memory after ``count`` pages against after a tenth of them."""
    pool = ExtractionPool(None)
    endless = cycle(pages)
    await through(pool, list(islice(endless, count // 10)))
    before = resident()
    for _ in range(9):
        await through(pool, list(islice(endless, count // 10)))
    after = resident()
    await pool.close()
    return after / before


async def weights(pages: list[Page]) -> dict[str, str]:
    """Seconds of the heavy pages, and of the slowest other page, all in one run."""
    pool, said = ExtractionPool(None), {}
    await through(pool, pages[:20])

    async def one(name: str, body: bytes) -> None:
        start = time.perf_counter()
        try:
            await pool.run(Document("https://news.example/heavy", body, content_type="text/html"))
            said[name] = f"{time.perf_counter() - start:.1f} s"
        except DocumentError as error:
            said[name] = f"given up: {error}"

    for name, body in heavy().items():
        rest = asyncio.create_task(through(pool, pages))
        await one(name, body)
        took = await rest
        said[f"{name}: the slowest other page beside it"] = f"{max(took):.1f} s"
    await pool.close()
    return said
