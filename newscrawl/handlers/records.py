"""Documents of archives and corpora as responses."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import NotSupported
from scrapy.http import HtmlResponse, Response, TextResponse

from newscrawl.network.requests import CLEAN, CONTEXT, RIGHTS
from newscrawl.readers.record import Record

SLOT = "newscrawl-records"
"""The downloader's slot of these requests; settings.py frees it from delays."""

_RECORD = "newscrawl_record"


def record_request(record: Record, scheme: str, number: int, **kwargs: Any) -> Request:
    """Return the request that delivers ``record`` as a response whose URL is the record's own."""
    context = {
        "url": record.url,
        "named": False,
        "media": record.media,
        "facts": record.facts,
        "fetched_at": record.fetched_at,
        "place": record.place,
        "final_url": record.final_url,
        "pages": record.pages,
        "article_only": True,  # nobody reads the clean page: the spiders of records use its article
    }
    known = {RIGHTS: list(record.rights)} if record.rights is not None else {}
    return Request(
        f"{scheme}://record/{number}",
        meta={
            CLEAN: True,
            CONTEXT: context,
            _RECORD: record,
            **known,
            "download_slot": SLOT,
            "dont_obey_robotstxt": True,  # nothing leaves the machine
            "dont_redirect": True,  # a <meta refresh> in an archived page leads to today's web
            "dont_retry": True,
            "dont_cache": True,
            "dont_merge_cookies": True,
            "proxy": None,
        },
        dont_filter=True,  # an archive may hold a URL twice
        **kwargs,
    )


def record_response(request: Request) -> Response | None:
    """Return the record that ``request`` carries as a response, once; ``None`` where it carries none."""
    record = request.meta.pop(_RECORD, None)
    if not isinstance(record, Record):
        return None
    if record.media == "html":
        return HtmlResponse(record.final_url or record.url, headers=record.headers, body=record.body)
    return TextResponse(record.url, headers=record.headers, body=record.body)


class RecordHandler(BaseDownloadHandler):
    """Responds to ``warc:`` and ``corpus:`` requests with the record they carry.

    The record travels with the request, so a forged URL of this scheme in a page, feed or sitemap opens no file: it is
    refused with `NotSupported`.
    """

    lazy = True

    async def download_request(self, request: Request) -> Response:
        """Return the record as a response."""
        response = record_response(request)
        if response is None:
            raise NotSupported(f"{request.url} was not made by a spider of this project")
        return response
