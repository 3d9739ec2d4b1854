"""Lists, quotes, tables and headings that the models just miss, decided by what of their kind they take."""

from __future__ import annotations

from collections import Counter
from typing import Final

from newscrawl.extraction.body.fallback import is_comment
from newscrawl.extraction.body.siblings import MISSED, NEARLY, is_told
from newscrawl.extraction.segments.elements import FLAGS, HEADINGS
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.rejoin import CLOSERS, FINAL

_MISSED_HEADING: Final = -2.0
"""Log odds down to which a heading counts as just missed."""
_NEARLY_A_TABLE: Final = -1.25
"""Mean log odds of its rows: figures by themselves look little like an article."""
_LEAST_ROWS: Final = 3
_ALIKE: Final = 4
"""Pieces of one kind within the body from which the few of them that nearly are the body's follow the rest."""
_LONGEST_HEADING: Final = 120
_FORMED: Final = 2
"""Headings of one form in the body from which another one of it is the body's."""
_PARAGRAPH: Final = 60
_TABLE: Final = FLAGS["table"]
_WHOLE_TAGS: Final = ("ul", "ol", "blockquote")
_WHOLES: Final = FLAGS["ul"] | FLAGS["ol"] | FLAGS["blockquote"]


def take_near_misses(segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
    """Take into the body, in place, what just misses of a list, a quote, a table, or beside others of its kind."""
    odds: list[float] = logits.tolist()
    _take_items(segments, roles, odds)
    _take_rest(segments, roles, odds)
    _take_tables(segments, roles, odds)
    _take_headings(segments, roles, odds)
    _take_alike(segments, roles, odds)


def _take_items(segments: list[Segment], roles: list[Role], odds: list[float]) -> None:
    """Take the items of a list that nearly are the body's: where most are, or in the midst of the text all together."""
    lists: dict[int, list[int]] = {}
    for i, item in enumerate(segments):
        if item.frame.tag == "li" and item.frame.parent is not None:
            lists.setdefault(item.frame.parent.index, []).append(i)
    for items in lists.values():
        missed = [i for i in items if roles[i] is Role.OUT]
        taken = sum(roles[i] is Role.BODY for i in items)
        if not missed:
            continue
        most = taken > len(missed) and min(odds[i] for i in missed) > NEARLY
        together = _is_between(items, segments, roles) and sum(odds[i] for i in items) > NEARLY * len(items)
        if (most or together) and not any(is_told(segments[i].text) for i in missed):
            for i in missed:
                roles[i] = Role.BODY


def _take_rest(segments: list[Segment], roles: list[Role], odds: list[float]) -> None:
    """Take the rest of a quote, or of a list without others in it, of which a part is the body's and all nearly is."""
    boxes: dict[int, Frame] = {}
    for i, role in enumerate(roles):
        if role is Role.BODY and segments[i].frame.flags & _WHOLES:
            at: Frame | None = segments[i].frame
            while at is not None and at.tag not in _WHOLE_TAGS:
                at = at.parent
            if at is not None:
                boxes[at.index] = at
    for box in boxes.values():
        own = range(box.first, box.last + 1)
        missed = [i for i in own if roles[i] is Role.OUT]
        if (
            missed
            and sum(odds[i] for i in own) > NEARLY * len(own)
            and box.link_chars * 2 <= box.chars
            and not is_comment(segments[box.first])
            and (box.tag == "blockquote" or all(_is_item_of(segments[i], box) for i in own))
            and not any(is_told(segments[i].text) for i in missed)
        ):
            for i in missed:
                if odds[i] > MISSED and segments[i].link_chars * 2 <= len(segments[i].text):
                    roles[i] = Role.BODY


def _is_item_of(item: Segment, box: Frame) -> bool:
    """Tell whether a segment is an item of a list, or a block in one."""
    frame = item.frame if item.frame.tag == "li" else item.box
    return frame.tag == "li" and frame.parent is box


def _take_tables(segments: list[Segment], roles: list[Role], odds: list[float]) -> None:
    """Take the tables that nearly are the body's as a whole and stand right behind a text that is."""
    tables: dict[int, Frame] = {}
    for item in segments:
        if item.frame.flags & _TABLE:
            at: Frame | None = item.frame
            while at is not None and at.tag != "table":
                at = at.parent
            if at is not None:
                tables[at.index] = at
    for table in tables.values():
        rows = range(table.first, table.last + 1)
        if (
            table.segments >= _LEAST_ROWS
            and table.first > 0
            and roles[table.first - 1] is Role.BODY
            and all(roles[i] is Role.OUT for i in rows)
            and sum(odds[table.first : table.last + 1]) > _NEARLY_A_TABLE * len(rows)
            and not any(is_told(segments[i].text) for i in rows)
        ):
            for i in rows:
                roles[i] = Role.BODY


def _is_between(items: list[int], segments: list[Segment], roles: list[Role]) -> bool:
    """Tell whether a list stands between two paragraphs of the body, in one box with both."""
    before, after = items[0] - 1, items[-1] + 1
    box = segments[items[0]].box.parent
    return (
        before >= 0
        and after < len(segments)
        and all(roles[i] is Role.BODY and segments[i].frame.parent is box for i in (before, after))
        and all(segments[i].frame.tag == "p" for i in (before, after))
    )


def _take_headings(segments: list[Segment], roles: list[Role], odds: list[float]) -> None:
    """Take headings that nearly are the body's: between its paragraphs, or formed like its other headings."""
    missed = [
        i
        for i in range(len(segments) - 1)
        if roles[i] is Role.OUT
        and segments[i].frame.tag in HEADINGS
        and odds[i] > _MISSED_HEADING
        and _heads(i, segments, roles)
    ]
    for i in missed:
        if i > 0 and roles[i - 1] is Role.BODY and odds[i] > NEARLY:
            roles[i] = Role.BODY
    forms = Counter(_form(item) for item, role in zip(segments, roles, strict=True) if role is Role.BODY)
    for i in missed:
        if forms[_form(segments[i])] >= _FORMED:
            roles[i] = Role.BODY


def _take_alike(segments: list[Segment], roles: list[Role], odds: list[float]) -> None:
    """Take the pieces in places of one kind that all nearly are the body's, where most of that kind are."""
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    kinds: dict[int, list[int]] = {}
    for i in range(body[0] + 1, body[-1]) if body else ():
        kinds.setdefault(segments[i].frame.kind, []).append(i)
    for group in kinds.values():
        missed = [i for i in group if roles[i] is not Role.BODY]
        if (
            len(group) >= _ALIKE
            and 0 < 2 * len(missed) < len(group)
            and min(odds[i] for i in missed) > NEARLY
            and sum(odds[i] for i in group) > 0
            and not any(is_told(segments[i].text) for i in missed)
        ):
            for i in missed:
                if roles[i] is Role.OUT and segments[i].link_chars * 2 <= len(segments[i].text):
                    roles[i] = Role.BODY


def _form(item: Segment) -> tuple[object, ...]:
    """Return what headings of one kind have in common: tag, names and the box they stand in."""
    frame = item.frame
    return (frame.tag, frame.names, frame.parent.index) if frame.tag in HEADINGS and frame.parent else ()


def _heads(at: int, segments: list[Segment], roles: list[Role]) -> bool:
    """Tell whether a heading stands right above a paragraph of the body, in one box with it."""
    item, following = segments[at], segments[at + 1]
    return (
        roles[at + 1] is Role.BODY
        and following.frame.parent is item.frame.parent
        and (len(following.text) > _PARAGRAPH or following.text.rstrip(CLOSERS)[-1:] in FINAL)
        and len(item.text) <= _LONGEST_HEADING
        and item.link_chars * 2 <= len(item.text)
        and not is_told(item.text)
    )
