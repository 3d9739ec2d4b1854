"""A newspaper on loopback that can do on purpose what newspapers do: change, lie, drip, throttle, fail, move."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from tests.support import HTML, page

RSS = "application/rss+xml; charset=utf-8"
XML = "application/xml"
TEXT = "text/plain; charset=utf-8"


@dataclass
class Reply:
    """One answer: ``drip``: seconds over which it is sent; ``etag``: sent, and answered with 304 when it comes back."""

    body: str | bytes = ""
    status: int = 200
    kind: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    modified: str | None = None
    drip: float = 0.0


class Newspaper:
    """What is served by path, and what was asked for.

    A list of replies is given one after the other, the last one again and again.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.replies: dict[str, Reply | list[Reply]] = {}
        self.asked: list[str] = []
        self.conditional: list[str] = []
        self.agents: set[str] = set()
        self["/robots.txt"] = Reply("User-agent: *\nAllow: /\n", kind=TEXT)

    def __setitem__(self, path: str, reply: Reply | str | list[Reply]) -> None:
        self.replies[path] = Reply(reply) if isinstance(reply, str) else reply

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def story(self, number: int, *, host: str = "127.0.0.1", folder: str = "2024/05/03", **kwargs: str) -> str:
        """Publish an article; return its address."""
        path = f"/{folder}/the-ferry-returns-to-wexmouth-{number}.html"
        headline = kwargs.pop("headline", f"Ferry number {number} returns to Wexmouth")
        self[path] = page(headline, sentences=8 + number, **kwargs)  # type: ignore[arg-type]
        return self.url(path, host)

    def rss(self, path: str, urls: list[str], etag: str | None = None, *, dated: bool = False) -> None:
        """Publish a feed of these addresses."""
        date = "<pubDate>Fri, 03 May 2024 18:19:08 +0200</pubDate>" if dated else ""
        items = "".join(
            f"<item><title>Feed headline {n}</title><link>{url}</link>{date}</item>" for n, url in enumerate(urls)
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Ledger</title>{items}</channel></rss>'
        self[path] = Reply(body, kind=RSS, etag=etag)

    def sitemap(self, path: str, rows: list[tuple[str, str]]) -> None:
        """Publish a sitemap of addresses and days of change."""
        self[path] = Reply(sitemap(rows), kind=XML)

    def forget(self) -> None:
        """Start counting requests anew."""
        self.asked.clear()
        self.conditional.clear()

    @property
    def articles_asked(self) -> list[str]:
        return sorted(path for path in self.asked if "/the-ferry-" in path)

    def reply(self, path: str, headers: Message) -> Reply:
        self.asked.append(path)
        self.agents.add(headers.get("User-Agent", ""))
        found = self.replies.get(path, Reply("nothing here", 404, TEXT))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if headers.get("If-None-Match") or headers.get("If-Modified-Since"):
            self.conditional.append(path)
        if found.etag is not None and headers.get("If-None-Match") == found.etag:
            return Reply("", 304, headers={"ETag": found.etag})
        if found.modified is not None and headers.get("If-Modified-Since") == found.modified:
            return Reply("", 304)
        return found


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    paper: ClassVar[Newspaper]

    def do_GET(self) -> None:
        reply = self.paper.reply(self.path, self.headers)
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        if reply.status != 304:
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(body)))
        for name, value in {"ETag": reply.etag, "Last-Modified": reply.modified, **reply.headers}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if reply.status == 304:
            return
        if not reply.drip:
            self.wfile.write(body)
            return
        for number in range(10):
            self.wfile.write(body[number * len(body) // 10 : (number + 1) * len(body) // 10])
            self.wfile.flush()
            time.sleep(reply.drip / 10)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def newspaper() -> Iterator[Newspaper]:
    """Serve a newspaper on a free port; ``127.0.0.1`` and ``localhost`` are two sites to a crawler."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        handler.paper = Newspaper(server.server_port)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield handler.paper
        finally:
            server.shutdown()


def sitemap(rows: list[tuple[str, str]]) -> str:
    """Return a sitemap of addresses and days of change (``""``: none is said)."""
    entries = "".join(f"<url><loc>{u}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>" for u, day in rows)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def index(rows: list[tuple[str, str]]) -> str:
    """Return an index of sitemaps."""
    text = sitemap(rows).replace("<url>", "<sitemap>").replace("</url>", "</sitemap>")
    return text.replace("urlset", "sitemapindex")
