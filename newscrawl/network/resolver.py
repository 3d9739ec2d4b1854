"""The resolver that decides by the IP address actually connected to.

A name is resolved once, and the connection goes to the addresses returned here, so a name that resolves differently a
moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Sequence
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from newscrawl.network.proxies import operators_proxies
from newscrawl.network.public_hosts import is_public, plain_host

logger = logging.getLogger(__name__)


def was_refused(host: str) -> bool:
    """Tell whether the resolver of this process last refused all addresses of ``host``."""
    from twisted.internet import reactor

    resolver = getattr(reactor, "nameResolver", None)
    return isinstance(resolver, GuardedResolver) and plain_host(host) in resolver.refused


@implementer(IResolutionReceiver)
class _Guard:
    """Passes on the public addresses of a name, and drops the others."""

    def __init__(self, receiver: Any, host: str, refused: set[str]) -> None:
        self.receiver = receiver
        self.host = host
        self.refused = refused
        self.kept = self.passed = 0

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 (Twisted's interface)
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if is_public(ipaddress.ip_address(address.host.partition("%")[0])):
            self.passed += 1
            self.receiver.addressResolved(address)
        else:
            self.kept += 1

    def resolutionComplete(self) -> None:  # noqa: N802
        (self.refused.add if self.kept and not self.passed else self.refused.discard)(plain_host(self.host))
        self.receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver(CachingHostnameResolver):
    """Scrapy's caching resolver, IPv4 and IPv6, that returns only addresses of the public internet.

    NEWSCRAWL_ALLOW_PRIVATE allows all; a proxy that the operator set in the environment is allowed by its exact host
    and port. Set it as TWISTED_DNS_RESOLVER in the project's settings (a spider's are read too late).
    """

    def __init__(self, reactor: Any, cache_size: int, *, allow_private: bool = False) -> None:
        super().__init__(reactor, cache_size)
        self.allow_private = allow_private
        self.trusted = operators_proxies()
        self.refused: set[str] = set()
        """Hosts without an allowed address."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """Build the resolver from the settings."""
        settings = crawler.settings
        size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(reactor, size, allow_private=settings.getbool("NEWSCRAWL_ALLOW_PRIVATE"))

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve ``hostName`` through Twisted's interface, without non-public addresses."""
        if not self.allow_private and (hostName, portNumber) not in self.trusted:
            receiver: Any = _Guard(resolutionReceiver, hostName, self.refused)
        else:
            receiver = resolutionReceiver
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)
