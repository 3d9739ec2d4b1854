"""Bytes of a page to text.

Order: byte order mark, HTTP header, declaration in the document, detection. A byte order mark beats the header, as it
does in browsers (Encoding Standard, "BOM sniff"). A declared encoding that the bytes contradict falls to the next.
Feeds, sitemaps and pages of links are decoded here, too: their servers err in the same ways.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from w3lib.encoding import http_content_type_encoding, resolve_encoding

from newscrawl.parsing.charset_detection import detect
from newscrawl.parsing.mojibake import mend, twice_encoded

_PRESCAN = 4096
_MAX_DAMAGE = 0.02
"""Share of the non-ASCII bytes that may be broken before a declared encoding counts as wrong."""
_SURE = 4
"""Whole characters of UTF-8 for each broken one that outweigh the declaration of another encoding."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML_STARTS = ((b"<\0?\0x\0", "utf-16-le"), (b"\0<\0?\0x", "utf-16-be"))
"""The start of an XML declaration without a byte order mark (HTML Standard, "prescan a byte stream")."""
_META = re.compile(rb"""<meta\b[^>]{0,300}?\bcharset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:+-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml\b[^>]{0,80}?\bencoding\s{0,5}=\s{0,5}["']([\w.:+-]{1,40})""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNFIT_BYTES = bytes(b for b in range(32) if b not in b"\t\n\r\f")
_FEED = bytes.maketrans(b"\f", b" ")
_FIRST_FIT = ord("\t")
_SEPARATED = (b"\x0b", b"\f")
"""Control characters that stand between fit ones, of which the last is the carriage return."""
_BEHIND_RETURN = np.uint8(ord("\r") + 1)
_REST = ord(" ") - ord("\r") - 1
_AT_ONCE = 32_768
"""Bytes looked through at once: their copy stays in the processor's cache."""
_HIGH = bytes(range(128, 256))
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STATEFUL = {"iso2022_jp", "iso2022_kr", "hz"}
_REFUSED = {"utf-7", "utf_7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "undefined", "mbcs", "oem"}


class Decoded(NamedTuple):
    """The text of a page, the name of the encoding it was read with, and the text in UTF-8 where it stood so already.

    Neither has control characters (NUL above all) or lone surrogates.
    """

    text: str
    encoding: str
    utf8: bytes | None = None


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """Return the text of ``body`` and the name of the encoding it was read with, as `decode_page` does."""
    text, name, _ = decode_page(body, content_type)
    return text, name


def decode_page(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode ``body``; never raises. ``content_type`` is the HTTP header's value."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return Decoded(_read(body[len(mark) :], name), name)
    for start, name in _XML_STARTS:
        if body.startswith(start):
            return Decoded(_read(body, name), name)
    declared = list(_declared(body, content_type))
    wide = bool(declared) and _wide(declared[0]) and b"\0" in body[:_PRESCAN]
    plain = body.translate(_FEED, delete=_UNFIT_BYTES) if _has_controls(body) else body
    text = None if wide else _as_utf8(plain)
    if text is not None and (not declared or declared[0] == "utf-8" or not body.isascii()):
        if twice_encoded(text):
            return Decoded(mend(text), "utf-8")
        return Decoded(text, "utf-8", plain if plain[-1:].isascii() else None)  # the last character may be truncated
    if not wide and _is_broken_utf8(plain, 1 if set(declared) <= {"utf-8"} else _SURE):
        return Decoded(plain.decode("utf-8", "replace"), "utf-8")
    for name in declared:
        if name != "utf-8" and _decodes(body, name):
            return Decoded(_read(body, name), name)
    high = len(body) - len(body.translate(None, delete=_HIGH))
    for name in dict.fromkeys([*declared, "utf-8"]):
        if _damage(body, name, high) <= _MAX_DAMAGE:
            return Decoded(_read(body, name), name)
    name = detect(body)
    return Decoded(_read(body, name), name)


def _has_controls(body: bytes) -> bool:
    """Tell whether ``body`` has control characters: a quick look, as hardly a page has any."""
    if any(code in body for code in _SEPARATED):
        return True
    codes = np.frombuffer(body, np.uint8)
    for start in range(0, len(codes), _AT_ONCE):
        some = codes[start : start + _AT_ONCE]
        if some.min() < _FIRST_FIT or (some - _BEHIND_RETURN).min() < _REST:  # the others come out higher: they wrap
            return True
    return False


def _declared(body: bytes, content_type: str | None) -> Iterator[str]:
    """Yield the encodings that the header and the document name, as Python knows them."""
    header = _known(http_content_type_encoding(content_type)) if content_type else None
    if header:
        yield header
    head = body[:_PRESCAN]
    start = _COMMENT.sub(b"", head)
    for pattern in (_XML, _META):
        found = pattern.search(start)
        name = _known(found.group(1).decode("ascii", "replace")) if found else None
        if name:
            # what could be read as ASCII up to here is not UTF-16 (HTML Standard, "prescan a byte stream")
            yield "utf-8" if _wide(name) else name


def _known(label: str | None) -> str | None:
    """Return Python's name of a text encoding that browsers would read under ``label``, or ``None``."""
    try:
        name = resolve_encoding(label.strip()) if label else None
        if not name or name in _REFUSED or not codecs.lookup(name)._is_text_encoding:
            return None
    except (LookupError, ValueError):
        return None
    return "utf-8" if name in {"utf-8-sig", "ascii", "us-ascii"} else name


def _wide(name: str) -> bool:
    return name.startswith(("utf-16", "utf-32"))


def _as_utf8(body: bytes) -> str | None:
    """Return ``body`` read as UTF-8, perhaps truncated within its last character, or ``None`` where it is not UTF-8."""
    try:
        return codecs.utf_8_decode(body)[0]
    except UnicodeDecodeError:
        return None


def _is_broken_utf8(body: bytes, times: int) -> bool:
    """Tell whether ``body`` has more than ``times`` whole characters of UTF-8 for each broken one.

    Text in any other encoding has fewer than half as many: byte pairs of Chinese, Japanese and Thai at the most.
    """
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return whole > times * broken


def _decodes(body: bytes, name: str) -> bool:
    if _wide(name) and b"\0" not in body[:_PRESCAN]:
        return False
    try:
        codecs.getincrementaldecoder(name)().decode(body)  # its last character may be truncated
    except (UnicodeError, LookupError):
        return False
    return True


def _damage(body: bytes, name: str, high: int) -> float:
    """Return the share of the characters above ASCII, at most ``high``, that ``name`` cannot read."""
    try:
        broken = body.decode(name, "replace").count("\ufffd")
    except (UnicodeError, LookupError):
        return 1.0
    characters = len(body) // 2 if _wide(name) else high
    return broken / characters if characters else float(broken > 0)


def _read(body: bytes, name: str) -> str:
    if not _wide(name) and name not in _STATEFUL:
        body = body.translate(None, delete=_UNFIT_BYTES)
        text = body.decode(name, "replace")
        return text if name in {"utf-8", "cp1252"} else _UNFIT.sub("", text)
    return _UNFIT.sub("", body.decode(name, "replace"))
