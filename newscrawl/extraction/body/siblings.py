"""Paragraphs and headings that the models just miss, among others of their kind that they take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from newscrawl.extraction.body.fallback import is_comment
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import FLAGS, HEADINGS
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.lexicon import default_lexicon
from newscrawl.widgets.rejoin import CLOSERS, FINAL

_LEAST: Final = 3
_LEAST_DENSE: Final = 2
_TAKEN: Final = 0.25
"""Share of a group's characters in the body from which the rest follows."""
_MISSED: Final = -3.0
_NEARLY: Final = -1.0
"""Log odds down to which a paragraph of a group counts as just missed, and a paragraph or heading by itself."""
_MISSED_HEADING: Final = -2.0
_TAKEN_OF_KIND: Final = 3
"""Paragraphs in the body from which others of their kind all over the page follow."""
_NEARLY_A_TABLE: Final = -1.25
"""Mean log odds of its rows: figures by themselves look little like an article."""
_ALIKE: Final = 4
"""Pieces of one kind within the body from which the few of them that nearly are the body's follow the rest."""
_LINKED: Final = 4
_LONGEST_HEADING: Final = 120
_FORMED: Final = 2
"""Headings of one form in the body from which another one of it is the body's."""
_PARAGRAPH: Final = 60
_DENSE: Final = 20
"""Signs from which a sentence of Chinese or Japanese is taken for prose."""
_TABLE: Final = FLAGS["table"]
_WHOLE_TAGS: Final = ("ul", "ol", "blockquote")
_WHOLES: Final = FLAGS["ul"] | FLAGS["ol"] | FLAGS["blockquote"]
_APART: Final = FLAGS["figcaption"] | FLAGS["footer"] | FLAGS["nav"]


def take_siblings(segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
    """Take prose into the body, in place, where a good part of the prose in boxes of the same kind beside it is there.

    On a page of an unknown kind the logits of an article lie around zero, and each paragraph by itself is a toss-up.
    """
    odds: list[float] = logits.tolist()
    for group in prose_groups(segments):
        size = sum(len(segments[i].text) for i in group)
        taken = sum(len(segments[i].text) for i in group if roles[i] is Role.BODY)
        least = _LEAST_DENSE if all(_is_dense(segments[i].text) for i in group) else _LEAST
        if len(group) >= least and taken >= _TAKEN * size and not is_comment(segments[group[0]]):
            _take_missed(group, segments, roles, odds)
    for kind in _prose_kinds(segments):
        taken = sum(roles[i] is Role.BODY for i in kind)
        if (
            _TAKEN_OF_KIND <= taken < len(kind)
            and not is_comment(segments[kind[0]])
            and sum(odds[i] * len(segments[i].text) for i in kind) > 0
        ):
            _take_missed(kind, segments, roles, odds)
    _take_beside(segments, roles, odds)
    _take_items(segments, roles, odds)
    _take_rest(segments, roles, odds)
    _take_tables(segments, roles, odds)
    _take_headings(segments, roles, odds)
    _take_alike(segments, roles, odds)


def _take_missed(group: list[int], segments: list[Segment], roles: list[Role], odds: list[float]) -> None:
    """Take the paragraphs of a group that the models just miss, but for those with a widget's words."""
    for i in group:
        if roles[i] is Role.OUT and odds[i] > _MISSED and not _is_told(segments[i].text):
            roles[i] = Role.BODY


def _take_beside(segments: list[Segment], roles: list[Role], odds: list[float]) -> None:
    """Take each paragraph of prose that nearly is the body's and stands in one box with a paragraph that is."""
    prose = [i for i, item in enumerate(segments) if item.prose and item.frame.tag == "p"]
    boxes = {id(segments[i].frame.parent) for i in prose if roles[i] is Role.BODY}
    for i in prose:
        item = segments[i]
        if (
            roles[i] is Role.OUT
            and odds[i] > _NEARLY
            and id(item.frame.parent) in boxes
            and item.link_chars * _LINKED < len(item.text)
            and not _is_told(item.text)
        ):
            roles[i] = Role.BODY


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
        most = taken > len(missed) and min(odds[i] for i in missed) > _NEARLY
        together = _is_between(items, segments, roles) and sum(odds[i] for i in items) > _NEARLY * len(items)
        if (most or together) and not any(_is_told(segments[i].text) for i in missed):
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
            and sum(odds[i] for i in own) > _NEARLY * len(own)
            and box.link_chars * 2 <= box.chars
            and not is_comment(segments[box.first])
            and (box.tag == "blockquote" or all(_is_item_of(segments[i], box) for i in own))
            and not any(_is_told(segments[i].text) for i in missed)
        ):
            for i in missed:
                if odds[i] > _MISSED and segments[i].link_chars * 2 <= len(segments[i].text):
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
            table.segments >= _LEAST
            and table.first > 0
            and roles[table.first - 1] is Role.BODY
            and all(roles[i] is Role.OUT for i in rows)
            and sum(odds[table.first : table.last + 1]) > _NEARLY_A_TABLE * len(rows)
            and not any(_is_told(segments[i].text) for i in rows)
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
        if i > 0 and roles[i - 1] is Role.BODY and odds[i] > _NEARLY:
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
            and min(odds[i] for i in missed) > _NEARLY
            and sum(odds[i] for i in group) > 0
            and not any(_is_told(segments[i].text) for i in missed)
        ):
            for i in missed:
                if roles[i] is Role.OUT and segments[i].link_chars * 2 <= len(segments[i].text):
                    roles[i] = Role.BODY


def _form(item: Segment) -> tuple[object, ...]:
    """Return what headings of one kind have in common: tag, names and the box they stand in."""
    frame = item.frame
    return (frame.tag, frame.names, frame.parent.index) if frame.tag in HEADINGS and frame.parent else ()


def prose_groups(segments: list[Segment]) -> Iterator[list[int]]:
    """Yield the paragraphs in boxes of the same kind: tag and names, the parent's too, below one grandparent."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for i in _prose(segments):
        frame = segments[i].frame
        upper = frame.parent or frame
        key = (frame.tag, frame.names, upper.tag, upper.names, (upper.parent or upper).index)
        groups.setdefault(key, []).append(i)
    yield from groups.values()


def _prose_kinds(segments: list[Segment]) -> Iterator[list[int]]:
    """Yield the paragraphs in boxes of the same kind at the same depth, wherever on the page these stand.

    A guide's chapters stand in boxes side by side, and the models lose heart from one to the next.
    """
    kinds: dict[tuple[object, ...], list[int]] = {}
    for i in _prose(segments):
        frame = segments[i].frame
        upper = frame.parent or frame
        kinds.setdefault((frame.tag, frame.names, upper.tag, upper.names, frame.depth), []).append(i)
    yield from kinds.values()


def _prose(segments: list[Segment]) -> Iterator[int]:
    """Yield the places of running text that is no list of links, control, caption or program."""
    for i, item in enumerate(segments):
        if (
            (item.prose or _is_dense(item.text))
            and not item.control
            and item.link_chars * _LINKED < len(item.text)
            and not item.frame.flags & _APART
            and item.frame.tag != "pre"
        ):
            yield i


def _is_dense(text: str) -> bool:
    """Tell whether a text is a sentence of a script that says with one sign what others say with a word."""
    return len(text) >= _DENSE and not text.isascii() and text.rstrip(CLOSERS)[-1:] in "。！？"


def _heads(at: int, segments: list[Segment], roles: list[Role]) -> bool:
    """Tell whether a heading stands right above a paragraph of the body, in one box with it."""
    item, following = segments[at], segments[at + 1]
    return (
        roles[at + 1] is Role.BODY
        and following.frame.parent is item.frame.parent
        and (len(following.text) > _PARAGRAPH or following.text.rstrip(CLOSERS)[-1:] in FINAL)
        and len(item.text) <= _LONGEST_HEADING
        and item.link_chars * 2 <= len(item.text)
        and not _is_told(item.text)
    )


def _is_told(text: str) -> bool:
    """Tell whether the words of a text are a widget's."""
    return any(hit.strength in ("label", "lead", "strong") for hit in default_lexicon().hits(text))
