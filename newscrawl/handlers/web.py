"""Web pages: Scrapy's handler, with certificates verified by site, and limits on connecting and headers."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.crawler import Crawler
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from newscrawl.run.reasons import TOO_LONG
from newscrawl.run.run import Run
from newscrawl.scrapy_internals.http11 import LimitedHttpHandler, unverified_tls_policy
from newscrawl.text.plain import one_line

logger = logging.getLogger(__name__)

_KIB = 1024


class WebHandler(LimitedHttpHandler):
    """Scrapy's handler of http and https, with three additions.

    A site file with ``verify_certificates = false`` accepts any certificate of its site, while those of all others are
    verified (DOWNLOAD_VERIFY_CERTIFICATES); that is logged once a site. A response whose status line and headers are
    longer than NEWSCRAWL_MAX_HEAD_KB is aborted, and so is a connection attempt longer than NEWSCRAWL_CONNECT_SECONDS.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.replace_tls_policy(lambda usual: TlsPolicy(usual, crawler))
        self.limit_headers(crawler.settings.getint("NEWSCRAWL_MAX_HEAD_KB", 256) * _KIB, TOO_LONG)
        seconds = crawler.settings.getfloat("NEWSCRAWL_CONNECT_SECONDS", 30)
        if seconds:
            self.limit_connecting(seconds, f"no connection after {seconds:g} s (NEWSCRAWL_CONNECT_SECONDS)")


@implementer(IPolicyForHTTPS)
class TlsPolicy:
    """Verification of certificates: as ``usual``, except for sites whose files say otherwise."""

    def __init__(self, usual: Any, crawler: Crawler) -> None:
        self._usual = usual
        self._sites = Run.of(crawler).site_files
        self._lax = unverified_tls_policy(crawler)
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
