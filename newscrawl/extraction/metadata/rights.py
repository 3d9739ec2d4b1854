"""Reservations of text and data mining that a page or its HTTP headers make.

Read: the TDM Reservation Protocol (W3C community report, ``tdm-reservation`` and ``tdm-policy``), and the words that
``robots`` directives have grown for the same purpose (``noai``, ``noimageai``, ``noarchive``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newscrawl.items import Right
from newscrawl.parsing.structured import StructuredData

_TDM = ("tdm-reservation", "tdm-policy")
_ROBOTS = ("robots", "googlebot", "bingbot", "googlebot-news", "gptbot", "ccbot", "google-extended", "news-robots")
_DIRECTIVES = ("noai", "noimageai", "noarchive", "noml", "noindex-ai", "notrain")
_MAX = 500


def from_page(data: StructuredData) -> list[Right]:
    """Return the reservations in ``<meta>``, ``source`` naming the element: ``meta tdm-reservation``."""
    found = [_right(f"meta {name}", v) for name in _TDM for v in data.meta.get(name, ()) if _reserves(name, v)]
    for name in _ROBOTS:
        found += [_right(f"meta {name}", word) for word in _directives(data.meta.get(name, ()))]
    return found


def from_headers(headers: Mapping[str, str | Iterable[str]]) -> list[Right]:
    """Return the reservations in HTTP headers (any case, one value or several); ``source``: ``http tdm-policy``."""
    lower: dict[str, list[str]] = {}
    for name, value in headers.items():
        lower.setdefault(name.lower(), []).extend([value] if isinstance(value, str) else value)
    found = [_right(f"http {name}", v) for name in _TDM for v in lower.get(name, ()) if _reserves(name, v)]
    found += [_right("http x-robots-tag", word) for word in _directives(lower.get("x-robots-tag", ()))]
    return found


def _reserves(name: str, value: str) -> bool:
    return bool(value.strip()) and (name != "tdm-reservation" or value.strip() == "1")


def _directives(values: Iterable[str]) -> list[str]:
    words = [part.split(":")[-1].strip().lower() for value in values for part in value[:_MAX].split(",")]
    return [word for word in dict.fromkeys(words) if word in _DIRECTIVES]


def _right(source: str, value: str) -> Right:
    return Right(source=source, value=value.strip()[:_MAX])
