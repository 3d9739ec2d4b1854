"""Questions with answers: the part of an article that many set into an accordion below it, decided as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newscrawl.extraction.body.fallback import is_comment
from newscrawl.extraction.segments.elements import FLAGS, is_heading
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix

_LEAST: Final = 3
_MOST_OF_FORM: Final = 0.6
"""Questions from which they are such a part, and their share of what is formed like them in it."""
_LONGEST: Final = 200
_ANSWER: Final = 40
"""Characters of a question at most, and of its answer at least."""
_ODDS: Final = -2.0
"""Mean log odds, by length, from which such a part is the article's."""
_SHARE: Final = 1 / 3
"""Share of the body's length up to which it goes with the article."""
_MARKS: Final = ("?", "？", "؟")
_ENDS: Final = " \"'”’»+-–−*▼▾⌄"
_APART: Final = FLAGS["footer"] | FLAGS["nav"] | FLAGS["aside"] | FLAGS["form"]


def take_questions(segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
    """Take questions with answers into the body, in place, where nothing of them is in it and they just miss together.

    Each by itself looks like a button and the text of a box that is folded up.
    """
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    size = sum(len(segments[i].text) for i in body)
    told = {segments[i].text for i in body}
    for questions in _kinds(segments):
        span = _span(questions, segments)
        own = [i for i in span if roles[i] is Role.OUT]
        chars = sum(len(segments[i].text) for i in own)
        if (
            len(own) == len(span)
            and chars <= _SHARE * size
            and sum(float(logits[i]) * len(segments[i].text) for i in own) > _ODDS * chars
            and not any(segments[i].text in told for i in questions)
        ):
            if span[0] > 0 and is_heading(segments[span[0] - 1]) and roles[span[0] - 1] is Role.OUT:
                roles[span[0] - 1] = Role.BODY
            for i in own:
                if segments[i].link_chars * 2 < len(segments[i].text):
                    roles[i] = Role.BODY


def _kinds(segments: list[Segment]) -> Iterator[list[int]]:
    """Yield the questions of each form that have answers."""
    forms: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for i, item in enumerate(segments):
        if _is_question(item):
            forms.setdefault((item.frame.tag, item.frame.names), []).append(i)
    for (tag, names), found in forms.items():
        if len(found) < _LEAST or segments[found[0]].frame.flags & _APART or is_comment(segments[found[0]]):
            continue
        formed = [
            i
            for i in range(found[0], found[-1] + 1)
            if segments[i].frame.tag == tag and segments[i].frame.names == names
        ]
        if len(found) < _MOST_OF_FORM * len(formed):
            continue
        ends = [*formed[1:], min(found[-1] + _LEAST, len(segments))]
        if all(any(_is_answer(segments[i]) for i in range(at + 1, end)) for at, end in zip(formed, ends, strict=True)):
            yield found


def _is_question(item: Segment) -> bool:
    text = item.text
    return len(text) <= _LONGEST and text.rstrip(_ENDS).endswith(_MARKS) and item.link_chars * 2 < len(text)


def _is_answer(item: Segment) -> bool:
    return len(item.text) >= _ANSWER and item.link_chars * 2 < len(item.text) and not _is_question(item)


def _span(questions: list[int], segments: list[Segment]) -> range:
    """Return the segments from the first question to the end of the last answer."""
    answers = {segments[i].frame.kind for i in range(questions[0], questions[-1]) if i not in questions}
    end = questions[-1] + 1
    while end < len(segments) and segments[end].frame.kind in answers:
        end += 1
    return range(questions[0], end)
