"""A feed, sitemap or page of links, as the spiders pass it on."""

from __future__ import annotations

from typing import Final, NamedTuple

from newscrawl.discovery.found import SourceKind

NAMES: Final[dict[SourceKind, str]] = {"feed": "the feed", "sitemap": "the sitemap", "section": "the page"}


class Source(NamedTuple):
    """A feed, sitemap or page of links to request; ``depth``: how many indexes and pages led to it."""

    url: str
    kind: SourceKind
    explicit: bool = False
    depth: int = 0
    is_guess: bool = False
    """Guessed: a usual path that nothing links to, whose absence is not reported."""
    is_listed: bool = False
    """The catalogue lists the site's feeds, so none are guessed."""
    site: str = ""
    """The site of the catalogue that the user gave; it failed where all its sources did."""
