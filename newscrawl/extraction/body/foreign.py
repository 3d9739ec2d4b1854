"""A body that is not this page's: the site has it under other headlines too, and the page is judged without it."""

from __future__ import annotations

from newscrawl.extraction.body.fallback import THIN, is_comment
from newscrawl.extraction.body.prose_groups import prose_groups
from newscrawl.extraction.body.site_boilerplate import body_pieces
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix
from newscrawl.site_memory.pieces import MemoryPiece, piece
from newscrawl.site_memory.view import SiteView

_MOST = 0.8
"""Share of the body's letters in such a text from which the body is not the page's."""
_OUT = -10.0
_IN = 1.0


def foreign_pieces(segments: list[Segment], roles: list[Role], view: SiteView | None) -> list[MemoryPiece]:
    """Return the pieces of a body that is not the page's; none where it is."""
    if view is None or not view.foreign:
        return []
    own = body_pieces(segments, roles)
    found = [p for p in own if p.mark in view.foreign]
    return found if found and sum(p.size for p in found) >= _MOST * sum(p.size for p in own) else []


def without_foreign(segments: list[Segment], logits: Matrix, foreign: list[MemoryPiece]) -> Matrix | None:
    """Return logits by which the largest group of other prose is the body; ``None`` where there is hardly any."""
    marks = {p.mark for p in foreign}
    gone = [i for i, item in enumerate(segments) if piece(item.text).mark in marks]
    groups = [[i for i in group if i not in gone and not is_comment(segments[i])] for group in prose_groups(segments)]
    best = max(groups, key=lambda group: sum(len(segments[i].text) for i in group), default=[])
    if sum(len(segments[i].text) for i in best) < THIN:
        return None
    again = logits.copy()
    again[gone] = _OUT
    again[best] = again[best].clip(min=_IN)
    return again
