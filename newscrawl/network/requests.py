"""Requests for articles: the metadata that they carry, and access to it."""

from __future__ import annotations

from typing import Any

from scrapy import Request

from newscrawl.urls.site import site_name

CLEAN = "newscrawl_clean"
"""Key in ``Request.meta``: true for requests whose response the cleaning middleware handles."""

RESULT = "newscrawl"
"""Key in ``Response.meta``: results of the cleaning middleware."""

CONTEXT = "newscrawl_request"
"""Key in ``Request.meta``: a dictionary of plain values that are not in the URL.

``url``: the URL byte for byte as requested; ``explicit``: whether the user gave it explicitly; ``media``, ``facts``,
``fetched_at``: those of `newscrawl.extraction.document.Document`; ``place``: the position of an archived document.
"""


SOURCE = "newscrawl_source"
"""Key in ``Request.meta``: the `newscrawl.spiders.source.Source` that is requested."""

RIGHTS = "newscrawl_rights"
"""Key in ``Request.meta``: reservations of text and data mining found outside the page."""


def article_request(url: str, *, explicit: bool = False, facts: dict[str, Any] | None = None, **kwargs: Any) -> Request:
    """Return the request for an article of the web.

    Raises `ValueError` where ``url`` is not a URL.
    """
    meta = {CLEAN: True, CONTEXT: {"url": url, "named": explicit, "facts": facts or {}}, **slot_meta(url)}
    return Request(url, meta=meta, **kwargs)


def slot_meta(url: str) -> dict[str, str]:
    """Return the metadata that puts a request into the download slot of its site, which has delay and concurrency."""
    name = site_name(url)
    return {"download_slot": name} if name else {}


def asked_url(request: Request) -> str:
    """Return the URL as requested, before any quoting and redirect."""
    url: str = request.meta.get(CONTEXT, {}).get("url") or request.url
    return url


def is_explicit(request: Request) -> bool:
    """Tell whether the user gave this URL explicitly."""
    return bool(request.meta.get(CONTEXT, {}).get("named"))
