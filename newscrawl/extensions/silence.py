"""An alarm for sites that fell silent."""

from __future__ import annotations

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawl.discovery.silence import is_silent
from newscrawl.extensions.store import StoreExtension
from newscrawl.store.errors import StoreError

logger = logging.getLogger(__name__)


class SilenceAlarm:
    """Extension that judges each site looked at against its own history (`newscrawl.discovery.silence`).

    Spiders name the sites they looked at in ``sites_looked_at``. Statistic: ``newscrawl/silent_sites``, by which the
    exit code becomes 5. Nothing is said of a run that was cut short.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension and connect it."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def spider_closed(self, reason: str) -> None:
        """Say which sites fell silent."""
        own = self.crawler.get_extension(StoreExtension)
        looked = getattr(self.crawler.spider, "sites_looked_at", ())
        if own is None or not own.store.enabled or own.outbox.has_failed or reason != "finished":
            return
        for site in sorted(looked):
            figures = own.outbox.sites.get(site)
            if figures is not None and (figures.new or figures.changed):
                continue
            try:
                past = own.store.runs.history(site)
                now = own.store.database.now()
            except StoreError as error:
                own.outbox.fail(str(error))
                return
            if is_silent(now, [started for started, found in past if found.new]):
                self.crawler.stats.inc_value("newscrawl/silent_sites")
                logger.warning("%s fell silent: nothing new for unusually long", site)
