"""Web pages: Scrapy's handler, with certificates verified by site, and limits on connecting and headers."""

from __future__ import annotations

import logging
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
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from newscrawl.network.heads import TOO_LONG
from newscrawl.run.run import Run
from newscrawl.text.plain import one_line

logger = logging.getLogger(__name__)

_KIB = 1024


class WebHandler(HTTP11DownloadHandler):
    """Scrapy's handler of http and https, with three additions.

    A site file with ``verify_certificates = false`` accepts any certificate of its site, while those of all others are
    verified (DOWNLOAD_VERIFY_CERTIFICATES); that is logged once a site. A response whose status line and headers are
    longer than NEWSCRAWL_MAX_HEAD_KB is aborted, and so is a connection attempt longer than NEWSCRAWL_CONNECT_SECONDS.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory: Any = TlsPolicy(self._contextFactory, crawler)
        limit = crawler.settings.getint("NEWSCRAWL_MAX_HEAD_KB", 256) * _KIB
        pool: Any = self._pool
        pool._factory = type("Factory", (_BoundedFactory,), {"limit": limit})
        pool._newConnection = _in_time(pool._newConnection, crawler.settings.getfloat("NEWSCRAWL_CONNECT_SECONDS", 30))


def _in_time(connect: Callable[..., Deferred[Any]], seconds: float) -> Callable[..., Deferred[Any]]:
    """Return ``connect`` with a limit for resolving, connecting, and a proxy's tunnel; 0: none of its own."""
    from twisted.internet import reactor

    def give_up(_: Any, seconds: float) -> Any:
        raise ConnectTimeoutError(f"no connection after {seconds:g} s (NEWSCRAWL_CONNECT_SECONDS)")  # type: ignore[no-untyped-call]

    def connect_in_time(key: Any, endpoint: Any) -> Deferred[Any]:
        connecting = connect(key, endpoint)
        return connecting.addTimeout(seconds, reactor, give_up) if seconds else connecting

    return connect_in_time


@implementer(IPolicyForHTTPS)
class TlsPolicy:
    """Verification of certificates: as ``usual``, except for sites whose files say otherwise."""

    def __init__(self, usual: Any, crawler: Crawler) -> None:
        self._usual = usual
        self._sites = Run.of(crawler).site_files
        self._lax = _ScrapyClientContextFactory.from_crawler(crawler)
        self._lax._verify_certificates = False
        self._said: set[str] = set()

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 (Twisted's interface)
        """Return the creator of TLS connections to a host."""
        host = hostname.decode("ascii", "replace")
        site = self._sites.of(f"https://{host}/")
        if site.get("verify_certificates") is not False:
            return self._usual.creatorForNetloc(hostname, port)
        if host not in self._said:
            self._said.add(host)
            logger.warning("%s: its certificate is not verified, as the file of the site says", one_line(host))
        return self._lax.creatorForNetloc(hostname, port)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """A connection that limits the bytes of a response's headers, interim responses included."""

    limit = 0
    _head = 0

    def request(self, request: Any) -> Any:
        self._head = 0
        return super().request(request)

    def dataReceived(self, bytes: bytes) -> None:  # noqa: N802 (Twisted's interface)
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            if self._head > self.limit:
                self._giveUp(Failure(ParseError(TOO_LONG, bytes[:100])))  # type: ignore[no-untyped-call]
                return
            self._head += len(bytes)
        super().dataReceived(bytes)  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    limit = 0

    def buildProtocol(self, addr: Any) -> _BoundedProtocol:  # noqa: N802
        protocol = _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
        protocol.limit = self.limit
        return protocol
