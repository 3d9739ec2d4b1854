"""A crawl over HTTP: pages a second, and how late the event loop comes while pages are extracted.

``python -m benchmarks.over_http URLS OUT`` is the crawl itself, in a process of its own; the rest of the module serves
the pages from the process of the benchmark, as a web proxy, and starts it.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.utils.project import get_project_settings

from benchmarks.libraries import ONE_THREAD
from benchmarks.pages import Page

FIGURES = {
    "pages_a_second": "Pages a second over HTTP, store on, as many workers as cores",
    "lag_p99_ms": "Event-loop lag over HTTP, p99, in ms",
}
TICK = 0.005
SETTINGS = {
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "ERROR",
}


class LoopLag:
    """Scrapy extension: how late a timer of 5 ms comes, from the first page that is extracted to the end."""

    def __init__(self, crawler: Crawler) -> None:
        self.late: list[float] = []
        self.begun = 0.0
        self._crawler = crawler
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension and connect it."""
        lag = cls(crawler)
        crawler.signals.connect(lag.item_scraped, signals.item_scraped)
        crawler.signals.connect(lag.spider_closed, signals.spider_closed)
        return lag

    def item_scraped(self) -> None:
        """Begin with the first article: everything is loaded by then."""
        if self._watch is None:
            self.begun = time.monotonic()
            self._watch = asyncio.ensure_future(self._count())

    def spider_closed(self) -> None:
        """Put the figures among the statistics."""
        if self._watch is not None and self.late:
            self._watch.cancel()
            seconds = time.monotonic() - self.begun
            stats = self._crawler.stats
            stats.set_value("benchmark/lag_p99_ms", sorted(self.late)[int(len(self.late) * 0.99)] * 1000)
            stats.set_value("benchmark/pages_a_second", stats.get_value("item_scraped_count", 0) / seconds)

    async def _count(self) -> None:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(TICK)
            self.late.append(time.perf_counter() - start - TICK)


@contextmanager
def proxy(pages: list[Page]) -> Iterator[tuple[str, list[str]]]:
    """Serve the pages as a web proxy on loopback; gives its address and the pages' ``http`` addresses."""
    known = {re.sub(r"^https?://", "", url).partition("#")[0]: body for url, body in pages}

    class Replay(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = known.get(re.sub(r"^https?://", "", self.path))
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Replay)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", [f"http://{address}" for address in known]
    finally:
        server.shutdown()
        server.server_close()


def measure(pages: list[Page], work: Path) -> dict[str, float]:
    """Figures of one crawl of the pages, with the store on and as many workers as cores."""
    with proxy(pages) as (address, urls):
        (work / "urls.txt").write_text("\n".join(urls))
        env = {**os.environ, **ONE_THREAD, "http_proxy": address}
        command = [sys.executable, "-m", "benchmarks.over_http", str(work / "urls.txt"), str(work)]
        subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    found: dict[str, float] = json.loads((work / "lag.json").read_text())
    return found


def main(urls: str, folder: str) -> None:
    """Crawl, and write the figures to ``lag.json``."""
    settings = get_project_settings()
    settings.update(SETTINGS, priority="cmdline")
    store = Path(folder) / f"store-{time.time_ns()}.db"
    settings.set("NEWSCRAWL_STORE_URL", f"sqlite:///{store}", priority="cmdline")
    settings.set("FEEDS", {f"{folder}/http.jsonl": {"format": "jsonl", "overwrite": True}}, priority="cmdline")
    settings["EXTENSIONS"][LoopLag] = 0
    process = CrawlerProcess(settings)
    crawler = process.create_crawler("article")
    process.crawl(crawler, urls_file=urls)
    process.start()
    stats = crawler.stats.get_stats() if crawler.stats else {}
    figures = {name.removeprefix("benchmark/"): value for name, value in stats.items() if name.startswith("benchmark/")}
    (Path(folder) / "lag.json").write_text(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
