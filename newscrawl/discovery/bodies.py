"""From the bytes of a feed or sitemap to its text: unpacked, decoded, mended as browsers mend it."""

from __future__ import annotations

import codecs
import re
import zlib
from html.entities import html5
from typing import Final

from newscrawl.discovery.found import SourceError

MAX_UNPACKED: Final = 60 * 1024 * 1024
"""Bytes where nothing else is said (NEWSCRAWL_MAX_SITEMAP_MB): sitemaps.org allows 50 MB, unpacked."""
_DECLARED = re.compile(rb"""\A[^<]{0,64}<\?xml[^>]{0,200}?encoding\s{0,8}=\s{0,8}["']([A-Za-z0-9._:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s{0,4}=\s{0,4}["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,300}>", re.IGNORECASE)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]{0,60})")
_XML = {"amp", "lt", "gt", "quot", "apos"}


def unpack(body: bytes, limit: int = MAX_UNPACKED) -> bytes:
    """Return ``body`` unpacked where it is gzip, as far as it goes; raises `SourceError` where it is larger.

    What a cut or damaged archive still gives is returned.
    """
    rounds = 0
    while body[:2] == b"\x1f\x8b" and rounds < 2:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        found = b""
        rest = body
        try:
            while rest and len(found) <= limit:
                found += unpacker.decompress(rest, limit + 1 - len(found))
                rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
                if unpacker.eof:
                    if rest[:2] != b"\x1f\x8b":
                        break
                    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        except zlib.error:
            if not found:
                raise SourceError("damaged", "the gzip data is damaged") from None
        body, rounds = found, rounds + 1
    if len(body) > limit:
        raise SourceError("too-large", f"it is larger than {limit // (1024 * 1024)} MB")
    return body


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text of ``body``: by its BOM, its XML declaration, the header, UTF-8; never raises."""
    for bom, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    declared = _DECLARED.match(body[:400])
    header = _CHARSET.search((content_type or "")[:200])
    names = [declared[1].decode("ascii") if declared else None, header[1] if header else None, "utf-8"]
    for encoding in names:
        if encoding:
            try:
                return body.decode(encoding)
            except (LookupError, ValueError):
                continue
    try:
        return body.decode("cp1252")
    except ValueError:
        return body.decode("utf-8", "replace")


def mend_xml(text: str) -> str:
    """Return ``text`` so that a parser of XML gets through it: no declaration, no bare ``&``, no HTML entities.

    >>> mend_xml('\\n<?xml version="1.0"?><a>R&D &eacute; &amp; b</a>')
    '<a>R&amp;D é &amp; b</a>'
    """
    text = _DOCTYPE.sub("", _DECLARATION.sub("", text, count=1), count=1)
    text = _ILLEGAL.sub("", text)
    if "&" in text:
        text = _AMPERSAND.sub(_reference, text)
    return text[max(text.find("<"), 0) :]


def root_name(text: str) -> str:
    """Return the local name of the first element, in lower case; ``""`` where there is none."""
    match = _ROOT.search(text[:20_000])
    return match[1].rpartition(":")[2].lower() if match else ""


def is_cut(text: str, root: str) -> bool:
    """Tell whether the end of the document is missing.

    >>> is_cut("<rss><channel><title>Led", "rss"), is_cut("<urlset/>", "urlset")
    (True, False)
    """
    tail = text[-400:].rstrip().lower()
    is_empty = tail.endswith("/>") and text.count("<") <= 4
    return not is_empty and re.search(rf"</(?:[\w.-]{{1,30}}:)?{re.escape(root)}\s{{0,9}}>", tail) is None


def refuse_other_than_xml(text: str) -> None:
    """Raise `SourceError` for what is empty, HTML, or no markup at all."""
    start = text[:2000].strip().lower()
    if not start:
        raise SourceError("empty", "the answer is empty")
    root = root_name(text)
    if root in ("html", "head", "body") or start.startswith("<!doctype html"):
        raise SourceError("html", "the answer is an HTML page")
    if not root:
        raise SourceError("no-feed", "the answer is no XML")


def _reference(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;" + match[0][1:]
    if name.startswith("#"):
        return match[0] if _is_legal(name[1:]) else ""
    if name in _XML:
        return match[0]
    return html5.get(f"{name};", f"&amp;{name};")


def _is_legal(number: str) -> bool:
    """Tell whether a numeric reference means a character that XML allows (XML 1.0, section 2.2)."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
