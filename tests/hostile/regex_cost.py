"""A judge of regular expressions by their structure: which repeats without a bound cost more than the text is long.

Three faults are known, each by what a text of many such characters does to a matcher that goes back:

- *nested*: a repeat within one, where nothing parts two rounds of the inner one;
- *neighbours*: two repeats that may share out the same characters among themselves;
- *every start*: a repeat that something must follow, and that may begin at each character of what it repeats.

Repeats with an upper bound cost a constant for each place, and possessive ones never go back.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ALPHABET = frozenset((*range(0x250), 0x300, 0x3B1, 0x414, 0x5D0, 0x627, *range(0x2000, 0x2070), 0x3042, 0x4E00, 0xAC00))
MANY = 3000
"""An upper bound above this is none."""
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
Item = tuple[Any, Any]


def faults(pattern: re.Pattern[Any], *, searched: bool) -> list[str]:
    """What is wrong with a pattern; ``searched``: it is looked for at each place of a text."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    flags = tree.state.flags
    return sorted({fault for way in _ways(list(tree)) for fault in _faults_of(way, flags, searched)})


def _ways(items: list[Item]) -> Iterator[list[Item]]:
    """Yield the sequences that a pattern means, with groups opened, and branches where a repeat is in one."""
    for index, (op, value) in enumerate(items):
        before, after = items[:index], items[index + 1 :]
        if op is sre.SUBPATTERN:
            yield from _ways([*before, *value[3], *after])
            return
        if op is sre.BRANCH and any(_endless(list(branch)) for branch in value[1]):
            for branch in value[1]:
                yield from _ways([*before, *branch, *after])
            return
    yield items


def _faults_of(items: list[Item], flags: int, searched: bool) -> Iterator[str]:
    for index, (op, value) in enumerate(items):
        if op not in _REPEATS:
            continue
        _, high, body = value
        if high > 1 and op is not sre.POSSESSIVE_REPEAT and _is_nested(list(body), flags):
            yield "nested"
        if high <= MANY:
            continue
        of = chars(list(body), flags)
        if op is not sre.POSSESSIVE_REPEAT and _has_neighbour(items[index + 1 :], of, flags):
            yield "neighbours"
        if searched and _may_fail(items[index + 1 :]) and not _is_parted(items[:index], of, flags):
            yield "every start"


def _is_nested(body: list[Item], flags: int) -> bool:
    for way in _ways(body):
        for index, (op, value) in enumerate(way):
            if op not in (sre.MAX_REPEAT, sre.MIN_REPEAT) or value[1] == 1 or value[0] == value[1]:
                continue
            of = chars(list(value[2]), flags)
            others = way[:index] + way[index + 1 :]
            if not any(not _is_empty(other) and not chars([other], flags) & of for other in others):
                return True
            if value[1] > MANY and _has_neighbour(way[index + 1 :] + way[:index], of, flags):
                return True
    return False


def _has_neighbour(after: list[Item], of: frozenset[int], flags: int) -> bool:
    for op, value in after:
        if op in _REPEATS and value[1] > MANY and chars(list(value[2]), flags) & of:
            return True
        if op is not sre.AT and not _is_empty((op, value)) and not chars([(op, value)], flags) & of:
            return False
    return False


def _may_fail(after: list[Item]) -> bool:
    for op, value in after:
        if op is sre.BRANCH:
            if all(_may_fail(list(branch)) for branch in value[1]):
                return True
        elif op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT) or not _is_empty((op, value)):
            return True
    return False


def _is_parted(before: list[Item], of: frozenset[int], flags: int) -> bool:
    """Tell whether something must stand before a repeat that cannot stand in it."""
    for op, value in reversed(before):
        if op is sre.AT and value in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            return not flags & re.MULTILINE or 10 not in of
        if op is sre.ASSERT_NOT and value[0] < 0 and of <= chars(list(value[1]), flags):
            return True
        is_item = op not in (sre.AT, sre.ASSERT, sre.ASSERT_NOT)
        if is_item and not _is_empty((op, value)) and not chars([(op, value)], flags) & of:
            return True
    return False


def _is_empty(item: Item) -> bool:
    """Tell whether an item may be nothing."""
    op, value = item
    if op in _REPEATS:
        return value[0] == 0 or all(_is_empty(part) for part in value[2])
    if op is sre.BRANCH:
        return any(all(_is_empty(part) for part in branch) for branch in value[1])
    if op is sre.SUBPATTERN:
        return all(_is_empty(part) for part in value[3])
    if op is sre.ATOMIC_GROUP:
        return all(_is_empty(part) for part in value)
    return op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT)


def _endless(items: list[Item]) -> bool:
    for op, value in items:
        inner: list[Any] = []
        if op in _REPEATS:
            if value[1] > MANY:
                return True
            inner = [value[2]]
        elif op is sre.BRANCH:
            inner = value[1]
        elif op is sre.SUBPATTERN:
            inner = [value[3]]
        if any(_endless(list(part)) for part in inner):
            return True
    return False


def chars(items: list[Item], flags: int) -> frozenset[int]:
    """Return the characters of `ALPHABET` that may stand anywhere in what the items match."""
    found: set[int] = set()
    for op, value in items:
        if op is sre.LITERAL:
            found.add(value)
        elif op is sre.NOT_LITERAL:
            found |= ALPHABET - {value}
        elif op is sre.ANY:
            found |= ALPHABET if flags & re.DOTALL else ALPHABET - {10}
        elif op is sre.IN:
            found |= _in(value)
        elif op in _REPEATS:
            found |= chars(list(value[2]), flags)
        elif op is sre.BRANCH:
            found |= {char for branch in value[1] for char in chars(list(branch), flags)}
        elif op is sre.SUBPATTERN:
            found |= chars(list(value[3]), flags)
        elif op is sre.ATOMIC_GROUP:
            found |= chars(list(value), flags)
        elif op in (sre.GROUPREF, sre.GROUPREF_EXISTS):
            found |= ALPHABET
    if flags & re.IGNORECASE:
        found |= {ord(other) for char in found if len(other := chr(char).swapcase()) == 1}
    return frozenset(found)


def _in(parts: list[Item]) -> frozenset[int]:
    found: set[int] = set()
    for op, value in parts:
        if op is sre.LITERAL:
            found.add(value)
        elif op is sre.RANGE:
            found |= {char for char in ALPHABET if value[0] <= char <= min(value[1], sys.maxunicode)}
        elif op is sre.CATEGORY:
            found |= {char for char in ALPHABET if re.match(_CATEGORIES[value], chr(char))}
    return ALPHABET - found if parts[0][0] is sre.NEGATE else frozenset(found)
