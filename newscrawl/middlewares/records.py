"""Documents of archives and corpora as responses, without a turn in the downloader."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from newscrawl.handlers.records import record_response


class RecordMiddleware:
    """Downloader middleware, last of all, that responds to a request with the record that it carries.

    The handler of these requests would do the same, after queues, tasks and signals that serve the delays of a network.
    """

    def process_request(self, request: Request) -> Response | None:
        """Return the record as a response."""
        return record_response(request)
