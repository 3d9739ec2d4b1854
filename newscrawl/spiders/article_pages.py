"""Articles in several pages: the following pages are requested and joined into one record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.handlers.records import record_request
from newscrawl.items import Article
from newscrawl.network.requests import CONTEXT, RESULT, article_request, asked_url
from newscrawl.run.reasons import reason_of, was_stopped
from newscrawl.run.run import Run

PAGES = "newscrawl_pages"
"""Key in ``Request.meta`` of a following page: ``article`` (of the pages before), ``first`` (URL), ``count``.

``kept``: the further pages of an archived article, which are not requested.
"""


class ArticlePages:
    """Follows an article of the web from page to page, at most NEWSCRAWL_MAX_ARTICLE_PAGES of them.

    A page that fails is listed with its reason, and the record is written with the pages before it. Statistics:
    ``newscrawl/pages/joined``, ``failed``, ``not_following`` (another article, or the same page again), ``cut`` (more
    pages than the setting allows).
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.most = crawler.settings.getint("NEWSCRAWL_MAX_ARTICLE_PAGES")

    def go_on(self, response: Response, article: Article) -> Iterator[Article | Request]:
        """Yield ``article``, or the request for its second page where the page links to one."""
        context = response.meta.get(CONTEXT, {})
        pages = {"article": article, "first": response.url, "count": 1}
        if article.not_article is None and "place" not in context:
            yield from self._next(response, pages)
        elif article.not_article is None and context.get("pages"):
            yield from self._next_kept({**pages, "kept": context["pages"]})
        else:
            yield article

    def _next_kept(self, pages: dict[str, Any]) -> Iterator[Article | Request]:
        """Yield the request for the next page in the archive, or the article where there is none left."""
        if not pages["kept"] or pages["count"] >= self.most:
            yield pages["article"]
            return
        page, *further = pages["kept"]
        request = record_request(page, "warc", pages["count"], callback=self.parse, errback=self.failed, priority=1)
        request.meta[PAGES] = {**pages, "kept": further}
        yield request

    def _next(self, response: Response, pages: dict[str, Any]) -> Iterator[Article | Request]:
        following = response.meta[RESULT].get("next_page")
        if following and pages["count"] < self.most:
            try:
                request = article_request(
                    following,
                    facts={"first_page": pages["first"]},
                    callback=self.parse,
                    errback=self.failed,
                    dont_filter=True,  # a request dropped by the filter would lose the record
                    priority=response.request.priority + 1 if response.request else 1,
                )
            except ValueError:
                self._count("failed")
            else:
                request.meta[PAGES] = pages
                yield request
                return
        elif following and self.most > 1:
            self._count("cut")
        yield pages["article"]

    def parse(self, response: Response) -> Iterator[Article | Request]:
        """Join a following page, and go on; where it is not one, yield the article of the pages before."""
        from newscrawl.extraction.body.join_pages import follows, join  # few articles have a second page

        pages = response.meta[PAGES]
        found = response.meta.get(RESULT)
        if found is None:
            self._report(response.request, "not-html", "the response is not HTML")
            yield pages["article"]
        elif not follows(pages["article"], found["article"]):
            self._count("not_following")
            yield pages["article"]
        else:
            archive = Run.of(self.crawler).archive
            if archive is not None:
                archive.hold(pages["article"], response)
            join(pages["article"], found["article"])
            self._count("joined")
            pages = {**pages, "count": pages["count"] + 1}
            yield from self._next_kept(pages) if "kept" in pages else self._next(response, pages)

    def failed(self, failure: Failure) -> Iterator[Article]:
        """List a following page without a usable response; yield the article of the pages before."""
        if was_stopped(failure, self.crawler):
            return  # the article was not read to its end, and is requested again in the next run
        request: Request = failure.request  # type: ignore[attr-defined]
        reason, detail = reason_of(failure.value or RuntimeError("unknown"))
        if reason == "internal":
            self.crawler.stats.inc_value("newscrawl/internal_errors")
        self._report(request, reason, detail)
        yield request.meta[PAGES]["article"]

    def _report(self, request: Request | None, reason: str, detail: str) -> None:
        assert request is not None
        self._count("failed")
        number = request.meta[PAGES]["count"] + 1
        Run.of(self.crawler).failures.add(asked_url(request), reason, f"page {number} of an article: {detail}")

    def _count(self, name: str) -> None:
        self.crawler.stats.inc_value(f"newscrawl/pages/{name}")
