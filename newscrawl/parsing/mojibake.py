"""Text that was encoded twice before it was sent: UTF-8 read as Latin-1 and written as UTF-8 again."""

from __future__ import annotations

import re

_SIGN = re.compile(rb"\xc3(?:\xa2\xc2\x80|\x83\xc2)")
_RUN = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]{1,3}")


def twice_encoded(body: bytes) -> bool:
    """Tell whether UTF-8 ``body`` holds what only double encoding makes: control characters after "â" or "Ã"."""
    return _SIGN.search(body) is not None


def mend(text: str) -> str:
    """Return ``text`` with its twice encoded characters as they were meant; all others stay.

    >>> mend("Itâ\\x80\\x99s \\u00c9\\u00bb")
    'It’s É»'
    """
    return _RUN.sub(_once, text)


def _once(found: re.Match[str]) -> str:
    run = found.group()
    if run[0] not in "\u00c2\u00c3" and not any("\u0080" <= c <= "\u009f" for c in run):
        return run
    try:
        return run.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return run
