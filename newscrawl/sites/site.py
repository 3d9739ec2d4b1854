"""To which site a page belongs."""

from __future__ import annotations

import re
from posixpath import dirname
from typing import Final
from urllib.parse import urlsplit

_PREFIX: Final = re.compile(r"(?:www\d{0,3}|m|mobile|amp)\.(?=[^.]{1,63}\.[^.])")
_ARCHIVED: Final = re.compile(r"https?://web\.archive\.org/web/[0-9a-z_*]{1,20}/(?=https?:)", re.I)


def site_of(url: str) -> str | None:
    """The host without ``www`` and the like, that of the page kept for one of the Internet Archive.

    Of a ``file:`` address its folder; ``None`` where there is neither.

    >>> site_of("https://www.example.org/news/1"), site_of("file:///corpus/1.txt")
    ('example.org', 'file:/corpus')
    """
    url = _ARCHIVED.sub("", url[:8192], count=1)
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme == "file":
        return f"file:{dirname(parts.path)}"
    return _PREFIX.sub("", host.rstrip("."), count=1)[:253] or None if host else None


def page_key(url: str) -> str:
    """An address without scheme and fragment: what tells one page of a site from another."""
    return url.partition("#")[0].partition("://")[2] or url
