"""Results of a reader: a document, or the problem that prevented one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.extraction.document import Media
    from newscrawl.items import Right


@dataclass(frozen=True, slots=True)
class Record:
    """A document in a file; the fields are those of `newscrawl.extraction.document.Document`.

    ``headers`` are the HTTP headers kept with it; ``place`` is its position ("news.warc.gz, record 12").
    """

    url: str
    body: bytes
    place: str
    media: Media = "html"
    headers: dict[str, str] = field(default_factory=dict)
    fetched_at: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    final_url: str | None = None
    rights: list[Right] | None = None
    """Reservations found outside the page; ``None``: not looked up."""
    is_following: bool = False
    """Whether it is a following page of an article."""
    pages: list[Record] = field(default_factory=list)
    """The following pages of the article."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Reason why a part of a file gave no document.

    ``reason`` is a short name to count by, ``detail`` the sentence for people. ``damage`` is true where the file
    itself is at fault (unreadable, truncated), false for normal contents of an archive (a 404, a picture).
    """

    reason: str
    detail: str
    place: str
    url: str | None = None
    damage: bool = False
