"""A second opinion for pages on which the models find next to nothing: trafilatura's."""

from __future__ import annotations

from newscrawl.extraction.features import words
from newscrawl.extraction.role import Role
from newscrawl.extraction.segment import Segment

THIN = 250
"""Characters of body below which another opinion is asked for."""
_LARGEST = 3_000_000
_MOST = 4_000
"""Segments beyond which it is not asked: its time grows with the square of the links and cells of a page."""
_HEAD = 60


def is_thin(segments: list[Segment], roles: list[Role]) -> bool:
    """Whether the body found is shorter than `THIN`."""
    return sum(len(s.text) for s, role in zip(segments, roles, strict=True) if role is Role.BODY) < THIN


def promote(page: str, segments: list[Segment], roles: list[Role]) -> None:
    """Take into the body, in place, the segments that trafilatura takes, where it finds at least twice as much."""
    if len(page) > _LARGEST or len(segments) > _MOST:
        return
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(page, with_metadata=False, include_comments=False, include_tables=False)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return
    text = getattr(found, "text", None) or ""
    ours = sum(len(s.text) for s, role in zip(segments, roles, strict=True) if role is Role.BODY)
    if len(text) < max(THIN, 2 * ours):
        return
    theirs = f" {' '.join(words(text))} "
    for i, item in enumerate(segments):
        own = " ".join(words(item.text))
        if roles[i] is Role.OUT and len(own) > 1 and f" {own[:_HEAD]}" in theirs and not item.control:
            roles[i] = Role.BODY
