"""The encoding of bytes that no one declared, or declared wrongly: the last resort."""

from __future__ import annotations

import re
from collections.abc import Iterator

import charset_normalizer
from w3lib.encoding import resolve_encoding

DEFAULT = "cp1252"
"""What browsers read where nothing is known, and what reads any bytes."""

_SAMPLE = 8192
_WINDOW = 64
_FEW = 0.002
"""Share of bytes above ASCII below which they are typographic signs of a western text rather than its letters."""
_CLOSING = re.compile(rb"</(?:script|style)\s{0,5}>", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]{1,2000}>")
_MARKUP = re.compile(rb"<(?:script|style)\b.*?" + _CLOSING.pattern + rb"|" + _TAG.pattern, re.DOTALL | re.IGNORECASE)
_HIGH = re.compile(rb"[\x80-\xff]")
_CANDIDATES = [
    "utf_8", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8_r",
    "iso8859_2", "gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874",
]  # fmt: skip


def detect(body: bytes) -> str:
    """Return the likely encoding of ``body``, judged by a bounded sample of its text."""
    text = _without_markup(body[: 64 * _SAMPLE])
    sample = b" ".join(_samples(text))
    if len(_HIGH.findall(sample)) <= _FEW * len(text):
        return DEFAULT
    try:
        best = charset_normalizer.from_bytes(sample, cp_isolation=_CANDIDATES, preemptive_behaviour=False).best()
    except Exception:
        return DEFAULT
    return resolve_encoding(best.encoding) or DEFAULT if best else DEFAULT


def _without_markup(body: bytes) -> bytes:
    """Return ``body`` without tags and scripts; behind the last closing one there is no script that ends."""
    last = 0
    for found in _CLOSING.finditer(body):
        last = found.end()
    return _MARKUP.sub(b" ", body[:last]) + _TAG.sub(b" ", body[last:])


def _samples(text: bytes) -> Iterator[bytes]:
    """Yield stretches of text that hold bytes above ASCII, whole words, up to the sample's size."""
    position = size = 0
    while size < _SAMPLE and (found := _HIGH.search(text, position)):
        start = max(text.rfind(b" ", position, found.start()), found.start() - _WINDOW, position)
        end = text.find(b" ", found.start() + 4 * _WINDOW)
        end = min(end if end >= 0 else len(text), found.start() + 8 * _WINDOW)
        yield text[start:end]
        size += end - start
        position = end
