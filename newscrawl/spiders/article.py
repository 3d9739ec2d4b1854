"""Articles whose URLs the user gives."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, ClassVar

from scrapy import Request, signals
from scrapy.http import Response

from newscrawl.exceptions import ArgumentError
from newscrawl.items import Article
from newscrawl.network.requests import asked_url
from newscrawl.run.arguments import Argument
from newscrawl.scrapy_internals.engine import queued
from newscrawl.spiders.base import NewsSpider
from newscrawl.spiders.kind import SPIDERS, kind_name, kind_of
from newscrawl.text.near import did_you_mean
from newscrawl.text.plain import one_line
from newscrawl.urls.typed import completed

READ_AHEAD = 1000
"""Maximum of pending requests: enough to crawl many sites concurrently, few enough for the memory."""


def urls(text: str) -> list[str]:
    """Split a list of URLs at each comma that is followed by ``http``; commas within a URL stay.

    >>> urls("https://a.example/1,2.html,http://b.example/")
    ['https://a.example/1,2.html', 'http://b.example/']
    >>> urls("www.example.org")
    ['https://www.example.org']
    """
    parts = re.split(r",\s*(?=https?://)", text.strip(), flags=re.IGNORECASE)
    found = [completed(url) for url in parts if url.strip()]
    if not found:
        raise ValueError("give a URL, such as https://example.org/news/article.html")
    for url in found:
        if not re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE):
            raise ValueError(f"{url} is no URL: give one such as https://example.org/news/article.html")
    return found


class ArticleSpider(NewsSpider):
    """Fetches the URLs of ``url=`` or of ``urls_file=``, one a line."""

    name = "article"
    NAMES_ALL: ClassVar[bool] = True
    ARGUMENTS: ClassVar[dict[str, Argument]] = {
        "url": Argument(urls, "an article's URL, or several with commas between"),
        "urls_file": Argument(str, "a file of URLs, one a line; - for standard input"),
    }

    @classmethod
    def check_values(cls, values: dict[str, Any]) -> None:
        """Require one of the two, and a readable file."""
        cls.require(values, "url", "urls_file")
        if values["urls_file"] is None or values["urls_file"] == "-":
            return
        try:
            with Path(values["urls_file"]).expanduser().open("rb") as file:
                has_address = any(_address(line) for line in file)
        except OSError as error:
            hint = did_you_mean(values["urls_file"])
            raise ArgumentError(f"argument urls_file={values['urls_file']}: {error.strerror}{hint}") from None
        if not has_address:
            raise ArgumentError(f"argument urls_file={values['urls_file']}: there is no URL in the file")

    async def start(self) -> AsyncIterator[Request]:
        """Request each URL once, with at most `READ_AHEAD` requests pending."""
        seen: set[str] = set()
        for url in self._addresses():
            if url in seen:
                self.crawler.stats.inc_value("newscrawl/named_twice")
                continue
            seen.add(url)
            request = self.article(url, explicit=True, dont_filter=True)
            if request is None:
                continue
            if queued(self.crawler) >= READ_AHEAD:
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            yield request

    def parse_article(self, response: Response) -> Iterator[Article | Request]:
        """Yield the article; log the spider to use where the URL is that of a home page, feed or sitemap."""
        assert response.request is not None
        kind = kind_of(response)
        if kind != "article":
            url = asked_url(response.request)
            line = "%s is %s, not an article: scrapy crawl %s -a url=%s"
            shown = one_line(url)
            self.logger.warning(line, shown, kind_name(kind, url), SPIDERS[kind], shlex.quote(shown))
        yield from super().parse_article(response)

    def _addresses(self) -> Iterator[str]:
        name = self.given["urls_file"]
        if name is None:
            yield from self.given["url"]
        elif name == "-":
            yield from filter(None, map(_address, sys.stdin.buffer))
        else:
            with Path(name).expanduser().open("rb") as file:
                yield from filter(None, map(_address, file))


def _address(line: bytes) -> str:
    """Return the URL on a line, or ``""`` for a blank line or a comment (``#``)."""
    text = line.decode("utf-8", "replace").removeprefix("\ufeff").strip()
    return "" if text.startswith("#") else completed(text)
