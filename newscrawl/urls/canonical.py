"""The canonical form of a URL: one key for all the ways in which one article is linked to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from newscrawl.text.package_data import table
from newscrawl.urls.home import is_home_page

_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/[0-9a-z_*]{1,20}/(?=https?:)", re.I)
_MAX_NESTING = 6
"""URLs within a URL, and AMP forms of AMP forms; what holds that many is its own key."""
_MAX_LENGTH = 2_000
_HOST_LENGTH = 500
_NO_HOST = re.compile(r"[%\s]")
_CUT = "…"
_DIGEST = 64


@dataclass(frozen=True, slots=True)
class _Rules:
    names: frozenset[str]
    prefixes: tuple[str, ...]
    valued: dict[str, frozenset[str]]
    amp: tuple[dict[str, str], ...]
    caches: tuple[dict[str, str], ...]


def rules() -> dict[str, Any]:
    """Return the packaged rules (`newscrawl/data/urls/canonical.toml`) as they stand."""
    return table("urls/canonical.toml")


@cache
def _compiled() -> _Rules:
    data = rules()
    plain = [rule for rule in data["tracking"] if "values" not in rule]
    return _Rules(
        names=frozenset(name for rule in plain for name in rule.get("names", ())),
        prefixes=tuple(prefix for rule in plain for prefix in rule.get("prefixes", ())),
        valued={n: frozenset(rule["values"]) for rule in data["tracking"] if "values" in rule for n in rule["names"]},
        amp=tuple(data["amp"]),
        caches=tuple(data["cache"]),
    )


@lru_cache(maxsize=1024)
def canonical(url: str) -> str:
    """Return the key under which ``url`` is remembered; never raises.

    Scheme, ``www.``, default port, fragment, trailing slash, order of parameters, tracking parameters and AMP forms
    make no difference. What is no HTTP URL is its own key, byte for byte, and so is a key.

    >>> canonical("http://www.a.example:80/harbour/?utm_source=x&b=2&a=1#top")
    'https://a.example/harbour?a=1&b=2'
    >>> canonical("file:///corpus/rows.jsonl#17")
    'file:///corpus/rows.jsonl#17'
    """
    text = url.strip().replace("\x00", "%00")
    if not text.isascii():  # half a surrogate pair is no character, and no URL can hold it
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if len(text) == _MAX_LENGTH + len(_CUT) + _DIGEST and text[_MAX_LENGTH] == _CUT:
            return text
    if text[:4].lower() != "http":
        return _bounded(text)
    try:
        return _bounded(_canonical(text, _compiled()))
    except ValueError:
        return _bounded(text)


def _bounded(key: str) -> str:
    """Return a key that any database can index and encode: very long ones end in a digest."""
    key = key.encode("utf-8", "replace").decode("utf-8")
    if len(key) <= _MAX_LENGTH:
        return key
    from hashlib import sha256

    return f"{key[:_MAX_LENGTH]}{_CUT}{sha256(key.encode()).hexdigest()}"


def _canonical(url: str, known: _Rules) -> str:
    """Raise `ValueError` where ``url`` is no HTTP URL."""
    for _ in range(_MAX_NESTING):
        parts, host = _split(url)
        inner = _inner(host, parts.path, known)
        if inner is not None:
            url = inner
            continue
        while host.startswith("www.") and host.count(".") > 1:
            host = host[4:]
        plain = host, parts.path.rstrip("/")
        host, path = plain
        for rule in known.amp:
            host, path = _without_amp(rule, host, path)
        port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
        name = f"[{host}]" if ":" in host else host
        url = urlunsplit(("https", name + port, path, _without_tracking(parts.query, known), ""))
        last = path.rpartition("/")[2]
        bared = path != parts.path and (";" in last or last.endswith("."))  # read otherwise in the last segment
        if (host, path) == plain and host.isascii() and not bared:
            return url
    raise ValueError("URLs within URLs")


def _split(url: str) -> tuple[SplitResult, str]:
    """Return the parts of an HTTP URL, and its host."""
    parts = urlsplit(canonicalize_url(url, keep_fragments=False))
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("http", "https") or not host or _NO_HOST.search(host) or len(host) > _HOST_LENGTH:
        raise ValueError("not an HTTP URL")
    return parts, host


def _inner(host: str, path: str, known: _Rules) -> str | None:
    """Return the URL that an AMP cache's URL carries."""
    for rule in known.caches:
        if host == rule.get("host") or ("host_suffix" in rule and host.endswith(rule["host_suffix"])):
            rest = path.removeprefix(rule["path_prefix"])
            if rest != path and rest.strip("/"):
                return f"https://{rest.removeprefix('s/')}"
    return None


def _without_amp(rule: dict[str, str], host: str, path: str) -> tuple[str, str]:
    if prefix := rule.get("host_prefix"):
        return (host.removeprefix(prefix) if host.count(".") > 1 else host), path
    if (segment := rule.get("last_segment")) and path.endswith(f"/{segment}"):
        return host, path[: -len(segment) - 1]
    if (segment := rule.get("first_segment")) and path.startswith(f"/{segment}/"):
        return host, path[len(segment) + 1 :]
    if (suffix := rule.get("suffix")) and path.endswith(suffix):
        return host, path.removesuffix(suffix) + rule.get("becomes", "")
    return host, path


def _without_tracking(query: str, known: _Rules) -> str:
    if not query:
        return ""
    kept = []
    for name, value in parse_qsl(query, keep_blank_values=True):
        low = name.lower()
        if low in known.names or low.startswith(known.prefixes):
            continue
        if low in known.valued and value.lower() in known.valued[low]:
            continue
        kept.append((name, value))
    return urlencode(kept)


@lru_cache(maxsize=1024)
def original_url(url: str) -> str:
    """Return the URL of the page that a copy in an archive or a cache of AMP pages shows, else ``url``; never raises.

    >>> original_url("https://web.archive.org/web/2020/https://a.example/1"), original_url("https://a.example/1")
    ('https://a.example/1', 'https://a.example/1')
    """
    url = _ARCHIVED.sub("", url, count=1)
    for _ in range(_MAX_NESTING):
        try:
            parts = urlsplit(url)
            inner = _inner(parts.hostname or "", parts.path, _compiled())
        except ValueError:
            return url
        if inner is None:
            return url
        url = inner
    return url


def is_home(url: str) -> bool:
    """Tell whether ``url`` is a home page, which cannot stand for an article.

    >>> is_home("https://a.example/?utm_source=x"), is_home("https://a.example/?p=17")
    (True, False)
    """
    try:
        parts = urlsplit(canonical(url))
    except ValueError:
        return True
    return is_home_page(parts)
