"""Bylines, date lines and credits around an article's text: they are no text, and they name people and agencies."""

from __future__ import annotations

from typing import Final

from newscrawl.dates import is_date_line
from newscrawl.extraction.metadata.agencies import is_agency
from newscrawl.extraction.metadata.names import is_byline
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role

_EDGE: Final = 6
_LONGEST: Final = 160
_HEADER: Final = 14
"""Segments above the text that are looked at for a byline."""
_FOOTER: Final = 8
"""Segments below the text that are."""
_TITLES: Final = frozenset(("h1", "h2", "h3", "h4"))


def mark_credits(segments: list[Segment], roles: list[Role]) -> None:
    """Give bylines and date lines their roles, in place: above the text, and at its beginning and end."""
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    if not body:
        return
    below = range(body[-1] + 1, min(body[-1] + 1 + _FOOTER, len(segments)))
    for i in [*_header(roles, body), *body[:_EDGE], *body[_EDGE:][-_EDGE:], *below]:
        item = segments[i]
        if roles[i] in (Role.BODY, Role.OUT) and len(item.text) <= _LONGEST and item.frame.tag not in _TITLES:
            if any(map(str.isdigit, item.text)) and is_date_line(item.text):
                roles[i] = Role.DATE
            elif is_byline(item.text) or is_agency(item.text):
                roles[i] = Role.BYLINE


def _header(roles: list[Role], body: list[int]) -> range:
    """Return the segments from below the headline into the text's beginning, whose first may be a standfirst."""
    titles = [i for i in range(body[0]) if roles[i] is Role.HEADLINE]
    start = titles[-1] + 1 if titles else body[0]
    end = body[min(2, len(body) - 1)]
    return range(max(start, body[0] - _HEADER), min(end, body[0] + _HEADER))
