"""News pages, archives and texts to clean, dated records.

`clean_html`, `clean_text` and `parse_date` work without a crawl::

    >>> from newscrawl import clean_text
    >>> clean_text("The ferry sails again.").article_body
    'The ferry sails again.'

They are imported on first use, so that ``import newscrawl`` costs nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.api import clean_html, clean_text, parse_date

__all__ = ["clean_html", "clean_text", "parse_date"]

__path__.append(os.path.join(os.path.dirname(__file__), "former"))  # newscrawl.exporters_csv, in users' settings

if os.environ.get("NEWSCRAWL_PLAIN") or os.path.exists(os.path.join(os.path.dirname(__file__), ".compiled.json")):
    from newscrawl.compiled import choose

    choose()


def __getattr__(name: str) -> Any:
    """Import the library's functions on first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from newscrawl import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
