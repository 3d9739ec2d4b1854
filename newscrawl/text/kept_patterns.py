"""Regular expressions that take milliseconds to compile, kept ready: those of large alphabets and of many words."""

from __future__ import annotations

import re
from array import array
from contextlib import suppress
from functools import cache
from typing import Any, Final

from newscrawl.text.package_data import keep, kept

_NAME: Final = "patterns"
_MOST: Final = 100
"""Patterns kept; older releases had others, and with more than this the file is begun again."""
_Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, code, number of groups, groups by name, names of groups: what Python's compiler makes of a pattern."""


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return ``re.compile(pattern, flags)``."""
    try:
        import _sre  # type: ignore[import-not-found]
        from re import _compiler  # type: ignore[attr-defined]

        compile_code: Any = _sre.compile
        known, key = _known(), f"{int(flags)} {pattern}"
        code = known.get(key)
        if code is None:
            code = _code(_compiler, pattern, flags)
            if len(known) >= _MOST:
                known.clear()
            known[key] = code
            keep(_NAME, [], known)
        made, packed, groups, by_name, names = code
        found: re.Pattern[str] = compile_code(pattern, made, array("I", packed).tolist(), groups, by_name, names)
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError, OverflowError):  # another Python's
        return re.compile(pattern, flags)
    return found


@cache
def _known() -> dict[str, _Code]:
    with suppress(ValueError):
        return kept(_NAME, [], dict)
    return {}


def _code(compiler: Any, pattern: str, flags: int) -> _Code:
    """Return the code of a pattern; the steps are those of ``re._compiler.compile``."""
    parsed = compiler._parser.parse(pattern, int(flags))
    code = compiler._code(parsed, int(flags))
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    return int(flags) | state.flags, array("I", code).tobytes(), state.groups - 1, dict(state.groupdict), tuple(names)
