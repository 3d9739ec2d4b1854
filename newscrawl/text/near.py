"""Did you mean …? What is nearest to a name that a person typed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


def nearest(name: str, names: Iterable[str], least: float = 0.6) -> str | None:
    """Return the one of ``names`` that is nearest to ``name``, or ``None`` where none is at least so near (0 to 1).

    >>> nearest("artcle", ["article", "warc"]), nearest("xyz", ["article"])
    ('article', None)
    """
    return next(iter(difflib.get_close_matches(name, names, n=1, cutoff=least)), None)


def did_you_mean(path: str | Path) -> str:
    """Return what to say behind "there is no file …": the name in the same folder that was meant, or nothing."""
    wanted = Path(path).expanduser()
    try:
        near = nearest(wanted.name, [entry.name for entry in wanted.parent.iterdir()], 0.7)
    except (OSError, ValueError):
        return ""
    return f": did you mean {wanted.parent / near}?" if near else ""
