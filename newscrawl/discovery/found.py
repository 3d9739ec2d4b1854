"""An article's URL as a source names it, with what the source says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

from newscrawl.parsing.values import plain as without_markup

SourceKind = Literal["feed", "sitemap", "section"]
_MAX_URL = 8000
_CONTROLS = "".join(map(chr, range(33)))
"""Browsers leave them out at both ends of a URL (URL Standard), and so does Python's parser."""


class SourceError(ValueError):
    """A source that cannot be read: ``reason`` is a short name to count by, the message a sentence for a person.

    Raised by `newscrawl.discovery.feeds.parse_feed`, `newscrawl.discovery.sitemaps.parse_sitemap` and the bodies they
    read.
    """

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Found:
    """A URL with the headline, language and dates (as they stand in the source) of its entry."""

    url: str
    headline: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None

    @property
    def is_dated(self) -> bool:
        """Whether the source gives any date."""
        return bool(self.published or self.modified)

    def facts(self, kind: SourceKind) -> dict[str, str]:
        """Return what travels with the request; names as `newscrawl.dates.known` and the extraction read them.

        >>> Found("https://a.example/1", published="2024-05-03").facts("sitemap")
        {'sitemap_published': '2024-05-03'}
        """
        source = "sitemap" if kind == "sitemap" else "feed"
        facts = {
            "headline": self.headline,
            "in_language": self.language,
            f"{source}_published": self.published,
            f"{source}_modified": self.modified,
        }
        return {name: value for name, value in facts.items() if value}


def web_url(link: str | None, base: str) -> str | None:
    """Return ``link`` made absolute against ``base``, or ``None`` where it is no HTTP URL.

    >>> web_url("/news/1", "https://a.example/feed"), web_url("file:///etc/passwd", "https://a.example/")
    ('https://a.example/news/1', None)
    """
    if not link:
        return None
    text = link.strip().strip(_CONTROLS).replace("&amp;", "&").replace("\n", "").replace("\r", "").replace("\t", "")
    if not text or len(text) > _MAX_URL:
        return None
    try:
        url = text if text[:4].lower() == "http" and "://" in text[:9] else urljoin(base, text)
        parts = urlsplit(url)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        return None
    return url if usable else None


def plain(text: str | None) -> str | None:
    """Return a title without markup and entities, on one line; ``None`` where nothing is left.

    >>> plain("<b>Ferry</b> &amp;amp; harbour")
    'Ferry & harbour'
    """
    return without_markup((text or "")[:2000])[:500] or None
