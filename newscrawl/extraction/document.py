"""What goes into the extraction and what comes out: values only, so that both can travel between processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from newscrawl.items import Article
from newscrawl.site_memory.pieces import MemoryPiece
from newscrawl.site_memory.view import SiteView

Media = Literal["html", "text", "markdown"]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as fetched.

    ``url`` is the URL requested; ``final_url`` where redirects led (``None``: nowhere else). ``content_type`` is
    the header's value. ``fetched_at`` is ISO 8601 in UTC, or ``None`` where unknown. ``facts`` are what was known
    before the fetch (a feed entry's or corpus row's ``headline``, ``date_published``, ``in_language``) and
    ``last_modified`` from the HTTP header. ``site`` is the parsed site file of the host, if there is one; ``memory``
    what is known of the site's boilerplate, ``None`` where nobody remembers a site's pages.
    ``article_only``: no clean page is wanted, and ``body`` stays empty.
    """

    url: str
    body: bytes
    media: Media = "html"
    content_type: str | None = None
    fetched_at: str | None = None
    final_url: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    site: dict[str, Any] = field(default_factory=dict)
    memory: SiteView | None = None
    article_only: bool = False


@dataclass(slots=True)
class Extraction:
    """What one pass found: the article (dates still as candidates), the cleaned document, and its encoding.

    ``article.not_article`` holds the reason where the document is none. ``pieces``: what the memory of the site is to
    remember of the page, its own boilerplate too; none where the document has no memory. ``refused``: people's rules
    that would have taken too much of the article and were not applied.
    """

    article: Article
    body: bytes
    encoding: str = "utf-8"
    next_page: str | None = None
    """The URL of the page on which the article goes on."""
    pieces: list[MemoryPiece] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    signals: dict[str, float] = field(default_factory=dict)
    """What ``article.confidence`` was reckoned from (`newscrawl.extraction.confidence`)."""
