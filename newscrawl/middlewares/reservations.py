"""Reservations of text and data mining: collected before and with the response, recorded, obeyed if set."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.discovery.reservations import WELL_KNOWN, TdmRule, parse_tdmrep, tdm_rights
from newscrawl.exceptions import ReservedError
from newscrawl.extraction.metadata.rights import from_headers
from newscrawl.items import Right
from newscrawl.network.requests import CLEAN, RIGHTS
from newscrawl.run.component import Component
from newscrawl.run.run import Run

_KEPT = 5000


class ReservationsMiddleware(Component):
    """Downloader middleware that collects a site's reservations outside its pages, in ``request.meta``.

    Read: ``/.well-known/tdmrep.json`` once for each host (NEWSCRAWL_TDMREP), the agents that robots.txt disallows, and
    the headers of the response. With NEWSCRAWL_OBEY_TDM an article that is reserved is not fetched, or not used.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.obeys = crawler.settings.getbool("NEWSCRAWL_OBEY_TDM")
        self.reads_tdmrep = crawler.settings.getbool("NEWSCRAWL_TDMREP")
        self._rules: OrderedDict[str, asyncio.Task[list[TdmRule]]] = OrderedDict()

    async def process_request(self, request: Request) -> None:
        """Store the reservations known before the fetch; raises `ReservedError` where they are obeyed."""
        if not request.meta.get(CLEAN) or urlparse_cached(request).scheme not in ("http", "https"):
            return
        rights = Run.of(self.crawler).robots.rights(request.url)
        if self.reads_tdmrep:
            rights = rights + tdm_rights(await self._rules_of(request), request.url)
        self._note(request, rights)

    def process_response(self, request: Request, response: Response) -> Response:
        """Store the reservations in the response's headers."""
        if request.meta.get(CLEAN) and RIGHTS in request.meta:
            headers = {
                name.decode("latin-1"): [value.decode("latin-1") for value in response.headers.getlist(name)]
                for name in (b"tdm-reservation", b"tdm-policy", b"X-Robots-Tag")
            }
            self._note(request, request.meta[RIGHTS] + from_headers(headers))
        return response

    def _note(self, request: Request, rights: list[Right]) -> None:
        request.meta[RIGHTS] = rights
        if rights and self.obeys:
            self.crawler.stats.inc_value("newscrawl/reserved")
            raise ReservedError(f"text and data mining is reserved ({rights[0]['source']})")

    async def _rules_of(self, request: Request) -> list[TdmRule]:
        parts = urlparse_cached(request)
        key = f"{parts.scheme}://{parts.netloc}"
        if key not in self._rules:
            self._rules[key] = asyncio.ensure_future(self._fetch(key + WELL_KNOWN))
            if len(self._rules) > _KEPT:
                self._rules.popitem(last=False)
        return await asyncio.shield(self._rules[key])

    async def _fetch(self, url: str) -> list[TdmRule]:
        request = Request(
            url,
            callback=NO_CALLBACK,
            priority=1000,
            meta={"dont_retry": True, "handle_httpstatus_all": True, "download_maxsize": 1024 * 1024},
        )
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception:  # no response is no reservation
            return []
        return parse_tdmrep(response.body) if response.status == 200 else []
