"""Home pages, told by their path."""

from __future__ import annotations

from functools import cache
from urllib.parse import SplitResult

from newscrawl.text.package_data import table


@cache
def _paths() -> frozenset[str]:
    return frozenset(table("urls/hosts.toml")["home"]["paths"])


def is_home_page(parts: SplitResult) -> bool:
    """Tell whether a split URL is that of a home page: no query, and no path or one of ``data/urls/hosts.toml``.

    >>> from urllib.parse import urlsplit
    >>> is_home_page(urlsplit("https://a.example/Index.html")), is_home_page(urlsplit("https://a.example/?p=17"))
    (True, False)
    """
    return not parts.query and parts.path.strip("/").lower() in _paths()
