"""The text of a feed or sitemap as a parser of XML can read it: where it starts, whether it is whole, mended."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final
from xml.sax.saxutils import escape

from newscrawl.discovery.found import SourceError

_PROLOG: Final = 20_000
_TAIL: Final = 1_000_000
_DECLARATION = re.compile(r"<\?xml[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,300}>", re.IGNORECASE)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_MISC = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_ELEMENT = re.compile(r"<([A-Za-z_][\w.:-]{0,60})")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,30}:)?(rss|rdf|feed|urlset|sitemapindex)(?=[\s>/])", re.IGNORECASE)
_MESSAGES: Final = {"br", "b", "i", "p", "pre", "div", "font", "span", "strong", "center", "table", "style", "script"}
"""Elements of the warnings that a server's script prints before the document."""
_XML: Final = {"amp", "lt", "gt", "quot", "apos"}


def find_root(text: str) -> tuple[str, int]:
    """Return the local name of the root element, in lower case, and where it starts; ``""`` where there is none.

    Comments, processing instructions and a script's warnings before it are skipped.

    >>> find_root("<!-- by <desk@a.example> --><ns0:feed/>"), find_root("<b>Warning</b>: x <rss/>")
    (('feed', 28), ('rss', 18))
    """
    start = _MISC.sub(lambda found: " " * len(found[0]), text[:_PROLOG])
    first = _ELEMENT.search(start)
    if first is None:
        return "", 0
    name = _local(first[1])
    if name in _MESSAGES and (root := _ROOT.search(start, first.end())):
        return root[1].lower(), root.start()
    return name, first.start()


def end_of(text: str, root: str, entries: tuple[str, ...]) -> tuple[bool, bool]:
    """Tell whether the root element is closed, and whether the last of its ``entries`` is.

    >>> end_of("<rss><item></item>", "rss", ("item",)), end_of("<urlset/>", "urlset", ("url",))
    ((False, True), (True, True))
    """
    tail = text[-_TAIL:]
    is_empty = len(text) < _PROLOG and text.rstrip().endswith("/>") and len(_ELEMENT.findall(text)) == 1
    opened = _last(rf"<(?:[\w.-]{{1,30}}:)?(?:{'|'.join(entries)})(?=[\s>])[^<>]{{0,500}}(?<!/)(?:>|\Z)", tail)
    closed = _last(rf"</(?:[\w.-]{{1,30}}:)?(?:{'|'.join(entries)})\s{{0,9}}>", tail)
    return is_empty or _last(rf"</(?:[\w.-]{{1,30}}:)?{re.escape(root)}\s{{0,9}}>", tail) >= 0, closed >= opened


def _last(pattern: str, text: str) -> int:
    position = -1
    for found in re.finditer(pattern, text, re.IGNORECASE):
        position = found.start()
    return position


def mend_xml(text: str) -> str:
    """Return ``text`` so that a parser of XML gets through it: no declaration, no bare ``&``, no HTML entities.

    >>> mend_xml('\\n<?xml version="1.0"?><a>R&D &eacute; &#X26; b</a>')
    '<a>R&amp;D é &#x26; b</a>'
    """
    text = _DOCTYPE.sub("", _DECLARATION.sub("", text, count=1), count=1)
    text = _ILLEGAL.sub("", text)
    if "&" in text:
        text = _AMPERSAND.sub(_reference, text)
    return text[max(text.find("<"), 0) :]


def refuse_other_than_xml(text: str, root: str) -> None:
    """Raise `SourceError` for what is empty, HTML, or no markup at all."""
    start = text[:2000].strip().lower()
    if not start:
        raise SourceError("empty", "the response is empty")
    if root in ("html", "head", "body") or start.startswith("<!doctype html"):
        raise SourceError("html", "the response is an HTML page")
    if not root:
        raise SourceError("no-feed", "the response is no XML")


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _reference(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;" + match[0][1:]
    if name.startswith("#"):
        return match[0].replace("X", "x", 1) if _is_legal(name[1:]) else ""
    if name in _XML:
        return match[0]
    return escape(html5.get(f"{name};", f"&{name};"))


def _is_legal(number: str) -> bool:
    """Tell whether a numeric reference means a character that XML allows (XML 1.0, section 2.2)."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
