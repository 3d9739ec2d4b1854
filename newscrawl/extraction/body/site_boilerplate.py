"""Segments of a page that the site memory knows, and those that it is to remember."""

from __future__ import annotations

from newscrawl.extraction.body.container import KEPT
from newscrawl.extraction.segments.elements import is_heading
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix
from newscrawl.site_memory.judge import boilerplate
from newscrawl.site_memory.pieces import MemoryPiece, piece_of_words
from newscrawl.site_memory.view import SiteView
from newscrawl.text.page_words import normal_lines
from newscrawl.widgets.rejoin import should_join


def body_pieces(segments: list[Segment], roles: list[Role]) -> list[MemoryPiece]:
    """Return the pieces of what is body by the page alone: what is remembered of it."""
    body = [item for item, role in zip(segments, roles, strict=True) if role in KEPT]
    return [
        piece_of_words(words, linked=bool(item.link_chars or item.control), heading=_may_head(item))
        for item, words in zip(body, normal_lines([item.text for item in body]), strict=True)
    ]


def _may_head(item: Segment) -> bool:
    return is_heading(item) or item.bold_chars >= len(item.text) - 1


def repeated_headlines(segments: list[Segment], roles: list[Role], logits: Matrix) -> dict[int, tuple[str, str]]:
    """Give headings that say the headline again, within the body, the role of what is taken; (kind, rule) of each.

    Where the models take one for the article's, it heads a part of it ("What is a ferry?") and stays.
    """
    first = next((i for i, role in enumerate(roles) if role in KEPT), len(roles))
    found: dict[int, tuple[str, str]] = {}
    for i in range(first, len(segments)):
        if roles[i] is not Role.HEADLINE:
            continue
        if logits[i] > 0 and segments[i].frame.tag != "h1":
            roles[i] = Role.BODY
        else:
            roles[i] = Role.RULED
            found[i] = ("headline", "role/headline")
    return found


def strike(segments: list[Segment], roles: list[Role], pieces: list[MemoryPiece], view: SiteView) -> None:
    """Give the body's segments that are the site's boilerplate that role, in place."""
    body = [i for i, role in enumerate(roles) if role in KEPT]

    def breaks(at: int) -> bool:
        return 0 < at < len(body) - 1 and should_join(segments[body[at - 1]].text, segments[body[at + 1]].text)

    for i, gone in zip(body, boilerplate(pieces, view, breaks), strict=True):
        if gone:
            roles[i] = Role.BOILERPLATE
