"""From text to a tree: the one parse of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias, cast

from lxml import etree, html

Element: TypeAlias = etree._Element
"""An element of a page: etree's, made in C, and without the methods of lxml.html's."""

_RAW = re.compile(rb"<(/?)(?:plaintext|xmp|listing)(?=[\s/>])", re.IGNORECASE)
"""Elements of the web's first years, whose text is not markup and cannot be written as such again."""
_XML_DECLARATION = re.compile(r"^\s{0,100}<\?xml[^>]{0,200}\?>")


_SPACES = b"\x0b\x0c\x1c\x1d\x1e\x1f"
_TABLE = bytes.maketrans(_SPACES, b" " * len(_SPACES))
_DELETED = bytes(code for code in range(0x20) if code not in b"\t\n\r" + _SPACES)
_REFERENCE = re.compile(
    rb"&#(?:0{0,20}(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)"
    rb"|x0{0,20}(?:[1-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)
"""References to characters that no tree of lxml takes: control characters, U+FFFE and U+FFFF."""

_AMPERSAND = ord("&")
_XML = 105
"""Characters at the beginning within which an XML declaration begins."""
_LONG_TAG = 8_192
_BEFORE = 2_048
"""Bytes before a long stretch without ``>`` in which its tag begins: one may stand in quotes there."""
_CROWDED = re.compile(
    rb"<([A-Za-z][A-Za-z0-9:-]{0,30})"
    rb"(?:\s++[^\s\"'<>=]{1,200}+(?:=(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]*+))?+){999}[^<>]*+"
)
"""A tag with a thousand attributes and more: libxml2 compares each with all others, for minutes. It loses them all."""

_BODY_END = re.compile(rb"</(?:body|html)\s{0,100}>", re.IGNORECASE)
"""End tags of body and root: what follows them libxml2 puts beside the body or loses; browsers show it."""


def parse(text: str, utf8: bytes | None = None) -> Element:
    """Parse a page's decoded text with libxml2's HTML parser; never raises: text without markup gives a bare body.

    Its elements are etree's and have no methods of lxml.html's (`text_of`, `body_of`), whose elements, made in Python,
    cost half as much again each time one is touched. Control characters and what else no tree takes are dropped.
    ``utf8``: the text in that encoding, without control characters, where it is at hand (`newscrawl.parsing.encoding`).
    """
    if utf8 is None or text[:_XML].lstrip().startswith("<?xml"):
        data = _XML_DECLARATION.sub("", text, count=1).encode("utf-8", "ignore").translate(_TABLE, _DELETED)
    else:
        data = utf8
    if "\ufffe" in text or "\uffff" in text:
        data = data.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
    if _has_bad_reference(data):
        data = _REFERENCE.sub(b" ", data)
    data = _BODY_END.sub(b"", data)
    data = _without_crowded(data)
    tree = _parse(data)
    if next(tree.iter("plaintext", "xmp", "listing"), None) is not None:
        tree = _parse(_RAW.sub(rb"<\1pre", data))
    _unnest(tree)
    return tree


def _unnest(tree: Element) -> None:
    """Put a ``<dd>`` behind the one that holds it, in place: libxml2 does not know that it ends it."""
    for item in list(tree.iter("dd")):
        upper = item.getparent()
        if upper is not None and upper.tag == "dd":
            for follower in [item, *item.itersiblings()][::-1]:
                upper.addnext(follower)


def _parse(data: bytes) -> Element:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    try:
        return html.document_fromstring(data, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return html.document_fromstring(b"<html><head></head><body></body></html>", parser=parser)


def body_of(tree: Element) -> Element:
    """Return the ``<body>`` of a parsed page, without a search of the whole page where it stands below the root."""
    body = tree.find("body")
    return next(tree.iter("body")) if body is None else body


def attributes_of(element: Element) -> list[tuple[str, str]]:
    """Return all attributes of an element, at the cost of asking it for two."""
    return cast(list[tuple[str, str]], element.items())


def text_of(element: Element) -> str:
    """Return all text within an element."""
    if not len(element):  # half of all that are asked, at a tenth of the cost
        return element.text or ""
    texts: Iterator[Any] = element.itertext()  # strings, and never bytes, as its stub has it
    return "".join(texts)


def _has_bad_reference(data: bytes) -> bool:
    """Tell whether a reference means no character; ``#`` is rare, and a search for one character is C's own."""
    at = data.find(b"#")
    while at >= 0:
        if data[at - 1] == _AMPERSAND and _REFERENCE.match(data, at - 1):
            return True
        at = data.find(b"#", at + 1)
    return False


def _without_crowded(data: bytes) -> bytes:
    """Return a page without the attributes of crowded tags, looked for where `_LONG_TAG` bytes have no ``>``.

    Scripts' data are as long, too; but what stands in quotes can look like the end of a tag or a script's beginning.
    """
    pieces: list[bytes] = []
    done = start = 0
    while len(data) - start > _LONG_TAG:
        after = data.rfind(b">", start, start + _LONG_TAG + 1) + 1
        if not after:
            end = data.find(b">", start + _LONG_TAG)
            after = len(data) if end < 0 else end
            tag = data.find(b"<", max(done, start - _BEFORE), after)
            if tag >= 0:
                pieces += [data[done:tag], _CROWDED.sub(rb"<\1", data[tag:after])]
                done = after
        start = after
    return b"".join([*pieces, data[done:]]) if pieces else data
