"""Limits for reading a feed, sitemap or page of links, from the settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from scrapy.settings import BaseSettings

from newscrawl.discovery.feeds import parse_feed
from newscrawl.discovery.found import SourceKind
from newscrawl.discovery.links import page_links
from newscrawl.discovery.sitemaps import parse_sitemap

_MIB: Final = 1024 * 1024
_SETTINGS: Final[dict[SourceKind, dict[str, str]]] = {
    "feed": {"most": "NEWSCRAWL_MAX_FEED_ENTRIES", "size": "NEWSCRAWL_MAX_FEED_MB"},
    "sitemap": {"most": "NEWSCRAWL_MAX_SITEMAP_ENTRIES", "size": "NEWSCRAWL_MAX_SITEMAP_MB"},
    "section": {"most": "NEWSCRAWL_MAX_LINKS"},
}


def limits_of(kind: SourceKind, settings: BaseSettings) -> dict[str, int]:
    """Return the limits of a kind of source: ``most``, the maximum of entries, and ``size``, the maximum of bytes."""
    unit = {"most": 1, "size": _MIB}
    return {name: int(settings.getfloat(setting) * unit[name]) for name, setting in _SETTINGS[kind].items()}


def reader_of(kind: SourceKind, settings: BaseSettings) -> Callable[..., Any]:
    """Return the function that reads a kind of source within its limits: of its body, URL and content type."""
    readers: dict[SourceKind, Callable[..., Any]] = {
        "feed": parse_feed,
        "sitemap": parse_sitemap,
        "section": page_links,
    }
    return partial(readers[kind], **limits_of(kind, settings))
