"""Requests for articles: what travels with them, and how it is read again."""

from __future__ import annotations

from typing import Any

from scrapy import Request

from newscrawl.urls.site import site_name

CLEAN = "newscrawl_clean"
"""Key in ``Request.meta``: true for requests whose answer the cleaning middleware takes."""

RESULT = "newscrawl"
"""Key in ``Response.meta``: what the cleaning middleware found."""

CONTEXT = "newscrawl_request"
"""Key in ``Request.meta``: a dictionary of plain values that the address alone does not say.

``url``: the address byte for byte as asked for; ``named``: whether the user named it himself; ``media``, ``facts``,
``fetched_at``: those of `newscrawl.extraction.document.Document`; ``place``: where an archived document stood.
"""


SOURCE = "newscrawl_source"
"""Key in ``Request.meta``: the `newscrawl.spiders.source.Source` that is asked for."""

RIGHTS = "newscrawl_rights"
"""Key in ``Request.meta``: reservations of text and data mining found outside the page."""


def article_request(url: str, *, named: bool = False, facts: dict[str, Any] | None = None, **kwargs: Any) -> Request:
    """Return the request for an article of the web.

    Raises `ValueError` where ``url`` is no address at all.
    """
    meta = {CLEAN: True, CONTEXT: {"url": url, "named": named, "facts": facts or {}}, **slot_meta(url)}
    return Request(url, meta=meta, **kwargs)


def slot_meta(url: str) -> dict[str, str]:
    """Return what has a request share the download slot of its site, and with it delays and concurrency."""
    name = site_name(url)
    return {"download_slot": name} if name else {}


def asked_url(request: Request) -> str:
    """Return the address as it was asked for, before any quoting and redirect."""
    url: str = request.meta.get(CONTEXT, {}).get("url") or request.url
    return url


def is_named(request: Request) -> bool:
    """Tell whether the user named this address himself."""
    return bool(request.meta.get(CONTEXT, {}).get("named"))
