"""The cleaning middleware: article pages in, clean pages and articles out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.http.request import NO_CALLBACK

from newscrawl.exceptions import ExtractionError, ExtractionLimitError, LimitError, StoppedError
from newscrawl.extraction.document import Document, Extraction
from newscrawl.network.clock import now
from newscrawl.network.media_types import is_html
from newscrawl.network.requests import CLEAN, CONTEXT, RESULT, asked_url
from newscrawl.run.component import Component
from newscrawl.run.run import Run
from newscrawl.scrapy_internals.engine import is_closing
from newscrawl.site_memory.judge import boilerplate


class CleaningMiddleware(Component):
    """Downloader middleware that runs the extraction on each page once before the callback sees it.

    It touches only requests whose ``meta["newscrawl_clean"]`` is true (all that have a callback where
    NEWSCRAWL_CLEAN_BY_DEFAULT is set), responses with a 2xx status, and HTML. The callback's response has the clean
    page as body, and ``response.meta["newscrawl"]`` holds ``original`` (the response as fetched), ``article`` (a
    `newscrawl.items.Article`) and ``removed`` (the removals). Any project's spider can use it. Elements of the clean
    page with the article's text are marked (``data-newscrawl="body"``), so that reading it again gives the same.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.by_default = crawler.settings.getbool("NEWSCRAWL_CLEAN_BY_DEFAULT")
        self.sites = Run.of(crawler).site_files
        self.workers = Run.of(crawler).workers

    async def spider_closed(self) -> None:
        """Close the pool; by now no page is being extracted."""
        await self.workers.close()

    def process_request(self, request: Request) -> None:
        """Start the pool while the first page is fetched."""
        if request.meta.get(CLEAN, self.by_default):
            self.workers.start()

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the cleaned response, or ``response`` itself where there is nothing to clean.

        Raises `ExtractionError` where the pass itself failed, `ExtractionLimitError` where it took too much; the
        request's errback gets it.
        """
        if not self._wanted(request, response):
            return response
        document = self.document(request, response)
        if document is None:
            return response
        try:
            extraction = await self._extract(document)
        except LimitError as error:
            raise ExtractionLimitError(str(error)) from error
        except Exception as error:
            if is_closing(self.crawler):  # the workers were ended with the page unread, so it is fetched again
                raise StoppedError("the crawl stopped before the page was extracted") from error
            raise ExtractionError(f"{type(error).__name__}: {error}") from error
        article = extraction.article
        stats = self.crawler.stats
        stats.inc_value("newscrawl/documents")
        for rule in extraction.refused:
            stats.inc_value(f"newscrawl/rules/refused/{rule}")
        for rule, count in Counter(removal["rule"] for removal in article.removed).items():
            stats.inc_value(f"newscrawl/widgets/removed/{rule}", count)
        request.meta[RESULT] = {"article": article, "removed": article.removed, "next_page": extraction.next_page}
        if document.article_only:
            return response  # not kept in the meta, too: a cycle, and the page would stay in memory
        request.meta[RESULT]["original"] = response
        return with_body(response, extraction.body, extraction.encoding)

    async def _extract(self, document: Document) -> Extraction:
        """Extract with the site memory, and once more where it grew during the extraction."""
        extraction = await self.workers.run(document)
        memory, view = Run.of(self.crawler).memory, document.memory
        if memory is None or document.media != "html":
            return extraction
        latest = memory.view(document.url)
        if view and latest and boilerplate(extraction.pieces, view) != boilerplate(extraction.pieces, latest):
            extraction = await self.workers.run(replace(document, memory=latest))
        memory.learn_page(extraction.article, extraction.pieces)
        return extraction

    def _wanted(self, request: Request, response: Response) -> bool:
        if RESULT in request.meta and request.meta[RESULT].get("original", response) is response:
            return False
        default = self.by_default and request.callback is not NO_CALLBACK
        return bool(request.meta.get(CLEAN, default)) and 200 <= response.status < 300

    def document(self, request: Request, response: Response) -> Document | None:
        """Return the response as a document, or ``None`` where it cannot be cleaned."""
        context = request.meta.get(CONTEXT, {})
        media = context.get("media", "html")
        content_type = (response.headers.get(b"Content-Type") or b"").decode("latin-1") or None
        if media == "html" and not is_html(content_type, response.body):
            return None
        modified = (response.headers.get(b"Last-Modified") or b"").decode("latin-1")
        facts = {**context.get("facts", {}), **({"last_modified": modified} if modified else {})}
        archived = "place" in context
        url = asked_url(request)
        memory = Run.of(self.crawler).memory if media == "html" else None
        return Document(
            url=url,
            body=response.body,
            media=media,
            content_type=content_type,
            fetched_at=context.get("fetched_at") if archived else now(),
            final_url=response.url if request.meta.get("redirect_urls") else context.get("final_url"),
            facts=facts,
            site=self.sites.of(url),
            memory=memory.view(url) if memory is not None else None,
            article_only=context.get("article_only", False),
        )


def with_body(response: Response, body: bytes, encoding: str) -> Response:
    """Return a copy of ``response`` with another body.

    `Response.replace` would do, but it reads the encoding of the old body, and guessing it can take longer than
    the extraction.
    """
    cls = type(response) if isinstance(response, TextResponse) else HtmlResponse
    kept = {name: getattr(response, name) for name in response.attributes if name not in ("body", "encoding")}
    return cls(body=body, encoding=encoding, **kept)
