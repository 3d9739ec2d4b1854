"""The person who writes a site alone, as its masthead names him."""

from __future__ import annotations

from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.name_shape import has_given_name, is_name
from newscrawl.extraction.metadata.people import strip_label
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.text.normalise import title_key

_MASTHEAD = 12
_COLOPHON = 10
_PART = 4
"""Letters from which a name's part found in the host's is no accident."""


def owner(segments: list[Segment], roles: list[Role], house: list[str]) -> list[str]:
    """Return the name over the headline that is also in the site's name (``house``) or its copyright line."""
    headline = next((i for i, role in enumerate(roles) if role is Role.HEADLINE), 0)
    colophon = [title_key(item.text) for item in segments[-_COLOPHON:] if "©" in item.text]
    sites = [title_key(name) for name in house]
    for item in segments[: min(headline, _MASTHEAD)]:
        name = strip_label(item.text.strip(" /|·"))
        if not is_name(name) or not has_given_name(name):
            continue
        parts = [part for part in name.casefold().split() if len(part) >= _PART and part not in lexicon().particles]
        if any(part in site for part in parts for site in sites) or any(title_key(name) in line for line in colophon):
            return [name]
    return []
