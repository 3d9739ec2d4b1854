"""Text that was encoded twice before it was sent: UTF-8 read as Latin-1 and written as UTF-8 again."""

from __future__ import annotations

import re

_SIGN = re.compile("\u00c3[\u0080-\u00bf]")
_RUN = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]{1,3}")


def twice_encoded(text: str) -> bool:
    """Tell whether a page's text holds what only double encoding makes: controls and signs after "â" or "Ã"."""
    return ("\u0080" in text and "\u00e2\u0080" in text) or ("\u00c3" in text and _SIGN.search(text) is not None)


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
