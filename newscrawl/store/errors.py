"""What can be wrong with a store, as one line for the user."""

from __future__ import annotations

from newscrawl.exceptions import StoreError
from newscrawl.text.normalise import collapse
from newscrawl.text.plain import one_line

_SENTENCES = (
    ("database is locked", "is locked by another program"),
    ("database table is locked", "is locked by another program"),
    ("readonly database", "is read-only"),
    ("read-only transaction", "is read-only"),
    ("file is not a database", "is damaged, or no store at all"),
    ("malformed", "is damaged: put a backup in its place, or name another store"),
    ("disk is full", "is full: no space is left on its disk"),
    ("disk i/o error", "cannot be read or written: an error of its disk"),
    ("unable to open database file", "cannot be opened: is its folder there, and may you write in it?"),
    ("no such table", "is damaged: a table is missing"),
)


_PASSING = ("40P01", "40001")  # deadlock, serialisation failure: one of two transactions is given up


def store_error(where: str, error: BaseException) -> StoreError:
    """Return the error for the user that ``error`` of the driver amounts to; ``where`` names the store."""
    text = collapse(str(error))
    low = text.lower()
    for sign, sentence in _SENTENCES:
        if sign in low:
            return StoreError(f"the store {where} {sentence}")
    found = StoreError(f"the store {where} cannot be used: {one_line(text, limit=300)}")
    found.passes = getattr(error, "sqlstate", None) in _PASSING
    return found
