"""Paragraphs that the models just miss, among others of their kind that they take."""

from __future__ import annotations

from typing import Final

from newscrawl.extraction.body.fallback import is_comment
from newscrawl.extraction.body.prose_groups import is_dense, prose_groups, prose_kinds
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.lexicon import default_lexicon

_LEAST: Final = 3
_LEAST_DENSE: Final = 2
_TAKEN: Final = 0.25
"""Share of a group's characters in the body from which the rest follows."""
MISSED: Final = -3.0
NEARLY: Final = -1.0
"""Log odds down to which a paragraph of a group counts as just missed, and a piece by itself."""
_TAKEN_OF_KIND: Final = 3
"""Paragraphs in the body from which others of their kind all over the page follow."""
_LINKED: Final = 4


def take_siblings(segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
    """Take prose into the body, in place, where a good part of the prose in boxes of the same kind beside it is there.

    On a page of an unknown kind the logits of an article lie around zero, and each paragraph by itself is a toss-up.
    """
    odds: list[float] = logits.tolist()
    for group in prose_groups(segments):
        size = sum(len(segments[i].text) for i in group)
        taken = sum(len(segments[i].text) for i in group if roles[i] is Role.BODY)
        least = _LEAST_DENSE if all(is_dense(segments[i].text) for i in group) else _LEAST
        if len(group) >= least and taken >= _TAKEN * size and not is_comment(segments[group[0]]):
            _take_missed(group, segments, roles, odds)
    for kind in prose_kinds(segments):
        taken = sum(roles[i] is Role.BODY for i in kind)
        if (
            _TAKEN_OF_KIND <= taken < len(kind)
            and not is_comment(segments[kind[0]])
            and sum(odds[i] * len(segments[i].text) for i in kind) > 0
        ):
            _take_missed(kind, segments, roles, odds)
    _take_beside(segments, roles, odds)


def _take_missed(group: list[int], segments: list[Segment], roles: list[Role], odds: list[float]) -> None:
    """Take the paragraphs of a group that the models just miss, but for those with a widget's words."""
    for i in group:
        if roles[i] is Role.OUT and odds[i] > MISSED and not is_told(segments[i].text):
            roles[i] = Role.BODY


def _take_beside(segments: list[Segment], roles: list[Role], odds: list[float]) -> None:
    """Take each paragraph of prose that nearly is the body's and stands in one box with a paragraph that is."""
    prose = [i for i, item in enumerate(segments) if item.prose and item.frame.tag == "p"]
    boxes = {id(segments[i].frame.parent) for i in prose if roles[i] is Role.BODY}
    for i in prose:
        item = segments[i]
        if (
            roles[i] is Role.OUT
            and odds[i] > NEARLY
            and id(item.frame.parent) in boxes
            and item.link_chars * _LINKED < len(item.text)
            and not is_told(item.text)
        ):
            roles[i] = Role.BODY


def is_told(text: str) -> bool:
    """Tell whether the words of a text are a widget's."""
    return any(hit.strength in ("label", "lead", "strong") for hit in default_lexicon().hits(text))
