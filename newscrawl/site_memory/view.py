"""What a page is judged by: how well the pieces of its site are known; it travels to the extraction's processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Standing(IntEnum):
    """How well a piece is known to be boilerplate."""

    COMPANION = 1
    """Short: removed beside boilerplate."""
    LABEL = 2
    """Short, on nearly every page: removed where it cannot be a heading."""
    LINE = 3
    """The same on several pages: removed unless it is marked as a heading."""
    BOILERPLATE = 4


@dataclass(frozen=True, slots=True)
class SiteView:
    """Standing of pieces: by fingerprint, and by fingerprint without numbers."""

    known: dict[int, Standing] = field(default_factory=dict)
    loose: dict[int, Standing] = field(default_factory=dict)
    foreign: frozenset[int] = frozenset()
    """Fingerprints of bodies that stood under several unlike headlines."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is known to repeat."""
        return not self.known and not self.loose
