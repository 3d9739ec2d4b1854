"""Teasers of other articles: texts of one kind, each under a linked headline that is none of the body."""

from __future__ import annotations

from typing import Final

from newscrawl.extraction.body.link_paragraphs import leads_elsewhere
from newscrawl.extraction.segments.elements import is_heading
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix

_LEAST: Final = 3
_MOST_OF_KIND: Final = 0.6
"""Teasers from which they are a list of such, and their share of the body's texts in places of their kind."""
_SURE: Final = 3.0
"""Mean logit from which they are the article's: the parts of a list of things."""
_OWN: Final = 400
"""Characters of the body elsewhere from which the page has an article of its own."""
_BACK: Final = 2
"""Segments up to the headline; a source or date may stand between."""
_SHORTEST: Final = 15
_TEXT: Final = 40
"""Characters of a headline, and of the text under it."""
_LINKED: Final = 0.6


def take_out_teasers(segments: list[Segment], roles: list[Role], logits: Matrix, url: str) -> None:
    """Take lists of teasers out of the body, in place, where the page has an article of its own."""
    odds: list[float] = logits.tolist()
    kinds: dict[int, list[int]] = {}
    size = 0
    for i, role in enumerate(roles):
        if role is Role.BODY:
            size += len(segments[i].text)
            if len(segments[i].text) >= _TEXT and not is_heading(segments[i]):
                kinds.setdefault(segments[i].frame.kind, []).append(i)
    for own in kinds.values():
        if len(own) < _LEAST or sum([odds[i] for i in own]) >= _SURE * len(own):
            continue
        headed = sum(_is_headed(i, segments, roles, url) for i in own)
        taken = sum(len(segments[i].text) for i in own)
        if headed >= max(_LEAST, _MOST_OF_KIND * len(own)) and size - taken >= _OWN:
            size -= taken
            for i in own:
                roles[i] = Role.OUT


def _is_headed(at: int, segments: list[Segment], roles: list[Role], url: str) -> bool:
    """Tell whether a text that is no link itself stands under the linked headline of another page of the site."""
    if segments[at].link_chars * 2 >= len(segments[at].text):
        return False
    for above in range(at - 1, max(at - _BACK, 0) - 1, -1):
        head = segments[above]
        if roles[above] is Role.BODY:
            return False
        if len(head.text) >= _SHORTEST and head.link_chars >= _LINKED * len(head.text):
            return leads_elsewhere(head, url)
    return False
