"""The guard: requests only over http and https, and only to the public internet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError

from newscrawl.exceptions import RefusedUrlError
from newscrawl.network.proxies import operators_proxies, proxy_address
from newscrawl.network.public_hosts import refusal
from newscrawl.network.requests import slot_meta
from newscrawl.network.resolver import was_refused

DEFAULT_PORTS = {"http": 80, "https": 443}
LOCAL_SCHEMES = ("warc:", "corpus:")
"""Beginnings of URLs for this project's own handlers, which only serve requests made by its spiders."""


class UrlGuard:
    """Downloader middleware that refuses forbidden URLs, wherever they came from.

    It sees each request last, after redirects and proxies. Literal IP addresses are refused here, also before they
    reach a proxy; host names are checked by `newscrawl.network.resolver.GuardedResolver` when they are connected to
    (names behind a proxy are checked by the proxy). NEWSCRAWL_ALLOW_PRIVATE allows private addresses and any port; else
    only ``ports`` (NEWSCRAWL_PORTS; empty: any) are allowed. User names and passwords in a URL are never sent.
    """

    def __init__(self, *, allow_private: bool = False, ports: Iterable[int] = ()) -> None:
        self.allow_private = allow_private
        self.ports = frozenset(ports)
        self.trusted = operators_proxies()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the guard from the settings."""
        settings = crawler.settings
        ports = settings.getlist("NEWSCRAWL_PORTS")
        return cls(allow_private=settings.getbool("NEWSCRAWL_ALLOW_PRIVATE"), ports=map(int, ports))

    def process_request(self, request: Request) -> None:
        """Raise `RefusedUrlError` for a URL that may not be requested."""
        if request.url.startswith(LOCAL_SCHEMES):
            return
        try:
            parts = urlsplit(request.url)
            host = parts.hostname or ""
            port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise RefusedUrlError(f"not a URL that can be fetched: {error}") from None
        if parts.scheme not in ("http", "https"):
            raise RefusedUrlError(f"only http and https URLs are fetched, not {parts.scheme}:")
        if "@" in parts.netloc:
            raise RefusedUrlError("the URL has a user name or password (Scrapy: HTTPAUTH_USER, HTTPAUTH_PASS)")
        if self.allow_private:
            return
        reason = refusal(host)
        if reason:
            raise RefusedUrlError(f"{reason} (NEWSCRAWL_ALLOW_PRIVATE allows it)")
        if self.ports and port not in self.ports:
            raise RefusedUrlError(f"port {port} is not among those that may be requested (NEWSCRAWL_PORTS)")
        self._check_proxy(request.meta.get("proxy"))

    def _check_proxy(self, proxy: str | None) -> None:
        address = proxy_address(proxy) if proxy else None
        if address and address not in self.trusted and (reason := refusal(address[0])):
            raise RefusedUrlError(f"the proxy {address[0]}:{address[1]} was not set by the operator: {reason}")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Report a host as refused where its resolution failed for that reason."""
        if isinstance(exception, CannotResolveHostError) and was_refused(urlsplit(request.url).hostname or ""):
            raise RefusedUrlError(
                "the host's name resolves to no IP address of the public internet (NEWSCRAWL_ALLOW_PRIVATE allows it)"
            ) from exception


class EarlyGuard(UrlGuard):
    """The same check before robots.txt is requested: for a URL without a host, that request never ends."""

    def process_request(self, request: Request) -> None:
        """Raise `RefusedUrlError` for a URL that may not be requested; else give it the slot of its site."""
        super().process_request(request)
        for name, value in slot_meta(request.url).items():  # robots.txt and redirects, too, use their site's slot
            request.meta.setdefault(name, value)


AddressGuard = UrlGuard
"""The former name, which may stand in users' settings."""
