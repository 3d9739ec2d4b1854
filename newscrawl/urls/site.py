"""To which site a host or a page belongs: the one notion of a site, for memory, store, alarms, shards and delays."""

from __future__ import annotations

from functools import lru_cache
from posixpath import dirname
from typing import Final
from urllib.parse import urlsplit

from newscrawl.text.package_data import table
from newscrawl.urls.canonical import original_url
from newscrawl.urls.public_suffixes import registrable_domain

_LONGEST: Final = 253


def _devices() -> dict[str, list[str]]:
    found: dict[str, list[str]] = table("urls/hosts.toml")["device"]
    return found


def _is_device(label: str) -> bool:
    return label in _devices()["labels"] or label.rstrip("0123456789") in _devices()["numbered"]


@lru_cache(maxsize=4096)
def site_of_host(host: str) -> str:
    """Return the site of a host: the host without labels that only stand for a device or a technique.

    Never shorter than the registrable domain; any other subdomain is a site of its own.

    >>> site_of_host("www.paper.example"), site_of_host("m.sport.paper.example"), site_of_host("amp.com")
    ('paper.example', 'sport.paper.example', 'amp.com')
    """
    host = host.rstrip(".").lower()
    shortest = len(registrable_domain(host))
    while True:
        first, _, rest = host.partition(".")
        if len(rest) < shortest or not _is_device(first):
            return host[:_LONGEST]
        host = rest


@lru_cache(maxsize=1024)
def site_of(url: str) -> str | None:
    """Return the site of a URL: that of the page kept for one of an archive or of a cache of AMP pages.

    Of a ``file:`` URL its folder; ``None`` where there is neither.

    >>> site_of("https://www.example.org/news/1"), site_of("file:///corpus/1.txt")
    ('example.org', 'file:/corpus')
    """
    try:
        parts = urlsplit(original_url(url[:8192]))
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme == "file":
        return f"file:{dirname(parts.path)}"
    return site_of_host(host) or None if host else None


def site_name(url: str) -> str:
    """Return the site of a web page's URL, ``""`` where it has none."""
    found = site_of(url)
    return "" if found is None or found.startswith("file:") else found


def page_key(url: str) -> str:
    """Return a URL without scheme and fragment: what tells one page of a site from another."""
    return url.partition("#")[0].partition("://")[2] or url
