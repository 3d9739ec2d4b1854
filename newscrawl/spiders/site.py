"""Articles of whole sites: their feeds, news sitemaps and section pages are found here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response

from newscrawl.discovery.address_shape import places, shape
from newscrawl.discovery.found import Found
from newscrawl.discovery.links import PageLinks
from newscrawl.discovery.sitemaps import Child
from newscrawl.discovery.window import Window
from newscrawl.extensions.robots import RobotsExtension
from newscrawl.run.arguments import Argument
from newscrawl.sites.catalogue import chosen as chosen_sites
from newscrawl.spiders.article import urls
from newscrawl.spiders.discovery import DiscoverySpider, Source
from newscrawl.spiders.sitemap import DAYS


class SiteSpider(DiscoverySpider):
    """Looks at a site's home page, its feeds, its news sitemaps and its section pages.

    Of sitemaps that hold the whole archive only the last NEWSCRAWL_SITE_DAYS are read, unless ``since=`` or ``until=``
    ask for others.
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
        **DAYS,
    }

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self._recent: Window | None = None

    @classmethod
    def check_values(cls, values: dict[str, Any]) -> None:
        """Ask for a home page or sites of the catalogue, and for days in order."""
        cls.require(values, "url", "site")
        super().check_values(values)

    @property
    def recent(self) -> Window:
        """The days of a site's archive that are read."""
        if self._recent is None:
            days = timedelta(days=self.settings.getint("NEWSCRAWL_SITE_DAYS"))
            is_open = self.window.is_open
            self._recent = Window(since=(datetime.now(UTC) - days).date()) if is_open else self.window
        return self._recent

    def sources(self) -> Iterator[Source]:
        """Yield home pages, and what the catalogue knows of its sites."""
        for url in self.given["url"] or ():
            yield Source(url, "section", named=True)
        for site in self.given["site"] or ():
            is_listed = bool(site.feeds or site.sitemaps)
            yield Source(site.home, "section", named=True, is_listed=is_listed, site=site.host)
            for url in site.feeds:
                yield Source(url, "feed", depth=1, site=site.host)
            for url in site.sitemaps:
                yield Source(url, "sitemap", depth=1, site=site.host)
            for url in site.sections:
                yield Source(url, "section", depth=1, site=site.host)

    def further(self, source: Source, content: Any, response: Response) -> Iterator[Request | None]:
        """Yield requests for what a home page, a section page, a sitemap or robots.txt leads to."""
        if source.kind != "section":
            yield from super().further(source, content, response)
            return
        page: PageLinks = content
        for feed in page.feeds[: self.settings.getint("NEWSCRAWL_MAX_FEEDS")]:
            yield self.look(Source(feed.url, "feed", depth=source.depth + 1, site=source.site), priority=12)
        if source.depth:
            return
        robots = self.crawler.get_extension(RobotsExtension)
        sitemaps = robots.sitemaps(response.url) if robots is not None else []
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

    def admits_child(self, child: Child) -> bool:
        """Tell whether a sitemap of an index is a news sitemap, or may hold articles of the days read."""
        if "news" in child.url.rpartition("/")[2].lower() and self.window.is_open:
            return True
        is_dated = child.modified is not None or not self.window.is_open
        return is_dated and self.recent.admits_child(child)

    def chosen(self, source: Source, content: Any) -> list[Found]:
        """Return the entries that may be articles; of an archive's sitemap, those of the days read."""
        entries = super().chosen(source, content)
        if source.kind != "sitemap" or content.is_news:
            return entries
        dated = [entry for entry in entries if entry.published or entry.modified or not self.window.is_open]
        return [entry for entry in dated if self.recent.admits(entry) and shape(entry.url).score > 0]
