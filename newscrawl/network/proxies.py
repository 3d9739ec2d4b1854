"""The proxies that the operator set in the environment."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies

_PORTS = {"http": 80, "https": 443}


def operators_proxies() -> frozenset[tuple[str, int]]:
    """Return host and port of each proxy in the environment (``http_proxy``, ``https_proxy``, ``all_proxy``)."""
    found = set()
    for name, url in getproxies().items():
        if name in ("http", "https", "all") and (address := proxy_address(url)):
            found.add(address)
    return frozenset(found)


def proxy_address(url: str) -> tuple[str, int] | None:
    """Return host and port of a proxy's URL, or ``None`` where it has none."""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        port = parts.port or _PORTS.get(parts.scheme, 80)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname else None
