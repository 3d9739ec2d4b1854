"""What many tests need: archives, a web server with chosen answers, a proxy, and `scrapy` as a user calls it."""

from __future__ import annotations

import io
import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests import forked

ROOT = Path(__file__).parent.parent
HTML = "text/html; charset=utf-8"


def page(headline: str = "Ferry returns to Wexmouth", sentences: int = 12, *, head: str = "", extra: str = "") -> str:
    """Return a plain article page; ``extra`` is put behind the paragraphs."""
    paragraphs = "".join(
        f"<p>The council of Wexmouth met on day {number} and agreed that the ferry, long out of service, "
        f"should sail again before the herring arrive in bay number {number}.</p>"
        for number in range(1, sentences + 1)
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{headline}</title>{head}</head>'
        f"<body><article><h1>{headline}</h1>{paragraphs}{extra}</article></body></html>"
    )


@dataclass(frozen=True)
class Entry:
    """A WARC record to write; ``kind`` is its WARC-Type."""

    url: str
    body: bytes = b""
    status: str = "200 OK"
    headers: Sequence[tuple[str, str]] = (("Content-Type", HTML),)
    kind: str = "response"
    date: str = "2024-05-03T18:19:08Z"


def entry(url: str, html: str | None = None, **kwargs: Any) -> Entry:
    """Return a response record that holds an article page."""
    return Entry(url, (html if html is not None else page(f"News of {url}")).encode(), **kwargs)


def warc_bytes(*entries: Entry, gzip: bool = True) -> bytes:
    """Return a WARC file of these records."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("test.warc.gz", {"software": "tests"}))
    for item in entries:
        http = StatusAndHeaders(item.status, list(item.headers), protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                item.url,
                item.kind,
                payload=io.BytesIO(item.body),
                http_headers=None if item.kind in ("resource", "metadata") else http,
                warc_headers_dict={"WARC-Date": item.date},
                warc_content_type=item.headers[0][1] if item.kind == "resource" else "",
            )
        )
    return buffer.getvalue()


@dataclass(frozen=True)
class Answer:
    """What the test server says to a request."""

    body: bytes | str = ""
    status: int = 200
    headers: Mapping[str, str] | None = None
    cut: int = 0
    """Bytes that are promised and never sent."""


Answers = Mapping[str, Answer | str]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answer: Callable[[str], Answer | str | None]
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        answer = type(self).answer(self.path)
        if answer is None:
            answer = Answer("nothing here", 404, {"Content-Type": "text/plain"})
        elif isinstance(answer, str):
            answer = Answer(answer)
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        for name, value in {"Content-Type": HTML, **(answer.headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + answer.cut))
        self.end_headers()
        self.wfile.write(body)
        if answer.cut:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass

    def handle(self) -> None:
        with suppress(ConnectionResetError):  # a crawl that is killed hangs up
            super().handle()


@dataclass(frozen=True)
class Server:
    """A running test server."""

    port: int
    asked: list[str]

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def serve(answer: Callable[[str], Answer | str | None]) -> Iterator[Server]:
    """Serve on a free port of loopback what ``answer`` says to each path (to a proxy: to each address)."""
    asked: list[str] = []
    handler = type("Handler", (_Handler,), {"answer": staticmethod(answer), "asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield Server(server.server_port, asked)
        finally:
            server.shutdown()


def slowness() -> float:
    """Return how many times longer than a usual machine this one computes; 1 where it is no slower."""
    begun = time.thread_time()
    sum(number * number for number in range(1_000_000))
    return max(1.0, (time.thread_time() - begun) / 0.15)


def site(answers: Answers) -> Callable[[str], Answer | str | None]:
    """Return the answers of one site, with a robots.txt that allows all unless one is given."""
    return {"/robots.txt": Answer("User-agent: *\nAllow: /\n", headers={"Content-Type": "text/plain"}), **answers}.get


def proxy(answers: Answers) -> Callable[[str], Answer | str | None]:
    """Return the answers of a proxy, by address without its scheme."""

    def answer(url: str) -> Answer | str | None:
        parts = urlsplit(url)
        if parts.path == "/robots.txt":
            return Answer("User-agent: *\nAllow: /\n", headers={"Content-Type": "text/plain"})
        return answers.get(url.split("://", 1)[-1])

    return answer


@dataclass(frozen=True)
class Run:
    """A finished `scrapy` command."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def summary(self) -> dict[str, Any]:
        """The line of JSON that ends a crawl."""
        result: dict[str, Any] = json.loads(self.err.strip().splitlines()[-1])
        return result

    @property
    def lines(self) -> list[dict[str, Any]]:
        return read_jsonl(self.folder / "out.jsonl")

    @property
    def failures(self) -> list[dict[str, Any]]:
        return read_jsonl(self.folder / "failures.jsonl")


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def run_scrapy(folder: Path, *arguments: str, stdin: str = "", env: Mapping[str, str] | None = None) -> Run:
    """Call `scrapy` in ``folder`` as a user would, without this machine's proxy, and not as wide as its terminal."""
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "LINES"):
        clean.pop(name, None)
    clean |= {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT), "COLUMNS": "80", **(env or {})}
    if "crawl" in arguments[:1] and "NEWSCRAWL_STORE" not in " ".join(arguments):
        arguments = (*arguments, "-s", "NEWSCRAWL_STORE_ENABLED=False")  # each run stands alone
    if "crawl" in arguments[:1] and "NEWSCRAWL_TDMREP" not in " ".join(arguments):
        arguments = (*arguments, "-s", "NEWSCRAWL_TDMREP=False")  # tests count what is asked for
    if "crawl" in arguments[:1] and "NEWSCRAWL_EXTRACTION" not in " ".join(arguments):
        arguments = (*arguments, "-s", "NEWSCRAWL_EXTRACTION_WORKERS=0")  # a pool for a few pages costs a second
    code, out, err = forked.run(arguments, cwd=folder, env=clean, stdin=stdin)
    return Run(code, out, err, folder)


def crawl(folder: Path, spider: str, *options: str, private: bool = True, **kwargs: Any) -> Run:
    """Crawl into ``folder/out.jsonl``; ``options`` with ``=`` are ``-a`` arguments, the others stand as they are."""
    command = ["crawl", spider, "-O", "out.jsonl", "-s", "LOG_LEVEL=INFO", "-s", "DOWNLOAD_DELAY=0"]
    command += [
        "-s",
        "NEWSCRAWL_RETRY_SECONDS=0.1",
        "-s",
        "AUTOTHROTTLE_ENABLED=False",
    ]  # a busy machine is no slow site
    if private:
        command += ["-s", "NEWSCRAWL_ALLOW_PRIVATE=True"]
    raw = False
    for option in options:
        command += [option] if raw or option.startswith("-") or "=" not in option else ["-a", option]
        raw = option == "-s"
    return run_scrapy(folder, *command, **kwargs)
