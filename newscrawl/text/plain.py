"""Values made fit for a line of output or of a log."""

from __future__ import annotations

import json
import marshal
import math
import re
from typing import Any

_LINE_BREAKERS = [(chr(code), f"\\u{code:04x}") for code in (0x85, 0x2028, 0x2029)]
_LOG_UNSAFE = {code: f"\\x{code:02x}" for code in (*range(0x20), 0x7F, *range(0x80, 0xA0))}
_LOG_UNSAFE |= {code: f"\\u{code:04x}" for code in (0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_LOG_TEXT = {code: escaped for code, escaped in _LOG_UNSAFE.items() if code != ord("\t")}
_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_BINARY_FLOATS = 2
_UNFIT = {
    b"\xed": re.compile(rb"\xed[\xa0-\xbf]"),
    b"\x7f": re.compile(rb"\x7f(?<=[\xf0-\xff]\x7f)"),
    b"\xff": re.compile(rb"\xff(?<=[\xf0-\xff]\xff)"),
}
"""A lone surrogate in UTF-8, and the end of NaN and of the infinities, each by a byte without which it is not there."""
_SECRET = re.compile(r"(?<=://)[^\s/?#@]{1,1000}@")


def masked(text: str) -> str:
    """Return ``text`` with the names and passwords in its URLs hidden.

    >>> masked("amqp://crawler:secret@queue.example/news")
    'amqp://***@queue.example/news'
    """
    return _SECRET.sub("***@", text) if "@" in text else text


def one_line(text: object, limit: int = 500) -> str:
    """Return ``text`` as one line for a log: control characters escaped, so that no page can forge a line, and
    passwords in URLs hidden.

    >>> one_line("a headline\\n2026-01-01 ERROR: forged")
    'a headline\\\\x0a2026-01-01 ERROR: forged'
    """
    line = masked(str(text)).translate(_LOG_UNSAFE).encode("utf-8", "replace").decode("utf-8")
    return line if len(line) <= limit else f"{line[:limit]}…"


def log_message(text: str, *, lines: bool = False) -> str:
    """Return a message of any logger as one that forges nothing: passwords hidden, control characters escaped.

    ``lines``: it is meant to have several, and each but the first is indented, so that none looks like a record of its
    own.

    >>> log_message("Dumping:\\n{'a': 1}", lines=True)
    "Dumping:\\n  {'a': 1}"
    """
    if text.isascii() and text.isprintable() and "@" not in text:
        return text
    parts = text.replace("\r\n", "\n").split("\n") if lines else [text]
    return "\n  ".join(masked(part).translate(_LOG_TEXT).encode("utf-8", "replace").decode("utf-8") for part in parts)


def scrub(value: Any) -> Any:
    """Return ``value`` without what no reader of JSON and UTF-8 can take: lone surrogates become U+FFFD, NaN ``None``.

    Dictionaries and lists are rebuilt only where something in them changes.
    """
    return value if _is_sound(value) else _scrub(value)


def _is_sound(value: Any) -> bool:
    """Tell whether there is nothing to change, as in nearly all values: they are written as bytes or JSON at once.

    `marshal` takes Python's own types alone, and a seventh of the time; what looks unfit in its bytes may be a length.
    """
    try:
        data = marshal.dumps(value, _BINARY_FLOATS)
        if not any(byte in data and unfit.search(data) for byte, unfit in _UNFIT.items()):
            return True
    except ValueError:
        pass
    try:
        return bool(_JSON.encode(value).encode("utf-8"))
    except (ValueError, TypeError, RecursionError):  # NaN, a lone surrogate; what JSON does not know
        return False


def _scrub(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else _mended(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        changed = {_scrub(key): _scrub(item) for key, item in value.items()}
        return value if all(changed.get(key) is item for key, item in value.items()) else changed
    if isinstance(value, list | tuple):
        items = [_scrub(item) for item in value]
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    return value


def _mended(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def escape_line_breakers(line: str) -> str:
    """Escape what JSON allows in a line but `str.splitlines` breaks it at: U+0085, U+2028, U+2029."""
    if not line.isascii():
        for breaker, escaped in _LINE_BREAKERS:
            if breaker in line:
                line = line.replace(breaker, escaped)
    return line
