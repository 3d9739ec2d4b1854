"""What a crawl hands to the store. Nothing here needs a database: crawls without a store use it, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from newscrawl.store.entry import StoreEntry


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to a URL that gave no new line: unchanged, or not an article."""

    key: str
    url: str
    site: str
    fetched: int | None
    article: int | None = None
    published: int | None = None


@dataclass(slots=True)
class Batch:
    """What becomes known in one transaction, once the lines are durable.

    ``entries``: articles, each with the numbers of the outputs that hold its line (``None``: a stream). ``visits``:
    looks without a line. ``sizes``: durable bytes and added lines by output. ``claims``: what ``run`` gives back.
    """

    entries: list[tuple[StoreEntry, Sequence[int | None]]] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    sizes: dict[int, tuple[int, int]] = field(default_factory=dict)
    run: int | None = None
    claims: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.entries or self.visits or self.sizes or self.claims)


@dataclass(slots=True)
class SiteFigures:
    """What one run found on one site; ``figures`` holds whatever else is to be judged later (plain values)."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    figures: dict[str, Any] = field(default_factory=dict)
