"""The proxy that a browser asks through: whom it lets in, where it connects, what it hands on."""

from __future__ import annotations

import asyncio
import base64
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from newscrawl.network.guarded_proxy import GuardedProxy
from tests.support import Answer, serve


def ask(proxy: GuardedProxy, request: str, *, login: bool = True, more: bytes = b"") -> bytes:
    """Send a request to the proxy; return all that comes back until it hangs up."""
    token = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
    head = request.replace("\n", "\r\n") + (f"\r\nProxy-Authorization: Basic {token}" if login else "") + "\r\n\r\n"

    async def go() -> bytes:
        await proxy.start()
        port = int(proxy.address.rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode() + more)
        try:
            return await asyncio.wait_for(reader.read(), 60)
        finally:
            writer.close()
            proxy.close()

    return asyncio.run(go())


@pytest.fixture(autouse=True)
def _no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_hands_on_a_request_and_ends_its_connection() -> None:
    with serve({"/a?b": Answer("found", headers={"X-Kind": "plain", "Connection": "keep-alive"})}.get) as server:
        second = b"GET http://other.example/ HTTP/1.1\r\nHost: other.example\r\nCookie: of=another\r\n\r\n"
        answer = ask(GuardedProxy(allow_private=True), f"GET {server.url('/a?b')} HTTP/1.1\nHost: x", more=second)
        assert server.asked == ["/a?b"]  # what came behind went to nobody
    head, _, body = answer.partition(b"\r\n\r\n")
    assert body == b"found"
    assert b"X-Kind: plain" in head
    assert [line for line in head.split(b"\r\n") if line.lower().startswith(b"connection")] == [b"Connection: close"]


def test_tunnels() -> None:
    with serve({"/": "through the tunnel"}.get) as server:
        inner = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        answer = ask(GuardedProxy(allow_private=True), f"CONNECT 127.0.0.1:{server.port} HTTP/1.1", more=inner)
    assert answer.startswith(b"HTTP/1.1 200 Connected\r\n\r\nHTTP/1.1 200 OK")
    assert answer.endswith(b"through the tunnel")


def test_tries_all_addresses_of_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    async def addresses(self: object, host: str, port: int, **kwargs: object) -> list[object]:
        return [(socket.AF_INET6, 1, 6, "", ("::1", port, 0, 0)), (socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]

    with serve({"/": "found"}.get) as server:  # which does not listen on ::1
        monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", _for("paper.example", addresses))
        answer = ask(GuardedProxy(allow_private=True), f"GET http://paper.example:{server.port}/ HTTP/1.1")
    assert answer.endswith(b"found")


def _for(name: str, answer: Callable[..., Awaitable[list[object]]]) -> Callable[..., Awaitable[object]]:
    real = asyncio.BaseEventLoop.getaddrinfo

    async def getaddrinfo(self: asyncio.BaseEventLoop, host: str, *args: Any, **kwargs: Any) -> object:
        return await (answer if host == name else real)(self, host, *args, **kwargs)

    return getaddrinfo


@pytest.mark.parametrize("request_line", ["GET http://{host}:{port}/ HTTP/1.1", "CONNECT {host}:{port} HTTP/1.1"])
@pytest.mark.parametrize("host", ["127.0.0.1", "0x7f.1", "[::1]", "localhost", "paper.example"])
def test_refuses_what_is_not_public(request_line: str, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def addresses(self: object, host: str, port: int, **kwargs: object) -> list[object]:
        return [(socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", _for("paper.example", addresses))  # only that tells
    with serve({"/": "secret"}.get) as server:
        answer = ask(GuardedProxy(), request_line.format(host=host, port=server.port))
        assert server.asked == []
    assert answer.startswith(b"HTTP/1.1 403 ")


def test_refuses_ports_that_are_no_news() -> None:
    answer = ask(GuardedProxy(ports=(80, 443)), "CONNECT 203.0.114.7:22 HTTP/1.1")
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert b"port 22 " in answer


def test_knows_its_own_browser() -> None:
    with serve({"/": "secret"}.get) as server:
        answer = ask(GuardedProxy(allow_private=True), f"GET {server.url()} HTTP/1.1", login=False)
        assert server.asked == []
    assert answer.startswith(b"HTTP/1.1 407 ")


@pytest.mark.parametrize(
    "request_lines",
    ["GET / HTTP/1.1", "rubbish", "GET ftp://a.example/ HTTP/1.1", "GET http://[ HTTP/1.1",
     "POST http://127.0.0.1:9/ HTTP/1.1\nTransfer-Encoding: chunked", "CONNECT a:b HTTP/1.1"],
)  # fmt: skip
def test_other_requests_get_an_answer_too(request_lines: str) -> None:
    assert ask(GuardedProxy(allow_private=True), request_lines).split()[1] in (b"403", b"407", b"502")


def test_goes_through_the_operators_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve({"http://paper.example/story": "from afar"}.get) as operators:
        monkeypatch.setenv("http_proxy", operators.url().replace("//", "//me:pass@"))
        assert ask(GuardedProxy(), "GET http://paper.example/story HTTP/1.1").endswith(b"from afar")
        assert ask(GuardedProxy(), "GET http://10.0.0.1/story HTTP/1.1").startswith(b"HTTP/1.1 403 ")
        assert operators.asked == ["http://paper.example/story"]
