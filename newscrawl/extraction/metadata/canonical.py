"""The article's canonical URL."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.tree import Element
from newscrawl.parsing.values import listed
from newscrawl.text.normalise import squeeze
from newscrawl.urls.home import is_home_page
from newscrawl.urls.joined import joined

_MAX = 2_048


def canonical_url(tree: Element, data: StructuredData, url: str, final_url: str | None) -> str | None:
    """Return the page's canonical URL, absolute, or ``None``.

    That is rel=canonical, else ``og:url``, else JSON-LD's URL, else where a redirect led.
    A home page is not an article's URL, nor is one that is not HTTP; the rest of the list is tried next.
    """
    page = final_url or url
    links = (link for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    canonical = [link.get("href") or "" for link in links]
    node = data.article or {}
    given = [*canonical[:2], *data.meta.get("og:url", ())[:2], *_urls(node)]
    for link in given:
        if whole := absolute(link, page):
            return whole
    return final_url if final_url and final_url != url and absolute(final_url, final_url) else None


def absolute(link: str, page: str) -> str | None:
    """Return ``link`` made absolute, or ``None`` if it is not an article's URL."""
    link = squeeze(link)
    if not link or len(link) > _MAX or link.startswith("#"):
        return None
    try:
        whole = joined(page, link)
        parts = urlsplit(whole)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or "." not in host:
        return None
    if is_home_page(parts):
        return None
    return whole


def base_url(tree: Element, page: str) -> str:
    """Return the URL that relative ones on the page refer to."""
    for base in tree.iter("base"):
        try:
            return str(urljoin(page, (base.get("href") or "").strip()))
        except ValueError:
            return page
    return page


def _urls(node: dict[str, Any]) -> list[str]:
    page = node.get("mainEntityOfPage")
    values = [node.get("url"), page.get("@id") if isinstance(page, dict) else page, node.get("@id")]
    return [v for value in values for v in listed(value) if isinstance(v, str) and v.startswith(("http", "/"))]
