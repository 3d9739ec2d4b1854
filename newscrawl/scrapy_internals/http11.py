"""Connections of Scrapy's handler of http and https: limits on connecting and on headers, certificates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.internet.error import TimeoutError as ConnectTimeoutError
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, ParseError


class LimitedHttpHandler(HTTP11DownloadHandler):
    """Scrapy's handler with three hooks, set once after construction."""

    def limit_headers(self, limit: int, message: str) -> None:
        """Abort responses whose status line and headers are longer than ``limit`` bytes."""
        pool: Any = self._pool
        pool._factory = type("Factory", (_LimitedFactory,), {"limit": limit, "message": message})

    def limit_connecting(self, seconds: float, message: str) -> None:
        """Abort connection attempts longer than ``seconds``: resolving, connecting, and a proxy's tunnel."""
        pool: Any = self._pool
        pool._newConnection = _with_timeout(pool._newConnection, seconds, message)

    def replace_tls_policy(self, replacement: Callable[[Any], Any]) -> None:
        """Replace the policy by which certificates are verified by ``replacement`` of it."""
        self._contextFactory: Any = replacement(self._contextFactory)


def unverified_tls_policy(crawler: Crawler) -> Any:
    """Return the policy of Scrapy that accepts any certificate, with the crawl's other settings of TLS."""
    policy = _ScrapyClientContextFactory.from_crawler(crawler)
    policy._verify_certificates = False
    return policy


def _with_timeout(connect: Callable[..., Deferred[Any]], seconds: float, message: str) -> Callable[..., Deferred[Any]]:
    from twisted.internet import reactor

    def give_up(_: Any, seconds: float) -> Any:
        raise ConnectTimeoutError(message)  # type: ignore[no-untyped-call]

    return lambda key, endpoint: connect(key, endpoint).addTimeout(seconds, reactor, give_up)


class _LimitedProtocol(_LenientHTTP11ClientProtocol):
    """A connection that limits the bytes of a response's headers, interim responses included."""

    limit = 0
    message = ""
    _received = 0

    def request(self, request: Any) -> Any:
        self._received = 0
        return super().request(request)

    def dataReceived(self, bytes: bytes) -> None:  # noqa: N802 (Twisted's interface)
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            if self._received > self.limit:
                self._giveUp(Failure(ParseError(self.message, bytes[:100])))  # type: ignore[no-untyped-call]
                return
            self._received += len(bytes)
        super().dataReceived(bytes)  # type: ignore[no-untyped-call]


class _LimitedFactory(_LenientHTTP11ClientFactory):
    limit = 0
    message = ""

    def buildProtocol(self, addr: Any) -> _LimitedProtocol:  # noqa: N802
        protocol = _LimitedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
        protocol.limit, protocol.message = self.limit, self.message
        return protocol
