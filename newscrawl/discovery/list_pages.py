"""Which URLs are further pages of a list of articles, or lists by subject."""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from urllib.parse import unquote, urlsplit

from newscrawl.discovery.url_shape import data

_HIGHEST: Final = 9_999


@cache
def _numbered() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for rule in data()["pagination"] for name in rule["names"])
    return re.compile(rf"(?:[/?&](?:{names})[/=-])0{{0,3}}([1-9]\d{{0,3}})/?(?:&|\.html?|\Z)", re.IGNORECASE)


@cache
def _subjects() -> frozenset[str]:
    rules = (rule for rule in data()["not_article"] if rule.get("is_list"))
    return frozenset(segment for rule in rules for segment in rule["segments"])


def page_number(url: str) -> int | None:
    """Return which page of a list a URL says it is, ``None`` where it says nothing.

    >>> page_number("https://a.example/sport/page/12/"), page_number("https://a.example/sport?page=2")
    (12, 2)
    """
    found = _numbered().search(url[:2000])
    return int(found[1]) if found and int(found[1]) <= _HIGHEST else None


def is_list_page(url: str) -> bool:
    """Tell whether a URL is that of a numbered page of a list, or of a list by subject.

    >>> [is_list_page(f"https://a.example/{path}") for path in ("tag/harbour", "sport?page=2", "news/12345")]
    [True, True, False]
    """
    if page_number(url) is not None:
        return True
    try:
        segments = unquote(urlsplit(url[:2000]).path).lower().strip("/").split("/")
    except ValueError:
        return False
    return len(segments) >= 2 and not _subjects().isdisjoint(segments[:-1])


def holds_no_articles(sitemap: str) -> bool:
    """Tell whether a sitemap's name says that it holds lists, people or pictures.

    >>> [holds_no_articles(f"https://a.example/wp-sitemap-{name}.xml") for name in ("users-1", "posts-post-1")]
    [True, False]
    """
    words = re.split(r"[^a-z]+", urlsplit(sitemap[:2000]).path.rpartition("/")[2].lower())
    return not _other_sitemaps().isdisjoint(words)


@cache
def _other_sitemaps() -> frozenset[str]:
    return frozenset(word for rule in data()["other_sitemap"] for word in rule["words"])
