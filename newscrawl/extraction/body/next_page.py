"""The following page of an article that a site splits into several: found by its URL and by the link to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from newscrawl.parsing.tree import Element, text_of
from newscrawl.text.normalise import collapse
from newscrawl.text.package_data import table

LAST: Final = 99
"""The highest number of a page that is believed."""
_LONGEST: Final = 2000
_MAX_LINKS: Final = 3000
_LABEL: Final = 40
_SUFFIX: Final = re.compile(r"\.[a-z]{2,6}\Z", re.IGNORECASE)
_TRACKING: Final = re.compile(
    r"(?:utm_\w{1,40}|[a-z]{1,3}clid|mc_[ce]id|ref|source|from|xtor|rss|amp)\Z", re.IGNORECASE
)


@cache
def _words(kind: str) -> frozenset[str]:
    rules = table("urls/pages.toml")["rule"]
    return frozenset(word for rule in rules if rule["kind"] == kind for word in rule["words"])


@cache
def _marker() -> re.Pattern[str]:
    """Return what a URL has more than that of the first page: ``/2``, ``-2``, ``/page/2``, ``,seite-2`` …"""
    words = "|".join(sorted(map(re.escape, _words("address")), key=len, reverse=True))
    return re.compile(rf"[/\-_,.](?:(?P<word>{words})[/\-_=,]?)?(?P<number>\d{{1,2}})\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _PageUrl:
    host: str
    path: str
    suffix: str
    query: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, url: str) -> _PageUrl | None:
        """Take a URL apart; ``None`` where it is none of the web."""
        try:
            parts = urlsplit(url.strip()[:_LONGEST])
            host = (parts.hostname or "").removeprefix("www.")
            port = parts.port
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or not host:
            return None
        path = unquote(parts.path).rstrip("/")
        suffix = _SUFFIX.search(path)
        query = tuple(parse_qsl(parts.query, keep_blank_values=True)[:50])
        own = f"{host}:{port}" if port else host
        return cls(own, path[: suffix.start()] if suffix else path, suffix.group() if suffix else "", query)


def page_number(first: str, url: str) -> int | None:
    """Return which page of the article whose first page has the URL ``first`` stands at ``url``, or ``None``.

    >>> page_number("https://a.example/ferry.html?id=7", "https://a.example/ferry-2.html?id=7")
    2
    >>> page_number("https://a.example/ferry/", "https://www.a.example/ferry/seite-3")
    3
    >>> page_number("https://a.example/ferry", "https://a.example/harbour?page=2") is None
    True
    """
    one, other = _PageUrl.of(first), _PageUrl.of(url)
    return None if one is None or other is None else _number(one, other)


def _number(one: _PageUrl, other: _PageUrl) -> int | None:
    if one.host != other.host:
        return None
    number, stem = _own(one)
    suffixes = {one.suffix, ""}
    if other.path == one.path and other.suffix == one.suffix:
        pages = [value for name, value in other.query if name.lower() in _words("address") and value.isdecimal()]
        named = [name for name, value in other.query if name.lower() in _words("address") and value.isdecimal()]
        added = [pair for pair in other.query if pair not in one.query and pair[0] not in named]
        if len(pages) == 1 and len(pages[0]) <= 2 and not added and _kept(one, other):
            return int(pages[0])
        return number if _kept(one, other) and not added and not pages else None
    if other.suffix not in suffixes or not other.path.startswith(stem) or not stem.strip("/"):
        return None
    match = _marker().fullmatch(other.path, len(stem))
    if match is None or not _kept(one, other) or any(pair not in one.query for pair in other.query):
        return None
    return int(match["number"])


def _own(one: _PageUrl) -> tuple[int, str]:
    """Return the number of the page in the URL of the first that is known, and the path without it.

    A bare number is an article's as often as a page's, so only the 1 of a first page is taken for one.
    """
    match = _marker().search(one.path)
    if match and (match["word"] or match["number"] == "1"):
        return int(match["number"]), one.path[: match.start()]
    return 1, one.path


def _kept(one: _PageUrl, other: _PageUrl) -> bool:
    """Tell whether ``other`` has all parameters of ``one`` but those that only say where a reader came from."""
    pages = _words("address")
    return all(
        pair in other.query or _TRACKING.match(pair[0]) or (pair[0].lower() in pages and pair[1].isdecimal())
        for pair in one.query
    )


def next_page(tree: Element, url: str, first: str | None = None) -> str | None:
    """Return the URL of the page that follows, or ``None``.

    ``url``: of this page; ``first``: of the article's first page, where this is another. A link counts that says so
    (``rel=next``, its words or names, or the number alone) and whose URL is the first page's with the next number,
    on the same host. Links to another article, to pages of comments or of a list do not. Never raises.
    """
    start = _PageUrl.of(first or url)
    here = _PageUrl.of(url)
    if start is None or here is None:
        return None
    number = _number(start, here)
    if number is None or not 1 <= number < LAST:
        return None
    wanted = str(number + 1)
    last = _own(start)[1].rpartition("/")[2]
    coded = quote(last)
    coded_low = coded.lower()
    for count, element in enumerate(tree.iter("link", "a")):
        if count > _MAX_LINKS:
            break
        href = element.get("href")
        if not href or wanted not in href or len(href) > _LONGEST:
            continue
        if last not in href and coded not in href and coded_low not in href and "/" in href.lstrip("./"):
            continue  # most links: another path
        if not _says_next(element, wanted):
            continue
        target = _join(_base(tree, url), href)
        page_url = _PageUrl.of(target) if target else None
        if page_url is not None and _number(start, page_url) == number + 1 and not _apart(element, href):
            return target
    return None


def _says_next(element: Element, wanted: str) -> bool:
    if "next" in (element.get("rel") or "").lower().split():
        return True
    if element.tag == "link":
        return False
    label = collapse(text_of(element)[: 4 * _LABEL])
    if label == wanted:
        return True
    words = _words("link")
    for text in (label, element.get("aria-label") or "", element.get("title") or ""):
        folded = text.strip().casefold()
        if len(folded) <= _LABEL and (folded in words or folded.strip(" »›>→|…").strip() in words):
            return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()[:300]
    return "next" in names and "next" in re.split(r"[^a-z]", names)


def _apart(element: Element, href: str) -> bool:
    """Tell whether a link stands in, or leads to, what has pages of its own."""
    words = _words("apart")
    if any(word in href.partition("#")[2].lower() for word in words):
        return True
    for depth, box in enumerate(element.iterancestors()):
        if depth > 12 or box.tag == "body":
            return False
        names = f"{box.get('class') or ''} {box.get('id') or ''}".lower()[:300]
        if box.tag != "article" and any(word in names for word in words):
            return True
    return False


def _join(base: str, href: str) -> str | None:
    try:
        return urljoin(base, href.strip()).partition("#")[0]
    except ValueError:
        return None


def _base(tree: Element, url: str) -> str:
    """Return the URL that relative ones in the page are meant from."""
    element = next(tree.iter("base"), None)
    return (_join(url, element.get("href") or "") or url) if element is not None else url
