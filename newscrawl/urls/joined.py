"""A link made absolute."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin

_WHOLE: Final = re.compile(
    r"https?://[\w.-]{1,253}/[\w./~%+&=,@:!$*-]{0,2000}(?:\?[\w./~%+&=,@:!$*-]{1,2000})?", re.ASCII
)
"""A URL that `urljoin` gives back as it is."""


def joined(base: str, link: str) -> str:
    """Return ``link`` as seen from ``base``, as `urljoin` does; most are whole, and need not be taken apart for it.

    Raises `ValueError` for what is no URL.

    >>> joined("https://news.example/a/b.html", "../c.html"), joined("https://news.example/", "http://x.example/?a=1")
    ('https://news.example/c.html', 'http://x.example/?a=1')
    """
    return link if _WHOLE.fullmatch(link) else urljoin(base, link)
