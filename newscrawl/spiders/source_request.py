"""The request for a feed, sitemap or page of links."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.settings import BaseSettings

from newscrawl.network.requests import CONTEXT, SOURCE, slot_meta
from newscrawl.spiders.source import Source
from newscrawl.spiders.source_limits import limits_of


def source_request(source: Source, settings: BaseSettings, **kwargs: Any) -> Request:
    """Return the request for a source, of at most the size that the settings allow for its kind.

    Raises `ValueError` where its URL is not one.
    """
    meta: dict[str, Any] = {
        CONTEXT: {"url": source.url, "named": source.explicit},
        SOURCE: source,
        "handle_httpstatus_list": [304],
        **slot_meta(source.url),
    }
    if "size" in (limits := limits_of(source.kind, settings)):
        meta["download_maxsize"] = limits["size"]
    if source.is_guess:
        meta["dont_retry"] = True
    return Request(source.url, meta=meta, dont_filter=True, **kwargs)
