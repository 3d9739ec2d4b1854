"""Values of JSON-LD and ``<meta>`` as plain strings."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from newscrawl.text.normalise import collapse, visible

_INLINE = re.compile(r"</?(?:a|abbr|b|cite|em|font|i|mark|q|small|span|strong|sub|sup|u)\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]{0,300}>")
_MAX = 20_000


def listed(value: Any) -> list[Any]:
    """Return ``value`` as a list: itself if it is one, nothing for ``None``."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: Any) -> str:
    """Return a string on one line with character references and tags resolved; ``""`` for what is no text."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return ""
    return plain(value[:_MAX])


def plain(value: str) -> str:
    """Return a string on one line with character references (of references, too) and tags resolved.

    >>> plain("<b>Ferry</b> &amp;amp; harbour<br>closed")
    'Ferry & harbour closed'
    """
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = _TAG.sub(" ", _INLINE.sub("", value))
    return collapse(visible(value))


def unique(values: Iterable[str]) -> list[str]:
    """Return the values that are not empty, each once (compared without regard to case), in order."""
    seen: dict[str, str] = {}
    for value in values:
        if value and value.casefold() not in seen:
            seen[value.casefold()] = value
    return list(seen.values())
