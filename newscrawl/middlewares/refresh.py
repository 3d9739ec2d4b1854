"""Redirects by ``<meta refresh>`` that never lose the page."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import Response


class CarefulRefreshMiddleware(MetaRefreshMiddleware):
    """Scrapy's ``<meta refresh>``; a page whose ``<base>`` or refresh is not a URL is kept instead of lost."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the request for the redirect target, or the page."""
        try:
            return super().process_response(request, response)
        except ValueError:
            return response
