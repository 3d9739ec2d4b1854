"""How much of a feed, sitemap or page of links is read, as the settings say."""

from __future__ import annotations

from typing import Final

from scrapy.settings import BaseSettings

from newscrawl.discovery.found import SourceKind

_MIB: Final = 1024 * 1024
_SETTINGS: Final[dict[SourceKind, dict[str, str]]] = {
    "feed": {"most": "NEWSCRAWL_MAX_FEED_ENTRIES", "size": "NEWSCRAWL_MAX_FEED_MB"},
    "sitemap": {"most": "NEWSCRAWL_MAX_SITEMAP_ENTRIES", "size": "NEWSCRAWL_MAX_SITEMAP_MB"},
    "section": {"most": "NEWSCRAWL_MAX_LINKS"},
}


def limits_of(kind: SourceKind, settings: BaseSettings) -> dict[str, int]:
    """Return the limits of a kind of source: ``most`` entries that are read, and ``size``, the bytes it may have."""
    unit = {"most": 1, "size": _MIB}
    return {name: int(settings.getfloat(setting) * unit[name]) for name, setting in _SETTINGS[kind].items()}
