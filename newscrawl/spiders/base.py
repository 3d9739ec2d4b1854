"""Base of all spiders: arguments, the callback that yields an article, the errback that reports a failure."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawl.exceptions import ArgumentError, StoreError
from newscrawl.items import Article
from newscrawl.network.requests import CONTEXT, RESULT, RIGHTS, article_request, asked_url, is_explicit
from newscrawl.network.shards import in_shard
from newscrawl.output.failures import Failures
from newscrawl.run import arguments
from newscrawl.run.arguments import COMMON, Argument
from newscrawl.run.reasons import reason_of, was_stopped
from newscrawl.run.run import Run
from newscrawl.spiders.article_pages import ArticlePages
from newscrawl.text.plain import one_line

CUT_SHORT = {"shutdown", "closespider_timeout", "closespider_timeout_no_item", "memusage_exceeded"}
"""Finish reasons of a run that was stopped from outside, not because it was complete or reached a limit."""


class NewsSpider(Spider):
    """A spider whose arguments are declared in ``ARGUMENTS`` and whose values are in ``self.given``."""

    ARGUMENTS: ClassVar[dict[str, Argument]] = {}
    NAMES_ALL: ClassVar[bool] = False
    """Whether the user gives all inputs explicitly, so that a run that ends early leaves some of them unread."""

    def __init__(self, name: str | None = None, *, values: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.given = values if values is not None else self.check_arguments(kwargs)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider with the arguments parsed by the command, else parse them."""
        values = Run.of(crawler).arguments
        if values is None:
            values = cls.check_arguments(kwargs, crawler.settings)
        return super().from_crawler(crawler, *args, values=values, **kwargs)

    @classmethod
    def check_arguments(cls, given: Mapping[str, Any], settings: BaseSettings | None = None) -> dict[str, Any]:
        """Return the values of the ``-a`` arguments; raises `ArgumentError` where one is invalid or missing."""
        values = arguments.parse(cls.name, cls.ARGUMENTS | COMMON, given, settings)
        cls.check_values(values)
        return values

    @classmethod
    def check_values(cls, values: dict[str, Any]) -> None:
        """Check the arguments together; raises `ArgumentError` where one is missing or two contradict."""

    @classmethod
    def require(cls, values: dict[str, Any], *names: str) -> None:
        """Raise `ArgumentError` unless exactly one of ``names`` is given."""
        found = [name for name in names if values[name] is not None]
        wanted = " or ".join(f"-a {name}=" for name in names)
        if not found:
            raise ArgumentError(f"the spider {cls.name} needs {wanted} ({cls.ARGUMENTS[names[0]].help})")
        if len(found) > 1:
            raise ArgumentError(f"the spider {cls.name} takes only one of {wanted}")

    @classmethod
    def inputs(cls, values: dict[str, Any]) -> list[Path]:
        """Return the input files; none of them may be written to."""
        return []

    @property
    def failures(self) -> Failures:
        """The list to which failures are reported."""
        return Run.of(self.crawler).failures

    def wanted(self, url: str, *, fetched_at: str | None = None, archived: bool = False, is_due: bool = False) -> bool:
        """Tell whether this crawl is to fetch ``url``; on a dry run, print it instead.

        A URL that the store has seen is skipped, unless it is due again. ``archived``: the page is in a file, as
        fetched at ``fetched_at``; then only that capture counts. ``is_due``: it is due regardless of the store's
        schedule.
        """
        if not in_shard(url, self.given["shard"]):
            self.crawler.stats.inc_value("newscrawl/other_shards")
            return False
        if self.is_seen(url, fetched_at=fetched_at, archived=archived, is_due=is_due):
            self.crawler.stats.inc_value("newscrawl/seen_skipped")
            return False
        if self.given["dry_run"]:
            sys.stdout.write(one_line(url, limit=10_000) + "\n")
            self.crawler.stats.inc_value("newscrawl/would_fetch")
            return False
        return True

    def is_seen(self, url: str, *, fetched_at: str | None = None, archived: bool = False, is_due: bool = False) -> bool:
        """Tell whether the store has seen ``url``, as for `wanted`; with ``refetch=1`` only URLs taken down count."""
        run = Run.of(self.crawler)
        if not run.remembers:
            return False
        try:
            if run.store.is_taken_down(url):
                return True
            if self.given["refetch"] or is_due:
                return False
            if not archived:
                return run.store.status(url) == "seen"
            from newscrawl.store.entry import seconds  # the store is imported by runs that have one

            fetched = seconds(fetched_at)
            return fetched is not None and run.store.articles.has_capture(url, fetched)
        except StoreError as error:
            run.outbox.fail(str(error))
            return True

    def article(self, url: str, *, explicit: bool = False, is_due: bool = False, **kwargs: Any) -> Request | None:
        """Return the request for an article, or ``None`` where none is made (shard, dry run, not a URL)."""
        if not self.wanted(url, is_due=is_due):
            return None
        try:
            return article_request(url, explicit=explicit, callback=self.parse_article, errback=self.failed, **kwargs)
        except ValueError as error:
            self.failures.add(url, "refused", f"not a URL that can be fetched: {error}", explicit=explicit)
            return None

    def parse_article(self, response: Response) -> Iterator[Article | Request]:
        """Yield the article that the cleaning middleware found, or the request for its next page."""
        found = response.meta.get(RESULT)
        if found is None:
            request = response.request
            assert request is not None
            kind = (response.headers.get(b"Content-Type") or b"no type").decode("latin-1")
            self.failures.add(
                asked_url(request), "not-html", f"the response is {kind}, not HTML", explicit=is_explicit(request)
            )
            return
        article: Article = found["article"]
        article.rights = [
            *article.rights,
            *(right for right in response.meta.get(RIGHTS, ()) if right not in article.rights),
        ]
        if article.rights and self.settings.getbool("NEWSCRAWL_OBEY_TDM") and RIGHTS in response.meta:
            self.crawler.stats.inc_value("newscrawl/reserved")
            detail = f"text and data mining is reserved ({article.rights[0]['source']})"
            self.failures.add(article.url, "reserved", detail)
            return
        archive = Run.of(self.crawler).archive
        if archive is not None:
            archive.hold(article, response)
        yield from ArticlePages(self.crawler).go_on(response, article)

    def closed(self, reason: str) -> None:
        """Log that a run ended before it read all inputs given explicitly."""
        if self.NAMES_ALL and reason in CUT_SHORT:
            self.crawler.stats.inc_value("newscrawl/cut_short")
            self.logger.warning("the crawl ended early (%s): the next run reads the remaining inputs", reason)

    def failed(self, failure: Failure) -> None:
        """Report a request without a usable response."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if was_stopped(failure, self.crawler):
            return  # not sent, so nothing failed
        reason, detail = reason_of(failure.value or RuntimeError("unknown"))
        if reason == "internal":
            self.crawler.stats.inc_value("newscrawl/internal_errors")
        self.failures.add(
            asked_url(request),
            reason,
            detail,
            place=request.meta.get(CONTEXT, {}).get("place"),
            explicit=is_explicit(request),
        )
