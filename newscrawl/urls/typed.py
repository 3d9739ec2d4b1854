"""URLs as people type them."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]{1,63}+\.){1,20}[^\W\d_][\w-]{1,63}+\.?(?::\d{1,5})?(?:[/?#].*)?", re.DOTALL)


def completed(text: str) -> str:
    """Return a URL that was typed without its scheme with ``https://``, and anything else as it stands.

    >>> completed("www.example.org/news"), completed("http://a.example/"), completed("harbour")
    ('https://www.example.org/news', 'http://a.example/', 'harbour')
    """
    text = text.strip()
    return f"https://{text}" if not _SCHEME.match(text) and _HOST.fullmatch(text) else text
