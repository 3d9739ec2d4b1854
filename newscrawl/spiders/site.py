"""Articles of whole sites, discovered through their feeds, news sitemaps and section pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response

from newscrawl.discovery.found import Found
from newscrawl.discovery.links import PageLinks
from newscrawl.discovery.list_pages import holds_no_articles
from newscrawl.discovery.sitemaps import Child
from newscrawl.discovery.url_shape import places, shape
from newscrawl.discovery.window import Window, days_in
from newscrawl.run.arguments import Argument, flag
from newscrawl.run.run import Run
from newscrawl.sites.catalogue import chosen as chosen_sites
from newscrawl.spiders.article import urls
from newscrawl.spiders.discovery import DiscoverySpider
from newscrawl.spiders.sitemap import DAYS
from newscrawl.spiders.source import Source
from newscrawl.urls.site import site_name

_UNDATED: Final = 10
"""Maximum of undated parts of an index that are read."""


class SiteSpider(DiscoverySpider):
    """Looks at a site's home page, its feeds, its news sitemaps and its section pages.

    Followed are: the feeds linked from the home page and section pages (else the usual paths), the sitemaps in
    robots.txt (else the usual paths of news sitemaps), and the sections of the home page's menu, one level deep.
    Of sitemaps that hold the whole archive only the last NEWSCRAWL_SITE_DAYS are read, unless ``since=`` or ``until=``
    have others. Further pages of lists ("page 2") and pages by subject (tags) are followed with ``deep=1`` alone.
    """

    name = "site"
    RESTS: ClassVar[bool] = True
    ARGUMENTS: ClassVar[dict[str, Argument]] = {
        "url": Argument(urls, "a site's home page, or several with commas between"),
        "site": Argument(
            chosen_sites,
            "names of sites with commas between; own: those of NEWSCRAWL_SITES_DIR; all: the packaged ones, too",
            in_settings=True,
        ),
        "deep": Argument(flag, "1 follows further pages of lists and tags, too, NEWSCRAWL_DEEP_PAGES of a site"),
        **DAYS,
    }

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self._recent: Window | None = None
        self._lists: Counter[str] = Counter()

    @classmethod
    def check_values(cls, values: dict[str, Any]) -> None:
        """Require a home page or sites of the catalogue, and days in order."""
        cls.require(values, "url", "site")
        super().check_values(values)

    @property
    def recent(self) -> Window:
        """The days of a site's archive to read."""
        if self._recent is None:
            days = timedelta(days=self.settings.getint("NEWSCRAWL_SITE_DAYS"))
            is_open = self.window.is_open
            self._recent = Window(since=(datetime.now(UTC) - days).date()) if is_open else self.window
        return self._recent

    def sources(self) -> Iterator[Source]:
        """Yield home pages, and the sources in the catalogue of its sites."""
        for url in self.given["url"] or ():
            yield Source(url, "section", explicit=True)
        for site in self.given["site"] or ():
            is_listed = bool(site.feeds or site.sitemaps)
            yield Source(site.home, "section", explicit=True, is_listed=is_listed, site=site.host)
            for url in site.feeds:
                yield Source(url, "feed", depth=1, site=site.host)
            for url in site.sitemaps:
                yield Source(url, "sitemap", depth=1, site=site.host)
            for url in site.sections:
                yield Source(url, "section", depth=1, site=site.host)

    def further(self, source: Source, content: Any, response: Response) -> Iterator[Request | None]:
        """Yield requests for the links of a home page, a section page, a sitemap or robots.txt."""
        if source.kind != "section":
            yield from super().further(source, content, response)
            return
        page: PageLinks = content
        for feed in page.feeds[: self.settings.getint("NEWSCRAWL_MAX_FEEDS")]:
            yield self.look(Source(feed.url, "feed", depth=source.depth + 1, site=source.site), priority=12)
        if self.given.get("deep"):
            yield from self.deeper(source, page)
        if source.depth:
            return
        sitemaps = Run.of(self.crawler).robots.sitemaps(response.url)
        for url in sitemaps:
            yield self.look(Source(url, "sitemap", depth=1, site=source.site), priority=11)
        for url in page.sections[: self.settings.getint("NEWSCRAWL_MAX_SECTIONS")]:
            yield self.look(Source(url, "section", depth=1, site=source.site), priority=5)
        if source.is_listed:
            return
        guesses = [] if page.feeds else [("feed", path) for path in places("feed_place")]
        if not any("news" in url for url in sitemaps):
            guesses += [("sitemap", path) for path in places("sitemap_place")]
        for kind, path in guesses:
            guess = Source(urljoin(response.url, path), "feed" if kind == "feed" else "sitemap", depth=1, is_guess=True)
            yield self.look(guess, priority=4)

    def deeper(self, source: Source, page: PageLinks) -> Iterator[Request | None]:
        """Yield requests for the lists that a page links to, up to NEWSCRAWL_DEEP_PAGES a site."""
        site = source.site or site_name(source.url)
        most = self.settings.getint("NEWSCRAWL_DEEP_PAGES")
        for url in (*page.lists, *(page.sections if source.depth else ())):
            if self._lists[site] >= most:
                return
            request = self.look(Source(url, "section", depth=1, site=source.site), priority=-1)
            self._lists[site] += request is not None
            yield request

    def chosen_children(self, children: list[Child]) -> list[Child]:
        """Return the news sitemaps of an index, and those that may hold articles of the days read.

        Of parts without a date, which may be any, the first and the last are read: archives grow at either end.
        """
        chosen = super().chosen_children(children)
        undated = [child for child in chosen if child.modified is None and not self._is_news(child)]
        if not self.window.is_open or len(undated) <= _UNDATED:
            return chosen
        read = {child.url for child in (*undated[: _UNDATED // 2], *undated[-_UNDATED // 2 :])}
        return [child for child in chosen if child.modified is not None or child.url in read or self._is_news(child)]

    def _is_news(self, child: Child) -> bool:
        return "news" in child.url.rpartition("/")[2].lower()

    def admits_child(self, child: Child) -> bool:
        """Tell whether a sitemap of an index is a news sitemap, or may hold articles of the days read."""
        if self.window.is_open and self._is_news(child):
            return True
        is_undated = self.window.is_open and child.modified is None
        return not (is_undated and holds_no_articles(child.url)) and self.recent.admits_child(child)

    def chosen(self, source: Source, content: Any) -> list[Found]:
        """Return the entries that may be articles; of an archive's sitemap, those of the days read."""
        entries = super().chosen(source, content)
        if source.kind != "sitemap" or content.is_news:
            return entries
        dated = [entry for entry in entries if entry.is_dated or days_in(entry.url) or not self.window.is_open]
        return [entry for entry in dated if self.recent.admits(entry) and shape(entry.url).score > 0]
