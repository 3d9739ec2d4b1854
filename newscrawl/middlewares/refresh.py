"""Redirects that stand in a page, read without losing the page."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import Response


class CarefulRefreshMiddleware(MetaRefreshMiddleware):
    """Scrapy's ``<meta refresh>``; a page whose ``<base>`` or refresh is no address stays, instead of being lost."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the request that the page asks for, or the page."""
        try:
            return super().process_response(request, response)
        except ValueError:
            return response
