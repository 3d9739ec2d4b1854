"""Patterns that people write: regular expressions whose cost is bounded whatever the text."""

from __future__ import annotations

import re
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

LONGEST: Final = 500
MOST_WAYS: Final = 2000
"""Most ways in which the repeats of a pattern may share out a text among themselves."""
_ENDLESS: Final = int(sre.MAXREPEAT)
_REPEATS: Final = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_LOOKS: Final = (sre.ASSERT, sre.ASSERT_NOT)


class PatternError(ValueError):
    """A pattern that is no regular expression, or may take too long. Raised by `compile_pattern`."""


@lru_cache(maxsize=4096)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern, case ignored; raises `PatternError` where it is wrong, or its cost has no bound.

    An endless repeat (``*``, ``+``, ``{3,}``) may stand only once, at the very end (``.*`` for the rest of the block);
    others need an upper bound (``.{0,80}``), may not hold another repeat that varies, and together may share out a text
    in at most `MOST_WAYS` ways. Back-references and looking around are refused.
    """
    if len(pattern) > LONGEST:
        raise PatternError(f"longer than {LONGEST} characters")
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
        tree = parser.parse(pattern, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternError(f"no regular expression: {error}") from None
    if compiled.match("") is not None:
        raise PatternError("it is met by nothing at all")
    ways = _ways(list(tree), True)
    if ways > MOST_WAYS:
        raise PatternError(
            f"its repeats can share out a text in {ways} ways ({MOST_WAYS} at most): give them lower bounds"
        )
    return compiled


def _ways(items: list[tuple[Any, Any]], last: bool) -> int:
    """In how many ways a sequence can be met at one place; ``last``: nothing of the pattern follows it."""
    ways = 1
    for index, (op, value) in enumerate(items):
        ways *= _ways_of(op, value, last and index == len(items) - 1)
    return ways


def _ways_of(op: Any, value: Any, last: bool) -> int:
    if op in _REPEATS:
        low, high, body = value
        inner = _ways(list(body), False)
        if inner > 1 and high > 1:
            raise PatternError("a repeat within a repeat: write it out, or give the inner one a fixed count")
        if high == _ENDLESS or high > 1000:
            if not last:
                raise PatternError("an endless repeat (*, +) before the end: give it an upper bound, as in .{0,80}")
            return inner
        return max(inner, 1) * (int(high) - int(low) + 1)
    if op is sre.BRANCH:
        return sum(_ways(list(branch), last) for branch in value[1])
    if op is sre.SUBPATTERN:
        return _ways(list(value[3]), last)
    if op is sre.ATOMIC_GROUP:
        return _ways(list(value), last)
    if op in (sre.GROUPREF, sre.GROUPREF_EXISTS):
        raise PatternError("a back-reference: patterns are without memory")
    if op in _LOOKS:
        raise PatternError("looking ahead or behind is not supported")
    return 1
