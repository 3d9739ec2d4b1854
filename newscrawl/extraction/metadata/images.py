"""The article's own pictures, with captions and credits apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from newscrawl.extraction.metadata.canonical import base_url
from newscrawl.extraction.metadata.captions import caption_of
from newscrawl.extraction.metadata.markup import NamedElements, means, says, under
from newscrawl.extraction.metadata.names import is_byline
from newscrawl.items import Image
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.tree import Element
from newscrawl.parsing.values import listed, text
from newscrawl.urls.joined import joined

_OUTSIDE = {"nav", "footer", "aside", "a", "figure"}
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "data-srcset", "srcset")
_SIZE = re.compile(
    r"(?:[-_/,=]|\b)(?:\d{2,4}x\d{2,4}|[wh]_?\d{2,4}|\d{2,4}w|width[-_=]?\d{2,4}"
    r"|scaled|large|medium|small|thumb\w{0,6}|original)(?=[-_/.,&]|$)"
)
_SMALL = re.compile(r"(?:[-_/,=:]|\b)\d{2,3}x\d{2,3}(?!\d)|[-_/?&]w(?:idth)?[=_]?\d{2,3}(?!\d)")
_TOKEN = re.compile(r"[a-z0-9]{8,}")
_DATE = re.compile(r"(?:19|20)\d{6}\Z")
_MAX_IMAGES = 40
_MAX_CAPTION = 1_500
_MAX_URL = 2_048


def images(tree: Element, data: StructuredData, url: str) -> list[Image]:
    """Return the article's pictures, absolute, each once: JSON-LD's and ``og:image``, then figures of the article.

    A figure that shows the lead picture again lends it its caption and credit. No tracking pixels, avatars, logos or
    ``data:`` URLs.
    """
    base = base_url(tree, url)
    found: list[Image] = []
    by_key: dict[str, Image] = {}
    for image in [*_declared(data), *_shown(tree)]:
        link = _absolute(image["url"], base)
        if link is None:
            continue
        keys = _identity(link)
        known = next((by_key[k] for k in keys if k in by_key), None)
        if known is None:
            known = Image(url=link, caption=None, credit=None)
            found.append(known)
        by_key.update(dict.fromkeys(keys, known))
        known["caption"] = known["caption"] or image["caption"]
        known["credit"] = known["credit"] or image["credit"]
        if len(found) >= _MAX_IMAGES:
            break
    return found


def _declared(data: StructuredData) -> Iterator[Image]:
    article = data.article or {}
    values = [v for key in ("image", "thumbnailUrl") for v in listed(article.get(key))][:_MAX_IMAGES]
    declared = [image for value in values for image in _of_node(data.resolve(value))]
    yield from declared
    if not declared:
        for name in ("og:image", "og:image:secure_url", "twitter:image"):
            for content in data.meta.get(name, ())[:3]:
                if not means(content.rsplit("/", 1)[-1], "no_image"):
                    yield Image(url=content, caption=None, credit=None)
                    return


def _of_node(value: Any) -> Iterator[Image]:
    if isinstance(value, str):
        yield Image(url=value, caption=None, credit=None)
    elif isinstance(value, dict):
        link = next(
            (v for key in ("url", "contentUrl", "@id") for v in listed(value.get(key)) if isinstance(v, str)), ""
        )
        caption = text(value.get("caption")) or text(value.get("description"))
        credit = text(value.get("creditText")) or ", ".join(
            name
            for key in ("author", "creator", "copyrightHolder")
            for v in listed(value.get(key))
            if (name := text(v))
        )
        if link and not means(link.rsplit("/", 1)[-1], "no_image"):
            yield Image(url=link, caption=caption[:_MAX_CAPTION] or None, credit=credit[:200] or None)


def _shown(tree: Element) -> Iterator[Image]:
    figures = list(islice(tree.iter("figure"), 4 * _MAX_IMAGES))
    elements = NamedElements()
    bounded = bool(figures) and next(tree.iter("article", "main"), None) is not None
    for figure in figures:
        above = [node.tag for node in figure.iterancestors()]
        if not _OUTSIDE.isdisjoint(above) or (bounded and not {"article", "main"} & set(above)):
            continue
        if under(elements.of(figure), "no_image", 4):
            continue
        for picture in islice(figure.iter("img"), 1):
            link = _source_url(picture)
            if not link or _tiny(picture) or says(picture, "no_image") or means(link, "no_image"):
                continue
            caption, credit = caption_of(figure)
            if caption is None and credit is None and (_SMALL.search(link) or _leads_elsewhere(picture, figure)):
                continue
            if not (caption and is_byline(caption)):
                yield Image(url=link, caption=caption, credit=credit)


def _leads_elsewhere(picture: Element, figure: Element) -> bool:
    """Tell whether a picture is a link to another page: a teaser's."""
    for node in picture.iterancestors():
        if node is figure:
            return False
        if node.tag == "a":
            path = (node.get("href") or "").split("?")[0].lower()
            return not path.endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", "#", ".avif"))
    return False


def _source_url(picture: Element) -> str | None:
    for attribute in _SOURCES:
        value = (picture.get(attribute) or "").strip()
        if "srcset" in attribute and value:
            value = value.split(",")[-1].split()[0] if value.split(",")[-1].split() else ""
        if value and not value.startswith("data:"):
            return value
    return None


def _tiny(picture: Element) -> bool:
    """Tell whether a picture's own measures are those of a pixel or an icon."""
    for attribute in ("width", "height"):
        value = (picture.get(attribute) or "").removesuffix("px")
        if value.isdigit() and int(value) < 50:
            return True
    return False


def _absolute(link: str, base: str) -> str | None:
    link = link.strip()
    if not link or len(link) > _MAX_URL or link.startswith(("data:", "blob:", "about:", "javascript:")):
        return None
    try:
        whole = joined(base, link)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in {"http", "https"} and parts.netloc and not parts.path.endswith(".svg") else None


def _identity(link: str) -> list[str]:
    """Return what stays the same among the sizes and crops of one picture: long numbers and hashes, else the path."""
    parts = urlsplit(link)
    path = _SIZE.sub("", parts.path.lower())
    tokens = [t for t in _TOKEN.findall(path) if sum(map(str.isdigit, t)) >= 4 and not _DATE.match(t)]
    if tokens:
        return tokens
    stem = path.rsplit(".", 1)[0]
    return [f"{parts.netloc}{stem}?{'' if len(stem) >= 12 else parts.query}"]
