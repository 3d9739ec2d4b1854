"""The article's own pictures, with captions and credits apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from newscrawl.extraction.agencies import is_agency
from newscrawl.extraction.canonical import base_url
from newscrawl.extraction.lexicon import lexicon
from newscrawl.extraction.markup import says, under
from newscrawl.extraction.structured import StructuredData
from newscrawl.extraction.values import listed, text
from newscrawl.extraction.xpath import elements
from newscrawl.items import Image

_CAPTION = elements(".//figcaption | .//*[contains(@class, 'caption')]")
_OUTSIDE = {"nav", "footer", "aside", "a", "figure"}
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "data-srcset", "srcset")
_SIZE = re.compile(
    r"(?:[-_/,=]|\b)(?:\d{2,4}x\d{2,4}|[wh]_?\d{2,4}|\d{2,4}w|width[-_=]?\d{2,4}"
    r"|scaled|large|medium|small|thumb\w{0,6}|original)(?=[-_/.,&]|$)"
)
_CREDIT = re.compile(
    r"(?:\(|\[|[|•·–—/]|©|\(c\)|\.\s|,\s|^)\s?((?:©|\(c\)|copyright)?[^()|•©]{2,80})\)?\]?\.?\s?$", re.IGNORECASE
)
_MAX_IMAGES = 40
_MAX_CAPTION = 1_500
_MAX_URL = 2_048


def images(tree: HtmlElement, data: StructuredData, url: str) -> list[Image]:
    """Return the article's pictures, absolute, each once: JSON-LD's and ``og:image``, then figures of the article.

    A figure that shows the lead picture again lends it its caption and credit. No tracking pixels, avatars, logos or
    ``data:`` addresses.
    """
    base = base_url(tree, url)
    found: dict[str, Image] = {}
    for image in [*_declared(data), *_shown(tree)]:
        address = _absolute(image["url"], base)
        if address is None:
            continue
        known = found.setdefault(_identity(address), Image(url=address, caption=None, credit=None))
        known["caption"] = known["caption"] or image["caption"]
        known["credit"] = known["credit"] or image["credit"]
        if len(found) >= _MAX_IMAGES:
            break
    return list(found.values())


def _declared(data: StructuredData) -> Iterator[Image]:
    article = data.article or {}
    values = [v for key in ("image", "thumbnailUrl") for v in listed(article.get(key))][:_MAX_IMAGES]
    declared = [image for value in values for image in _of_node(data.resolve(value))]
    yield from declared
    if not declared:
        for name in ("og:image", "og:image:secure_url", "twitter:image"):
            for content in data.meta.get(name, ())[:3]:
                if not _NO_PICTURE.search(content):
                    yield Image(url=content, caption=None, credit=None)
                    return


_NO_PICTURE = re.compile(
    r"(?:logo|placeholder|default|favicon|avatar|share[-_]image|og[-_]image[-_.]|fallback)", re.IGNORECASE
)


def _of_node(value: Any) -> Iterator[Image]:
    if isinstance(value, str):
        yield Image(url=value, caption=None, credit=None)
    elif isinstance(value, dict):
        address = next(
            (v for key in ("url", "contentUrl", "@id") for v in listed(value.get(key)) if isinstance(v, str)), ""
        )
        caption = text(value.get("caption")) or text(value.get("description"))
        credit = text(value.get("creditText")) or ", ".join(
            name
            for key in ("author", "creator", "copyrightHolder")
            for v in listed(value.get(key))
            if (name := text(v))
        )
        if address and not _NO_PICTURE.search(address):
            yield Image(url=address, caption=caption[:_MAX_CAPTION] or None, credit=credit[:200] or None)


def _shown(tree: HtmlElement) -> Iterator[Image]:
    figures = list(islice(tree.iter("figure"), 4 * _MAX_IMAGES))
    bounded = bool(figures) and next(tree.iter("article", "main"), None) is not None
    for figure in figures:
        above = [node.tag for node in figure.iterancestors()]
        if not _OUTSIDE.isdisjoint(above) or (bounded and not {"article", "main"} & set(above)):
            continue
        if under(figure, "no_image", 4):
            continue
        for picture in islice(figure.iter("img"), 1):
            address = _address(picture)
            if address and not _tiny(picture) and not says(picture, "no_image"):
                caption, credit = _caption(figure)
                yield Image(url=address, caption=caption, credit=credit)


def _address(picture: HtmlElement) -> str | None:
    for attribute in _SOURCES:
        value = (picture.get(attribute) or "").strip()
        if "srcset" in attribute and value:
            value = value.split(",")[-1].split()[0] if value.split(",")[-1].split() else ""
        if value and not value.startswith("data:"):
            return value
    return None


def _tiny(picture: HtmlElement) -> bool:
    """Tell whether a picture's own measures are those of a pixel or an icon."""
    for attribute in ("width", "height"):
        value = (picture.get(attribute) or "").removesuffix("px")
        if value.isdigit() and int(value) < 50:
            return True
    return False


def _caption(figure: HtmlElement) -> tuple[str | None, str | None]:
    """Return a figure's caption and the credit, by the credit's own element or by how it is set off."""
    boxes = _CAPTION(figure)
    box = boxes[0] if boxes else None
    credit = ""
    caption = " ".join(box.text_content().split()) if box is not None else ""
    for element in figure.iter("span", "small", "cite", "div", "p", "em", "i", "a"):
        if says(element, "credit") and not (box is not None and element is box):
            own = " ".join(element.text_content().split())
            if 1 < len(own) <= 150:
                credit = own
                break
    if credit and caption.endswith(credit):
        caption = caption[: -len(credit)]
    elif credit and caption.startswith(credit):
        caption = caption[len(credit) :]
    elif caption and not credit:
        caption, credit = split_credit(caption)
    return caption.strip(" |·•–—/(")[:_MAX_CAPTION] or None, clean_credit(credit) or None


def split_credit(caption: str) -> tuple[str, str]:
    """Return a caption's text and the credit at its end ("… (Photo: A. Sample)", "… © dpa"), which may be ``""``.

    >>> split_credit("Snow on the hills. Photo: Anna Sample/AFP")
    ('Snow on the hills.', 'Anna Sample/AFP')
    """
    found = _CREDIT.search(caption)
    while found:
        tail = found.group(1).strip()
        marked = "©" in found.group() or tail.lower().startswith(("copyright", "(c)"))
        label = lexicon().photo.match(f"{tail.lower()} ")
        if (
            marked
            or label
            or is_agency(tail)
            or (all(is_agency(p) or p.istitle() for p in tail.split("/") if p) and "/" in tail)
        ):
            start = found.start() + (1 if found.group()[0] == "." else 0)
            return caption[:start].strip(), clean_credit(found.group())
        found = None
    return caption, ""


def clean_credit(credit: str) -> str:
    """Return a credit without its label, brackets and the copyright sign."""
    credit = credit.strip(" ()[]|•·–—.,")
    for _ in range(2):
        credit = credit.removeprefix("©").removeprefix("(c)").removeprefix("Copyright").strip(" :()[]|•·–—")
        label = lexicon().photo.match(f"{credit.lower()} ")
        if label and label.end() < len(credit):
            credit = credit[label.end() :].strip()
    return credit[:200]


def _absolute(address: str, base: str) -> str | None:
    address = address.strip()
    if not address or len(address) > _MAX_URL or address.startswith(("data:", "blob:", "about:", "javascript:")):
        return None
    try:
        whole = urljoin(base, address)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in {"http", "https"} and parts.netloc and not parts.path.endswith(".svg") else None


def _identity(address: str) -> str:
    """Return what stays the same among the sizes of one picture: the address without measures and query."""
    parts = urlsplit(address)
    path = _SIZE.sub("", parts.path.lower())
    name = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return (
        name
        if len(name) >= 12 and any(c.isdigit() for c in name)
        else f"{parts.netloc}{path}?{'' if len(name) >= 8 else parts.query}"
    )
