"""Hosts that may be requested: those of the public internet, in any spelling."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import unquote

IPAddress = IPv4Address | IPv6Address

_LOCAL_NAMES = ("localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback", "broadcasthost")
_LOCAL_ENDS = (".localhost", ".local", ".localdomain", ".internal", ".home.arpa")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_IPV4_COMPATIBLE = ipaddress.ip_network("::/96")
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]{0,16}|[0-9]{1,24})\Z", re.ASCII)


def literal(host: str) -> IPAddress | None:
    """Return the IP address that ``host`` spells, or ``None`` where it is a name.

    Spellings as in the URL Standard's "IPv4 parser" (hexadecimal, octal, fewer than four parts), plus percent-encoded
    and full-width characters and a trailing dot, which resolvers and proxies read in the same way.

    >>> literal("0x7f.1"), literal("2130706433"), literal("[::ffff:127.0.0.1]")
    (IPv4Address('127.0.0.1'), IPv4Address('127.0.0.1'), IPv6Address('::ffff:7f00:1'))
    >>> literal("example.org")
    """
    host = plain_host(host)
    try:
        return ipaddress.ip_address(host.partition("%")[0] if ":" in host else host)
    except ValueError:
        return _ipv4(host)


def plain_host(host: str) -> str:
    """Return ``host`` unquoted, in NFKC and lower case, without brackets and trailing dot."""
    host = unicodedata.normalize("NFKC", unquote(host)).strip().lower()
    for stop in "。．｡":
        host = host.replace(stop, ".")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    return host.removesuffix(".")


def _ipv4(host: str) -> IPv4Address | None:
    parts = host.split(".")
    if len(parts) > 4 or not all(_NUMBER.match(part) for part in parts):
        return None
    try:
        numbers = [_number(part) for part in parts]
    except ValueError:
        return None
    *high, low = numbers
    if any(number > 255 for number in high) or low >= 256 ** (5 - len(parts)):
        return None
    value = low
    for place, number in enumerate(high):
        value += number << (8 * (3 - place))
    return IPv4Address(value)


def _number(text: str) -> int:
    if text[:2].lower() == "0x":
        return int(text[2:] or "0", 16)
    return int(text, 8) if len(text) > 1 and text[0] == "0" else int(text)


def is_public(address: IPAddress) -> bool:
    """Tell whether ``address`` is one of the public internet, looking into IPv6 addresses that carry an IPv4 one."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and (address in _NAT64 or address in _IPV4_COMPATIBLE):
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_local_name(host: str) -> bool:
    """Tell whether ``host`` is a local name of this machine or its network, without a resolver."""
    name = plain_host(host)
    return name in _LOCAL_NAMES or name.endswith(_LOCAL_ENDS)


def refusal(host: str) -> str | None:
    """Return why ``host`` may not be requested as far as its spelling shows, or ``None``."""
    if not host:
        return "it names no host"
    address = literal(host)
    if address is not None and not is_public(address):
        return f"{address} is not an IP address of the public internet"
    if address is None and is_local_name(host):
        return f"{plain_host(host)} is a name of this machine or its network"
    return None
