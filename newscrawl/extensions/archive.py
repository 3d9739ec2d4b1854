"""The archive of a crawl, connected to the signals of its articles."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.archive.crawl_archive import CrawlArchive
from newscrawl.exceptions import NotAnArticleError
from newscrawl.network.clock import now
from newscrawl.run.component import Component
from newscrawl.run.run import Run
from newscrawl.urls.site import site_name


class PageArchive(Component):
    """Extension that has `newscrawl.archive.crawl_archive.CrawlArchive` write pages to WARC files.

    The files are in NEWSCRAWL_ARCHIVE_DIR; off where that is not set. A page is written with its record: new and
    changed articles, and pages judged not to be articles.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        folder = crawler.settings.get("NEWSCRAWL_ARCHIVE_DIR")
        if not folder:
            raise NotConfigured
        run = Run.of(crawler)
        run.archive = self.archive = CrawlArchive(
            Path(folder).expanduser().absolute(),
            run.outbox,
            crawler.settings,
            stem=lambda: _stem(run),
            count=lambda pages: crawler.stats.inc_value("newscrawl/archived", pages),
        )
        self.archive.recover()  # files that a kill left open

    def spider_opened(self) -> None:
        """Stop the crawl where a file that a kill left open cannot be finished."""
        self.archive.check()

    def item_scraped(self, item: Any) -> None:
        """Write the pages of an article before the exporter buffers its record (the order is that of EXTENSIONS)."""
        self.archive.write(item)

    def item_dropped(self, item: Any, exception: Exception) -> None:
        """Write a page judged not to be an article, since a better rule may find one; drop unchanged articles."""
        (self.archive.write if isinstance(exception, NotAnArticleError) else self.archive.drop)(item)

    def item_error(self, item: Any) -> None:
        """Drop the pages of an item lost to an error in a pipeline."""
        self.archive.drop(item)

    def engine_stopped(self) -> None:
        """Give the last file its final name."""
        self.archive.close()


def _stem(run: Run) -> str:
    """Return the stem of a run's file names: its site where it has one, its spider, its instant and its number."""
    spider = run.crawler.spider
    given = getattr(spider, "given", {})
    homes = [*(given.get("url") or ()), *(site.home for site in given.get("site") or ())]
    hosts = {site_name(url) for url in homes}
    about = [hosts.pop()] if len(hosts) == 1 else []
    number = f"run{run.number}" if run.number is not None else f"process{os.getpid()}"
    stamp = now().replace("-", "").replace(":", "")
    return "-".join([*about, getattr(spider, "name", "") or "crawl", stamp, number])
