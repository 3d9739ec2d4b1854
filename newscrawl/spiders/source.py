"""A feed, sitemap or page of links, as the spiders hand it on."""

from __future__ import annotations

from typing import Final, NamedTuple

from newscrawl.discovery.found import SourceKind

NAMES: Final[dict[SourceKind, str]] = {"feed": "the feed", "sitemap": "the sitemap", "section": "the page"}


class Source(NamedTuple):
    """A feed, sitemap or page of links to look at; ``depth``: how many indexes and pages led to it."""

    url: str
    kind: SourceKind
    named: bool = False
    depth: int = 0
    is_guess: bool = False
    """Nothing named it: it is a usual place, and nobody minds if there is nothing."""
    is_listed: bool = False
    """The catalogue says where the site's feeds are, so nothing is guessed."""
    site: str = ""
    """The site of the catalogue that the user named; it failed where all its sources did."""
