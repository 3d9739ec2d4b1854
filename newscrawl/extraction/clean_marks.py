"""Marks in a cleaned page, so that cleaning it again finds the same article.

The models judge a piece by what stands around it, and that is gone from a cleaned page: borderline pieces would fall
the other way. So the cleaned page says of its elements what their text is: ``data-newscrawl="body"``.
"""

from __future__ import annotations

from typing import Any, Final

from newscrawl.extraction.role import Role
from newscrawl.extraction.segment import Segment

ATTRIBUTE: Final = "data-newscrawl"
_MIXED: Final = "mixed"
_CONTINUED: Final = "continued"
_MARKED: Final = {role.value: role for role in (Role.BODY, Role.STANDFIRST, Role.HEADLINE)} | {_CONTINUED: Role.BODY}


def write_marks(segments: list[Segment], roles: list[Role], within: frozenset[int], mended: list[Segment]) -> None:
    """Mark the elements in which the article's text stands; one with other text beside it is marked as mixed.

    ``within``: the segments of the article's container, of which only the article stays. ``mended``: those that go on
    with the one before.
    """
    goes_on = {id(item) for item in mended}
    values: dict[Any, set[str]] = {}
    for i, (item, role) in enumerate(zip(segments, roles, strict=True)):
        if i in within and role.value not in _MARKED:
            continue
        said = _CONTINUED if id(item) in goes_on and role is Role.BODY else role.value
        values.setdefault(item.frame.element, set()).add(said)
    for element, of_element in values.items():
        if of_element == {Role.BODY.value, _CONTINUED}:
            element.set(ATTRIBUTE, Role.BODY.value)
        elif of_element & _MARKED.keys():
            element.set(ATTRIBUTE, next(iter(of_element)) if len(of_element) == 1 else _MIXED)


def read_marks(segments: list[Segment], roles: list[Role]) -> None:
    """Give the segments of a page that was cleaned before the roles it says, in place; other pages stay as they are."""
    said = [item.frame.element.get(ATTRIBUTE) for item in segments]
    if Role.BODY.value not in said:
        return
    for i, value in enumerate(said):
        if value in _MARKED:
            roles[i] = _MARKED[value]
        elif value != _MIXED and roles[i] in (Role.BODY, Role.STANDFIRST):
            roles[i] = Role.OUT


def is_marked_as_rest(item: Segment) -> bool:
    """Whether an earlier cleaning put a segment to the block before it."""
    return bool(item.frame.element.get(ATTRIBUTE) == _CONTINUED)
