"""The sample newspaper's web server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from newscrawl.sample import pages

_ROBOTS = b"User-agent: *\nDisallow: /admin/\n"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages: ClassVar[dict[str, bytes]] = {}

    def do_GET(self) -> None:
        name = self.path.split("?", 1)[0].strip("/")
        if name in self.pages:
            self._respond(200, "text/html; charset=utf-8", self.pages[name])
        elif name == "robots.txt":
            self._respond(200, "text/plain; charset=utf-8", _ROBOTS)
        elif name == "":
            self._respond(200, "text/html; charset=utf-8", self._home())
        else:
            self._respond(404, "text/plain; charset=utf-8", b"not found\n")

    def _home(self) -> bytes:
        links = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in self.pages)
        return f"<!DOCTYPE html><html><title>Sample</title><body><ul>{links}</ul></body></html>".encode()

    def _respond(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the crawl has its own log."""


@contextmanager
def sample_newspaper() -> Iterator[list[str]]:
    """Serve the sample newspaper on a free port of loopback, and yield the URLs of its articles."""
    shown = pages()
    handler = type("Handler", (_Handler,), {"pages": shown})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield [f"http://127.0.0.1:{server.server_port}/{name}" for name in shown]
        finally:
            server.shutdown()
