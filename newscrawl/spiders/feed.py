"""Articles listed in feeds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from newscrawl.run.arguments import Argument
from newscrawl.spiders.article import urls
from newscrawl.spiders.discovery import DiscoverySpider
from newscrawl.spiders.source import Source


class FeedSpider(DiscoverySpider):
    """Fetches the articles of RSS, Atom and JSON feeds."""

    name = "feed"
    ARGUMENTS: ClassVar[dict[str, Argument]] = {
        "url": Argument(urls, "a feed's URL (RSS, Atom or JSON Feed), or several with commas between")
    }

    @classmethod
    def check_values(cls, values: dict[str, Any]) -> None:
        """Require a feed."""
        cls.require(values, "url")

    def sources(self) -> Iterator[Source]:
        """Yield the feeds of ``url=``."""
        for url in self.given["url"]:
            yield Source(url, "feed", explicit=True)
