"""Base of the spiders of feeds, sitemaps and sites: request sources, then the articles that they list."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discovery.found import Found, SourceError
from newscrawl.discovery.sitemaps import Child
from newscrawl.discovery.window import Window
from newscrawl.exceptions import ArgumentError
from newscrawl.items import Article
from newscrawl.network.requests import CLEAN, CONTEXT, SOURCE, asked_url
from newscrawl.network.shards import in_shard
from newscrawl.run.reasons import reason_of, was_stopped
from newscrawl.spiders.base import NewsSpider
from newscrawl.spiders.source import NAMES, Source
from newscrawl.spiders.source_limits import reader_of
from newscrawl.spiders.source_request import source_request
from newscrawl.urls.canonical import canonical

if TYPE_CHECKING:
    from newscrawl.spiders.source_memory import SourceMemory

_FOR_GOOD = {"http-404", "http-410", "http-451", "robots", "refused", "redirects", "not-html"}
_BIG = 1024 * 1024


class DiscoverySpider(NewsSpider):
    """Requests sources, then listed articles that the store has not seen, then articles that are due or left over."""

    RESTS: ClassVar[bool] = False
    """Whether sources not given explicitly are polled less often the quieter they are."""

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.shard = self.given["shard"]
        self.given["shard"] = None  # a source and all its articles stay in one process
        self.window = Window(self.given.get("since"), self.given.get("until"))
        self._asked: set[str] = set()
        self._finished_sites: set[str] = set()
        self.sites_looked_at: set[str] = set()
        self._taken: set[int] = set()
        self._due: set[int] = set()
        self._failed_sites: dict[str, str] = {}
        self._read_sites: set[str] = set()
        self._waiting: dict[str, dict[str, Any]] = {}
        self._memory: SourceMemory | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider, and connect it to the signal for dropped requests."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.request_dropped, signals.request_dropped)
        return spider

    def request_dropped(self, request: Request) -> None:
        """Remember a URL that redirects to one which this run requests itself, so that it is not requested again."""
        if request.meta.get("redirect_urls") and CLEAN in request.meta:
            self.memory.not_read(asked_url(request), for_good=True)

    @classmethod
    def check_values(cls, values: dict[str, Any]) -> None:
        """Require days in order."""
        since, until = values.get("since"), values.get("until")
        if since and until and since > until:
            raise ArgumentError(f"argument until={until}: it is before since={since}")

    @property
    def memory(self) -> SourceMemory:
        """The store's memory of sources."""
        if self._memory is None:
            from newscrawl.spiders.source_memory import SourceMemory  # brings the store along

            self._memory = SourceMemory(self.crawler, writes=not self.given["dry_run"])
        return self._memory

    def sources(self) -> Iterator[Source]:
        """Yield the sources to request first."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Request]:
        """Request each source of this shard."""
        for source in self.sources():
            if not in_shard(source.url, self.shard):
                self.crawler.stats.inc_value("newscrawl/other_shards")
                continue
            request = self.look(source)
            if request is not None:
                yield request

    def look(self, source: Source, priority: int = 10) -> Request | None:
        """Return the request for a source, conditional where possible; ``None`` if already requested or not due."""
        stats = self.crawler.stats
        if source.url in self._asked:
            return None
        self._asked.add(source.url)
        forced = self.given["refetch"] or not self.window.is_open
        if source.depth > self.settings.getint("NEWSCRAWL_MAX_DEPTH"):
            self.failures.add(source.url, "too-deep", f"it is {source.depth} levels deep and is skipped")
            return None
        if source.kind == "sitemap" and stats.get_value("newscrawl/sources/sitemap", 0) >= self.settings.getint(
            "NEWSCRAWL_MAX_SITEMAPS"
        ):
            stats.inc_value("newscrawl/sources_left_out")
            return None
        if self.RESTS and not source.explicit and not forced and not self.memory.is_due(source.url):
            stats.inc_value("newscrawl/sources_not_due")
            if not self.memory.is_failing(source.url):
                self._read_sites.add(source.site)
            return None
        try:
            request = source_request(
                source,
                self.settings,
                headers={} if forced else self.memory.headers(source.url),
                callback=self.parse_source,
                errback=self.source_failed,
                priority=priority,
            )
        except ValueError as error:
            self.failures.add(
                source.url, "refused", f"not a URL that can be fetched: {error}", explicit=source.explicit
            )
            return None
        stats.inc_value(f"newscrawl/sources/{source.kind}")
        return request

    async def parse_source(self, response: Response) -> AsyncIterator[Request]:
        """Yield requests for the articles and sources that a source lists."""
        source: Source = response.meta[SOURCE]
        self.sites_looked_at.update(self.memory.sites_of(source.url)[:1])
        if response.status == 304:
            self._read_sites.add(source.site)
            self.crawler.stats.inc_value("newscrawl/sources_unchanged")
            self.memory.looked(source.url, source.kind, response)
        else:
            try:
                entries, further, keep = await self._read(source, response)
            except SourceError as error:
                self.report(source, error.reason, f"{NAMES[source.kind]} cannot be used: {error}")
            else:
                self._read_sites.add(source.site)
                for request in self.take(source, response, entries, keep=keep):
                    yield request
                for request in further:
                    yield request
        for request in self.left_over(source):
            yield request

    async def _read(self, source: Source, response: Response) -> tuple[list[Found], list[Request], bool]:
        """Return the entries of a source within the days requested, and requests for further sources.

        The third value: whether a later 304 Not Modified means that there is nothing to do.
        """
        content_type = (response.headers.get(b"Content-Type") or b"").decode("latin-1")
        parse = reader_of(source.kind, self.settings)
        arguments = (response.body, response.url, content_type)
        content: Any = await asyncio.to_thread(parse, *arguments) if len(response.body) > _BIG else parse(*arguments)
        if getattr(content, "damaged", False):
            self.crawler.stats.inc_value("newscrawl/sources_damaged")
            self.logger.warning("%s: it is truncated or too long; the part before that is used", source.url)
        further = [request for request in self.further(source, content, response) if request is not None]
        entries = [entry for entry in self.chosen(source, content) if self.window.admits(entry)]
        named = content.articles if source.kind == "section" else content.entries
        leads_on = bool(getattr(content, "children", ())) or (source.kind == "section" and source.depth == 0)
        return entries, further, not leads_on and len(entries) == len(named)

    def chosen(self, source: Source, content: Any) -> list[Found]:
        """Return the entries of a source that may be articles."""
        entries: list[Found] = content.articles if source.kind == "section" else content.entries
        return entries

    def further(self, source: Source, content: Any, response: Response) -> Iterator[Request | None]:
        """Yield requests for the sitemaps that an index lists, the newest first."""
        if source.kind != "sitemap":
            return
        children = self.chosen_children(content.children)
        children.sort(key=lambda child: child.modified or "", reverse=True)
        for number, child in enumerate(children):
            # after the articles of the sitemap before, so that not all URLs of a site are held in memory
            child_source = Source(child.url, "sitemap", depth=source.depth + 1, site=source.site)
            yield self.look(child_source, priority=-1 - number)

    def chosen_children(self, children: list[Child]) -> list[Child]:
        """Return the sitemaps of an index to request."""
        return [child for child in children if self.admits_child(child)]

    def admits_child(self, child: Child) -> bool:
        """Tell whether a sitemap of an index is to be requested."""
        return self.window.admits_child(child)

    def take(self, source: Source, response: Response, entries: list[Found], *, keep: bool) -> Iterator[Request]:
        """Store the visit to a source, and yield requests for listed articles that the store has not seen."""
        self.crawler.stats.inc_value("newscrawl/entries", len(entries))
        new, changed = self.memory.sort(entries)
        self.crawler.stats.inc_value("newscrawl/changed_entries", len(changed))
        self.memory.looked(source.url, source.kind, response, entries, new, changed, keep=keep)
        due = {entry.url for entry in changed}
        for entry in entries:
            request = self._article_of(source, entry, is_due=entry.url in due)
            if request is not None:
                yield request

    def _article_of(self, source: Source, entry: Found, *, is_due: bool) -> Request | None:
        """Return the request for an entry that no source of this run listed before, or that ``is_due``.

        The facts in a feed on an article that a page linked to first are still merged.
        """
        key = canonical(entry.url)
        digest = hash(key)
        if digest in self._taken:
            if source.kind != "section" and key in self._waiting:
                self._waiting[key].update(entry.facts(source.kind))
            if not is_due or digest in self._due:
                return None
        self._taken.add(digest)
        if is_due:
            self._due.add(digest)
        is_linked = source.kind == "section"
        facts = {} if is_linked else entry.facts(source.kind)
        request = self.article(entry.url, facts=facts, priority=-1 if is_linked else 0, is_due=is_due)
        if request is not None and is_linked:
            self._waiting[key] = request.meta[CONTEXT]["facts"]
        return request

    def left_over(self, source: Source) -> Iterator[Request]:
        """Yield requests for articles of the source's sites that are due, or were listed once and never read."""
        if source.is_guess or not self.window.is_open:
            return
        for name in self.memory.sites_of(source.url):
            if name in self._finished_sites:
                continue
            self._finished_sites.add(name)
            for item in self.memory.left_over(source.url, name):
                digest = hash(canonical(item.url))
                is_due = item.source is not None  # listed, and not read since
                request = None if digest in self._taken else self.article(item.url, facts=item.facts, is_due=is_due)
                self._taken.add(digest)
                if request is not None:
                    yield request

    def source_failed(self, failure: Failure) -> Iterator[Request]:
        """Report a source without a usable response; articles that are due are requested all the same."""
        if was_stopped(failure, self.crawler):
            return
        request: Request = failure.request  # type: ignore[attr-defined]
        reason, detail = reason_of(failure.value or RuntimeError("unknown"))
        if reason == "internal":
            self.crawler.stats.inc_value("newscrawl/internal_errors")
        self.report(request.meta[SOURCE], reason, detail)
        yield from self.left_over(request.meta[SOURCE])

    def report(self, source: Source, reason: str, detail: str) -> None:
        """Report a source that failed; a guessed URL that failed is not reported."""
        if self.memory.failed(source.url, source.kind, reason):
            self.logger.warning("%s: it failed so often that it is looked at only once a month now", source.url)
        if source.site:
            self._failed_sites.setdefault(source.site, detail)
        if not source.is_guess:
            self.failures.add(source.url, reason, detail, explicit=source.explicit and not source.site)

    def closed(self, reason: str) -> None:
        """Report the sites of the catalogue of which no source could be read."""
        super().closed(reason)
        for name, detail in self._failed_sites.items():
            if name not in self._read_sites:
                self.failures.add(
                    None, "no-source", f"none of its sources could be read: {detail}", place=name, explicit=True
                )

    def failed(self, failure: Failure) -> None:
        """Report an article that could not be read, and store whether to try it again."""
        super().failed(failure)
        if was_stopped(failure, self.crawler):
            return
        reason, _ = reason_of(failure.value or RuntimeError("unknown"))
        request: Request = failure.request  # type: ignore[attr-defined]
        self.memory.not_read(asked_url(request), for_good=reason in _FOR_GOOD)

    def parse_article(self, response: Response) -> Iterator[Article | Request]:
        """Yield the article, or the request for its next page; responses other than HTML are not requested again."""
        found = False
        for article in super().parse_article(response):
            found = True
            yield article
        if not found and response.request is not None:
            self.memory.not_read(asked_url(response.request), for_good=True)
