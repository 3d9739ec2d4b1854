"""Many generated newspapers on loopback, each at an address of its own, with one access log."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.cluster.local_tools import free_port
from tests.soak import article


class Asked(NamedTuple):
    """A line of the access log."""

    at: float
    host: str
    path: str
    agent: str


class Papers:
    """``sites`` newspapers with ``articles`` in all; the feed of each names its own."""

    def __init__(self, sites: int, articles: int) -> None:
        self.port = free_port()
        self.hosts = [f"127.0.{1 + number // 200}.{1 + number % 200}" for number in range(sites)]
        self.numbers = {host: range(index, articles, sites) for index, host in enumerate(self.hosts)}
        self.log: list[Asked] = []

    @property
    def urls(self) -> list[str]:
        return [f"http://{host}:{self.port}/news/{n}" for host in self.hosts for n in self.numbers[host]]

    def write_site_files(self, folder: Path, failing: int = 0) -> None:
        """Write the catalogue; ``failing`` more sites are those that nobody serves."""
        folder.mkdir(parents=True, exist_ok=True)
        for host in [*self.hosts, *self.failing(failing)]:
            home = f"http://{host}:{self.port}/"
            text = f'[discovery]\nhome = "{home}"\nfeeds = ["{home}rss.xml"]\nseen_in = "{home}"\n'
            (folder / f"{host}.toml").write_text(text)

    @staticmethod
    def failing(count: int) -> list[str]:
        return [f"127.0.9.{1 + number}" for number in range(count)]

    def page(self, host: str, path: str) -> tuple[int, str, str]:
        """Return status, kind and body."""
        root = f"http://{host}:{self.port}"
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nAllow: /\n"
        if path == "/rss.xml":
            items = "".join(
                f"<item><title>Report {n} from Wexmouth</title><link>{root}/news/{n}</link></item>"
                for n in self.numbers[host]
            )
            return 200, "application/rss+xml", f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
        if path == "/":
            return 200, "text/html; charset=utf-8", "<html><title>Paper</title><body><p>Welcome.</p></body></html>"
        number = path.rpartition("/")[2]
        if path.startswith("/news/") and number.isdecimal():
            return 200, "text/html; charset=utf-8", article(int(number))
        return 404, "text/plain", "nothing here"

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while line := await reader.readline():
                path = line.split()[1].decode()
                agent = ""
                while (header := await reader.readline()).strip():
                    if header.lower().startswith(b"user-agent:"):
                        agent = header.partition(b":")[2].strip().decode()
                self.log.append(Asked(time.monotonic(), host, path, agent))
                status, kind, text = self.page(host, path)
                body = text.encode()
                head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode() + body)
                await writer.drain()
        except (OSError, IndexError):
            pass  # a crawl that is killed hangs up
        finally:
            writer.close()

    def overlaps(self) -> list[str]:
        """Return the sites that two crawls asked at once: their spans in the access log overlap."""
        spans: dict[str, dict[str, list[float]]] = defaultdict(dict)
        for asked in self.log:
            span = spans[asked.host].setdefault(asked.agent, [asked.at, asked.at])
            span[1] = asked.at
        found = []
        for host, of_host in spans.items():
            end, last = 0.0, ""
            for agent, (begin, until) in sorted(of_host.items(), key=lambda item: item[1][0]):
                if begin < end:
                    found.append(f"{host}: {agent} began {end - begin:.2f} s before {last} ended")
                end, last = max((end, last), (until, agent))
        return found


@contextmanager
def serve(sites: int, articles: int) -> Iterator[Papers]:
    """Serve newspapers in a thread, whose loop cancels the open connections when it ends."""
    papers = Papers(sites, articles)
    loop = asyncio.new_event_loop()
    started = threading.Event()
    stopping = asyncio.Event()

    async def run() -> None:
        async with await asyncio.start_server(papers._answer, host=papers.hosts, port=papers.port):
            started.set()
            await stopping.wait()

    def forever() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(run())

    thread = threading.Thread(target=forever, daemon=True)
    thread.start()
    assert started.wait(300)
    try:
        yield papers
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(60)
