"""JSON-LD as it stands on real pages, read without failing: comments, stray commas, raw line breaks, glued objects."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

MAX_SCRIPT = 4_000_000
"""Characters beyond which a script is not read: no article describes itself at such length."""
MAX_NODES = 2_000
MAX_DEPTH = 60

_WRAPPERS = re.compile(r"<!--|-->|(?://|/\*)?\s?<!\[CDATA\[(?:\s?\*/)?|(?://|/\*)?\s?\]\]>(?:\s?\*/)?")
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.?)*+(?:"|\Z)|,\s*(?=[,}\]])', re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|(.))', re.DOTALL)
_MISSING_VALUE = re.compile(r'("\s*:)\s*(?=[,}])')
_SURROGATES = re.compile(r"[\ud800-\udfff\x00]")
_SEPARATORS = " \t\r\n,;"
_BRANCHES = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed")

_DECODER = json.JSONDecoder(strict=False)


def parse(script: str) -> list[Any]:
    """Return the JSON values found in the text of one ``application/ld+json`` script."""
    if len(script) > MAX_SCRIPT or "{" not in script:
        return []
    text = script.strip(_SEPARATORS + "\ufeff\xa0")
    if "<!" in text or "-->" in text or "]]>" in text:
        text = _WRAPPERS.sub("", text).strip(_SEPARATORS)
    if "\\u" in text or "\x00" in text:
        return [_scrub(value) for value in _parse(text)]
    return _parse(text)


def _parse(text: str) -> list[Any]:
    for attempt in (_as_is, _unescaped, _mended):
        values = attempt(text)
        if values is not None:
            return values
    return list(_pieces(_mend(text)))


def _as_is(text: str) -> list[Any] | None:
    try:
        return [_DECODER.decode(text)]
    except (ValueError, RecursionError):
        return None


def _unescaped(text: str) -> list[Any] | None:
    return _as_is(html.unescape(text)) if "&quot;" in text and '"' not in text else None


def _mended(text: str) -> list[Any] | None:
    return _as_is(_mend(text))


def _mend(text: str) -> str:
    """Drop commas before a closing bracket, give missing values ``null``, and take back escapes JSON does not know."""

    def fix(found: re.Match[str]) -> str:
        token = found.group()
        if token[0] == ",":
            return ""
        return _BAD_ESCAPE.sub(lambda e: e.group() if e.group(1) else e.group(2), token) if "\\" in token else token

    return _MISSING_VALUE.sub(r"\1 null", _STRING_OR_COMMA.sub(fix, text))


def _pieces(text: str) -> Iterator[Any]:
    """Yield the values that stand one after another in ``text``, up to the first that cannot be read."""
    position, end = 0, len(text)
    while position < end:
        while position < end and text[position] in _SEPARATORS:
            position += 1
        try:
            value, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError, IndexError):
            return
        yield value


def _scrub(value: Any) -> Any:
    """Take lone surrogates and NULs, which JSON can escape, out of the strings of ``value``, in place."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, dict | list):
            for key, child in list(current.items() if isinstance(current, dict) else enumerate(current)):
                if isinstance(child, str):
                    current[key] = _SURROGATES.sub("", child)
                else:
                    stack.append(child)
    return _SURROGATES.sub("", value) if isinstance(value, str) else value


def flatten(values: list[Any]) -> list[dict[str, Any]]:
    """Return the objects of ``values`` in document order: lists, ``@graph`` and main entities opened, parts not.

    What hangs below other properties (``hasPart``, ``itemListElement``, ``comment`` …) stays where it is.
    """
    nodes: list[dict[str, Any]] = []
    stack: list[tuple[Any, int]] = [(value, 0) for value in values[::-1]]
    while stack and len(nodes) < MAX_NODES:
        value, depth = stack.pop()
        if isinstance(value, list) and depth < MAX_DEPTH:
            stack.extend((child, depth + 1) for child in value[::-1])
        elif isinstance(value, dict):
            if len(value) > 1 or "@graph" not in value:
                nodes.append(value)
            if depth < MAX_DEPTH:
                below = [value[key] for key in _BRANCHES if isinstance(value.get(key), dict | list)]
                stack.extend((child, depth + 1) for child in below[::-1])
    return nodes


def types(node: dict[str, Any]) -> list[str]:
    """Return the type names of a node, without their vocabulary's URL.

    >>> types({"@type": ["http://schema.org/NewsArticle"]})
    ['NewsArticle']
    """
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return [name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str)]
