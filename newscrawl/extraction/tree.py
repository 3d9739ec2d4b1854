"""From text to a tree: the one parse of a page."""

from __future__ import annotations

import re

from lxml import etree, html

_LOOKUP = etree.ElementDefaultClassLookup(element=html.HtmlElement)
"""One class for all elements: lxml's own lookup is a Python call each time an element is touched."""
_XML_DECLARATION = re.compile(r"^\s{0,100}<\?xml[^>]{0,200}\?>")


def parse(text: str) -> html.HtmlElement:
    """Parse a page's decoded text with libxml2's HTML parser; never raises: text without markup gives a bare body."""
    text = _XML_DECLARATION.sub("", text.replace("\x00", ""), count=1)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(_LOOKUP)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        tree = html.document_fromstring("<html><head></head><body></body></html>")
    return tree
