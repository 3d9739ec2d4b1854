"""Articles listed in sitemaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from newscrawl.discovery.window import read_day
from newscrawl.run.arguments import Argument
from newscrawl.spiders.article import urls
from newscrawl.spiders.discovery import DiscoverySpider
from newscrawl.spiders.source import Source

DAYS: dict[str, Argument] = {
    "since": Argument(read_day, "the first day of publication, such as 2024-05-03"),
    "until": Argument(read_day, "the last day of publication"),
}


class SitemapSpider(DiscoverySpider):
    """Fetches what sitemaps, the sitemaps of an index, and news sitemaps name."""

    name = "sitemap"
    ARGUMENTS: ClassVar[dict[str, Argument]] = {
        "url": Argument(urls, "the URL of a sitemap, an index or a news sitemap, or several with commas between"),
        **DAYS,
    }

    @classmethod
    def check_values(cls, values: dict[str, Any]) -> None:
        """Require a sitemap, and days in order."""
        cls.require(values, "url")
        super().check_values(values)

    def sources(self) -> Iterator[Source]:
        """Yield the sitemaps of ``url=``."""
        for url in self.given["url"]:
            yield Source(url, "sitemap", explicit=True)
