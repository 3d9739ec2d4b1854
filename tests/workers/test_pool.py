from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.test import get_crawler

from newscrawl.exceptions import DocumentError, LimitError
from newscrawl.extraction import extract
from newscrawl.extraction.document import Document
from newscrawl.middlewares.cleaning import CleaningMiddleware
from newscrawl.run.run import Run
from newscrawl.workers.pool import ExtractionPool

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
ROOT = Path(__file__).resolve().parents[2]
TASK = "tests.workers.pool_tasks:obey"


def document(number: int, body: bytes = b"") -> Document:
    return Document(f"https://news.example/{number}", body)


def with_pool(use: Callable[[ExtractionPool], Awaitable[Any]], workers: int = 2, **limits: Any) -> Any:
    async def run() -> Any:
        pool = ExtractionPool(workers, task=TASK, **limits)
        try:
            return await use(pool)
        finally:
            await pool.close()

    return asyncio.run(run())


async def all_of(pool: ExtractionPool, documents: list[Document]) -> list[Any]:
    return await asyncio.gather(*(pool.run(d) for d in documents), return_exceptions=True)


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] in "ZX"
    except OSError:
        return True


def wait_gone(pids: set[int], seconds: float = 120) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if all(is_gone(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def seconds(trouble: bytes) -> float:
    """Return what a document may take: much where another trouble has to be noticed before, on a slow machine too."""
    return 1 if trouble.split()[0] in (b"hang", b"spin") else 60


def test_each_of_500_documents_comes_back_once_and_as_itself() -> None:
    bodies = [bytes([n % 256]) * (n * 97) for n in range(500)]
    results = with_pool(lambda pool: all_of(pool, [document(n, body) for n, body in enumerate(bodies)]), workers=3)
    assert [(r.article.url, r.body) for r in results] == [(document(n).url, body) for n, body in enumerate(bodies)]
    assert len({r.article.headline for r in results}) == 3


def test_gives_what_the_calling_process_would_give() -> None:
    page = (ROOT / "newscrawl" / "sample" / "pages").rglob("*.html")
    given = Document("https://news.example/a", next(iter(page)).read_bytes(), content_type="text/html")

    async def run() -> Any:
        pool = ExtractionPool(1)
        try:
            return await pool.run(given)
        finally:
            await pool.close()

    assert asyncio.run(run()) == extract(given)


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        (b"abort", "died"),
        (b"exit", "died"),
        (b"hang", "longer than 1 s"),
        (b"spin", "longer than 1 s"),
        (b"hog", "more than 256 MiB"),
        (b"raise", "ValueError: no good"),
    ],
)
def test_trouble_costs_one_document(trouble: bytes, says: str, caplog: pytest.LogCaptureFixture) -> None:
    documents = [document(n, trouble if n == 7 else b"") for n in range(30)]
    results = with_pool(lambda pool: all_of(pool, documents), timeout=seconds(trouble), memory=256)
    assert isinstance(results[7], DocumentError)
    assert says in str(results[7])
    assert isinstance(results[7], LimitError) is (trouble in (b"hang", b"spin", b"hog"))
    assert [r.article.url for n, r in enumerate(results) if n != 7] == [
        d.url for n, d in enumerate(documents) if n != 7
    ]
    if trouble not in (b"raise", b"hog"):
        assert "https://news.example/7" in caplog.text


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        (b"spin", "longer than 1 s"),
        (b"spin on", "longer than 1 s"),
        (b"hog", "more than 256 MiB"),
        (b"raise", "no good"),
    ],
)
def test_in_the_calling_process_too_trouble_costs_one_document(
    trouble: bytes, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    documents = [document(n, trouble if n == 7 else b"") for n in range(30)]
    results = with_pool(lambda pool: all_of(pool, documents), workers=0, timeout=seconds(trouble), memory=256)
    assert says in str(results[7])
    assert isinstance(results[7], LimitError) is (trouble != b"raise")
    assert ("https://news.example/7" in caplog.text) is (trouble != b"raise")
    assert {r.article.headline for n, r in enumerate(results) if n != 7} == {str(os.getpid())}
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_somebody_elses_alarm_is_left_alone() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGPROF, lambda number, _: heard.append(number))
    try:
        assert len(with_pool(lambda pool: all_of(pool, [document(1)]), workers=0, timeout=0.001)) == 1
        signal.raise_signal(signal.SIGPROF)
        assert heard == [signal.SIGPROF]
    finally:
        signal.signal(signal.SIGPROF, before)


def test_a_stopped_worker_is_killed_by_the_watchdog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newscrawl.workers.pool.WALL_CLOCK", 60)

    async def use(pool: ExtractionPool) -> Any:
        pid = int((await pool.run(document(0))).article.headline)
        os.kill(pid, signal.SIGSTOP)
        monkeypatch.setattr("newscrawl.workers.pool.WALL_CLOCK", 1.5)
        stuck, behind = (asyncio.ensure_future(pool.run(document(n))) for n in (1, 2))
        await asyncio.wait([stuck])
        monkeypatch.setattr("newscrawl.workers.pool.WALL_CLOCK", 60)
        await asyncio.wait([behind])
        return pid, stuck.exception(), behind.result()

    pid, error, result = with_pool(use, workers=1, timeout=1)
    assert isinstance(error, LimitError)
    assert result.article.url == document(2).url
    assert wait_gone({pid})


def test_a_worker_that_died_idle_costs_nothing() -> None:
    async def use(pool: ExtractionPool) -> Any:
        os.kill(int((await pool.run(document(0))).article.headline), signal.SIGKILL)
        assert pool._free is not None
        worker = pool._free.get_nowait()
        assert worker is not None
        while worker.alive():  # until that is heard here
            await asyncio.sleep(0.01)
        pool._free.put_nowait(worker)
        return await pool.run(document(1))

    assert with_pool(use, workers=1).article.url == document(1).url


def test_a_server_that_died_is_started_anew() -> None:
    async def use(pool: ExtractionPool) -> Any:
        await pool.run(document(0))
        assert pool._server._process is not None
        pool._server._process.kill()
        pool._server._process.wait()
        return await all_of(pool, [document(1, b"abort"), document(2), document(3)])

    results = with_pool(use, workers=1)
    assert [type(r).__name__ for r in results] == ["DocumentError", "Extraction", "Extraction"]


def test_workers_are_replaced_after_so_many_documents() -> None:
    results = with_pool(lambda pool: all_of(pool, [document(n) for n in range(20)]), workers=1, tasks=5)
    assert len({r.article.headline for r in results}) == 4


def test_extracts_in_this_process_where_none_can_be_started(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    results = with_pool(lambda pool: all_of(pool, [document(1, b"<p>a</p>"), document(2, b"<p>b</p>")]))
    assert [r.article.url for r in results] == [document(1).url, document(2).url]
    assert caplog.text.count("going on without") == 1


def test_no_more_than_its_workers_are_at_work() -> None:
    start = time.monotonic()
    with_pool(lambda pool: all_of(pool, [document(n, b"wait 0.3") for n in range(6)]), workers=2)
    assert time.monotonic() - start >= 0.9


def test_close_ends_all_processes() -> None:
    async def use(pool: ExtractionPool) -> Any:
        results = await all_of(pool, [document(n, b"wait 0.1") for n in range(2)])
        assert pool._server._process is not None
        return {int(r.article.headline) for r in results} | {pool._server._process.pid}

    assert wait_gone(with_pool(use))


def test_nothing_is_started_before_it_is_needed() -> None:
    pool = ExtractionPool(2)
    assert pool._server._process is None
    asyncio.run(pool.close())


def test_a_pool_started_early_is_that_of_the_run() -> None:
    run = Run.of(get_crawler(settings_dict={"NEWSCRAWL_EXTRACTION_WORKERS": 1}))
    run.workers.start()
    pool = CleaningMiddleware.from_crawler(run.crawler).workers
    assert pool is run.workers
    assert pool._server._process is not None
    assert Run.of(run.crawler) is run
    asyncio.run(pool.close())


CRAWL = """
import asyncio, sys
from newscrawl.extraction.document import Document
from newscrawl.workers.pool import ExtractionPool

async def main():
    pool = ExtractionPool(2, task="tests.workers.pool_tasks:obey")
    first = await asyncio.gather(*(pool.run(Document("u", b"wait 0.2")) for _ in range(2)))
    print(pool._server._process.pid, *(r.article.headline for r in first), flush=True)
    await asyncio.gather(*(pool.run(Document("u", b"hang")) for _ in range(2)))

asyncio.run(main())
"""


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM"])
def test_workers_end_with_the_crawl_however_it_ends(name: str) -> None:
    with subprocess.Popen([sys.executable, "-c", CRAWL], cwd=ROOT, stdout=subprocess.PIPE) as crawl:
        assert crawl.stdout is not None
        pids = {int(pid) for pid in crawl.stdout.readline().split()}
        assert len(pids) == 3
        time.sleep(0.2)
        crawl.send_signal(getattr(signal, name))
    assert wait_gone(pids)
