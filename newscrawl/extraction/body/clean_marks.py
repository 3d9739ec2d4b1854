"""Marks in a cleaned page, so that cleaning it again finds the same article.

The models judge a piece by its neighbours, which are gone from a cleaned page: borderline pieces would fall
the other way. So the cleaned page says of its elements what their text is: ``data-newscrawl="body"``; of one with
several pieces of text of each in turn: ``"body out continued"``; and of its ``<body>`` where none of it is an
article's: ``"none"``. An empty ``"parted"`` stands where something was taken out of the middle of a text.
"""

from __future__ import annotations

from typing import Any, Final

from newscrawl.extraction.segments.elements import MARKED
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import MARK, Role
from newscrawl.parsing.tree import Element

ATTRIBUTE: Final = MARK
_CONTINUED: Final = "continued"
_OUT: Final = "out"
_NONE: Final = "none"
_ALL_BODY: Final = frozenset((Role.BODY.value, _CONTINUED))
_SAID: Final = {role: role.value for role in (Role.BODY, Role.STANDFIRST, Role.HEADLINE)}
_MARKED: Final = {said: role for role, said in _SAID.items()} | {_CONTINUED: Role.BODY}


def write_marks(
    body: Element, segments: list[Segment], roles: list[Role], within: frozenset[int], mended: list[Segment]
) -> None:
    """Mark the elements of ``body``, the page's own, in which the article's text stands.

    ``within``: the segments of the article's container, of which only the article stays. ``mended``: those that go on
    with the one before.
    """
    if Role.BODY not in roles:
        body.set(ATTRIBUTE, _NONE)
        return
    goes_on = {id(item) for item in mended}
    told = {item.frame.index for item, role in zip(segments, roles, strict=True) if role in _SAID}
    values: dict[Any, list[str]] = {}
    for i, (item, role) in enumerate(zip(segments, roles, strict=True)):
        if item.frame.index not in told:
            continue
        said = _SAID.get(role, _OUT)
        if said == _OUT and i in within:
            continue
        if id(item) in goes_on and role is Role.BODY:
            said = _CONTINUED
        of_element = values.setdefault(item.frame.element, [])
        if item.cells and of_element and not _MARKED.keys().isdisjoint((*of_element, said)):
            item.cells[0].element.set(ATTRIBUTE, said)  # or it would be put to the cells before
        of_element.append(said)
    for element, of_element in values.items():
        alike = len(set(of_element)) == 1
        element.set(ATTRIBUTE, of_element[0] if alike else " ".join(of_element))


def read_marks(body: Element, segments: list[Segment], roles: list[Role]) -> None:
    """Give the segments of a page that was cleaned before the roles it says, in place; other pages stay as they are."""
    if body.get(ATTRIBUTE) == _NONE:
        roles[:] = [Role.OUT if role in (Role.BODY, Role.STANDFIRST) else role for role in roles]
        return
    if not any(item.frame.flags & MARKED for item in segments):
        return
    of_elements: dict[Element, list[int]] = {}
    for i, item in enumerate(segments):
        of_elements.setdefault(item.frame.element, []).append(i)
    said = {element: (element.get(ATTRIBUTE) or "").split() for element in of_elements}
    if not any(Role.BODY.value in marks for marks in said.values()):
        return
    for element, places in of_elements.items():
        marks = said[element] or [_OUT]
        if len(marks) == 1 or (len(marks) != len(places) and _ALL_BODY.issuperset(marks)):
            marks = marks[:1] * len(places)  # pieces may run together where what parted them is gone
        if len(marks) == len(places):  # else it was changed since, and the models are as good as anything
            for i, mark in zip(places, marks, strict=True):
                _give(mark, segments[i], roles, i)


def _give(mark: str, item: Segment, roles: list[Role], i: int) -> None:
    item.is_rest = mark == _CONTINUED
    if mark in _MARKED:
        roles[i] = _MARKED[mark]
    elif roles[i] in (Role.BODY, Role.STANDFIRST):
        roles[i] = Role.OUT
