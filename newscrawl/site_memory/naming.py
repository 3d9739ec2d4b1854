"""The kind of removals by the site memory."""

from __future__ import annotations

from newscrawl.site_memory.pieces import MEMORY_RULE
from newscrawl.widgets.kind import SAYS_LITTLE, name_piece


def boilerplate_kind(texts: list[str], marks: int = 0, emails: int = 0) -> str:
    """Return the kind of a piece removed by the site memory: by its words or names, else ``furniture``."""
    kind, _ = name_piece(texts, marks, emails, 0.0, MEMORY_RULE)
    return "furniture" if kind == "other" or kind in SAYS_LITTLE else kind
