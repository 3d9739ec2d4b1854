"""Text that reads like an article's but is another one's: comments, tickers, terms, copies of the whole."""

from __future__ import annotations

from typing import Final

from newscrawl.extraction.body.fallback import comments_around
from newscrawl.extraction.segments.features import words
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import FLAGS
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.markup import republishing_words

_OWN: Final = 400
"""Characters of the body elsewhere from which the rest may be another text's."""
_SURE: Final = 3.0
_NEAR: Final = 1.0
"""Logit from which a box holds the article, whatever its name, and how near that must be to the best of the rest."""
_LISTS: Final = FLAGS["ul"] | FLAGS["ol"]
_COPY: Final = 1000
_WHOLE: Final = 0.25
"""Characters, and share of the body, from which a segment may be a copy of all of it."""
_COPIED: Final = 0.8
_GRAM: Final = 4


def take_out_others(segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
    """Take out of the body, in place, what belongs to another text, where enough is left that does not."""
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    size = sum(len(segments[i].text) for i in body)
    for others in (
        _in_comments(body, segments, logits),
        _in_dialogs(body, segments),
        _above_headline(body, segments, roles),
        _copies(body, segments),
    ):
        gone = [i for i in others if roles[i] is Role.BODY]
        taken = sum(len(segments[i].text) for i in gone)
        if gone and size - taken >= _OWN:
            size -= taken
            for i in gone:
                roles[i] = Role.OUT


def _in_comments(body: list[int], segments: list[Segment], logits: Matrix) -> list[int]:
    """Return the segments in comments, where the models are as sure of none of them as of the rest."""
    around = {i: box for i in body if (box := comments_around(segments[i])) is not None}
    rest = max((float(logits[i]) for i in body if i not in around), default=_SURE)
    sure = {box.index for i, box in around.items() if logits[i] >= max(_SURE, rest - _NEAR)}
    return [i for i, box in around.items() if box.index not in sure]


def _in_dialogs(body: list[int], segments: list[Segment]) -> list[int]:
    """Return the segments in dialogs on how other papers may print the article."""
    known: dict[Frame, bool] = {}

    def is_in(frame: Frame | None) -> bool:
        if frame is None:
            return False
        if frame not in known:
            known[frame] = not republishing_words().isdisjoint(frame.names) or is_in(frame.parent)
        return known[frame]

    return [i for i in body if is_in(segments[i].frame)]


def _above_headline(body: list[int], segments: list[Segment], roles: list[Role]) -> list[int]:
    """Return the items of lists above the headline."""
    headline = roles.index(Role.HEADLINE) if Role.HEADLINE in roles else 0
    return [i for i in body if i < headline and segments[i].frame.flags & _LISTS]


def _copies(body: list[int], segments: list[Segment]) -> list[int]:
    """Return the segments that say in one piece what most of the others say together."""
    size = sum(len(segments[i].text) for i in body)
    copies = []
    for i in (i for i in body if len(segments[i].text) >= max(_COPY, size * _WHOLE)):
        rest: set[tuple[str, ...]] = set().union(*(_grams(segments[k].text) for k in body if k != i))
        own = _grams(segments[i].text)
        if len(own & rest) >= _COPIED * len(own):
            copies.append(i)
    return copies


def _grams(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + _GRAM]) for i in range(len(found) - _GRAM + 1)}
