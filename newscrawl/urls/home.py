"""Home pages, told by their path."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from urllib.parse import SplitResult


@cache
def _paths() -> frozenset[str]:
    file = resources.files("newscrawl") / "data" / "urls" / "hosts.toml"
    return frozenset(tomllib.loads(file.read_text(encoding="utf-8"))["home"]["paths"])


def is_home_page(parts: SplitResult) -> bool:
    """Tell whether a split URL is that of a home page: no query, and no path or one of ``data/urls/hosts.toml``.

    >>> from urllib.parse import urlsplit
    >>> is_home_page(urlsplit("https://a.example/Index.html")), is_home_page(urlsplit("https://a.example/?p=17"))
    (True, False)
    """
    return not parts.query and parts.path.strip("/").lower() in _paths()
