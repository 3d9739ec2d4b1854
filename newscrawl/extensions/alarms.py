"""Alarms: a site without new articles, a field no longer found, a removal rule that removes far more
than before, a confidence that drops."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from scrapy.crawler import Crawler

from newscrawl.exceptions import NotAnArticleError, StoreError, UnchangedError
from newscrawl.items import Article
from newscrawl.monitoring.alarms import Alarm, AlarmBounds, Tally, judge, read_tally
from newscrawl.monitoring.silence import is_silent
from newscrawl.run.component import Component
from newscrawl.run.run import Run
from newscrawl.run.version import VERSION
from newscrawl.urls.site import site_name

logger = logging.getLogger(__name__)

_FIELDS = (
    "headline", "description", "authors", "author_organizations", "source", "publisher", "article_section", "keywords",
    "in_language", "images", "canonical_url", "date_published", "date_modified",
)  # fmt: skip


class SiteAlarms(Component):
    """Extension that judges each site of a crawl against its own history of runs (`newscrawl.monitoring.alarms`).

    It counts articles, fields, removals and confidences of web pages, stores the figures with the run, and reports
    anomalies at its end: in the log, and in ``newscrawl/alarms``, a list of plain values that sets the exit code to 5.
    Silence is judged only for the sites in the spider's ``sites_looked_at``, and not in a run that ended early. Off
    with the store.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._tallies: dict[str, Tally] = defaultdict(lambda: Tally(program=VERSION))
        get = crawler.settings.getfloat
        self.bounds = AlarmBounds(
            crawler.settings.getint("NEWSCRAWL_ALARM_ARTICLES"),
            get("NEWSCRAWL_ALARM_FIELD_DROP"),
            get("NEWSCRAWL_ALARM_RULE_TIMES"),
            get("NEWSCRAWL_ALARM_CONFIDENCE_DROP"),
        )

    @property
    def _run(self) -> Run | None:
        """The run, where it has a history to compare with."""
        run = Run.of(self.crawler)
        return run if run.remembers else None

    def item_scraped(self, item: Any) -> None:
        """Count an article."""
        if isinstance(item, Article) and item.not_article is None and self._run is not None:
            taken = Counter[str]()
            for removal in item.removed:
                taken[removal["rule"]] += len(removal["text"])
            present = [name for name in _FIELDS if getattr(item, name)]
            self._tallies[site_name(item.url)].add(present, taken, len(item.article_body or ""), item.confidence)

    def item_dropped(self, item: Any, exception: Exception) -> None:
        """Count an unchanged article, and a page without an article."""
        if isinstance(exception, UnchangedError):
            self.item_scraped(item)
        elif isinstance(exception, NotAnArticleError) and isinstance(item, Article) and self._run is not None:
            self._tallies[site_name(item.url)].pages += 1

    def spider_closed(self, reason: str) -> None:
        """Store the figures, and report anomalies."""
        run = self._run
        if run is None or run.outbox.has_failed:
            return
        for name, tally in self._tallies.items():
            run.outbox.sites[name].figures = tally.figures()
        looked = getattr(self.crawler.spider, "sites_looked_at", ()) if reason == "finished" else ()
        alarms = []
        try:
            for name in sorted({*looked, *self._tallies}):
                for alarm in self._alarms_of(name, run, is_looked_at=name in looked):
                    logger.warning("%s: %s", name, alarm.sentence())
                    alarms.append({"site": name, **asdict(alarm)})
        except StoreError as error:
            run.outbox.fail(str(error))
        if alarms:
            self.crawler.stats.set_value("newscrawl/alarms", alarms)

    def _alarms_of(self, name: str, run: Run, *, is_looked_at: bool) -> Iterator[Alarm]:
        figures = run.outbox.sites.get(name)
        has_news = figures is not None and (figures.new or figures.changed)
        if is_looked_at and not has_news and is_silent(run.store.database.now(), run.store.runs.with_news(name)):
            yield Alarm("silent")
        if name in self._tallies:
            past = [read_tally(found.figures) for _, found in run.store.runs.history(name)]
            yield from judge(self._tallies[name], past, self.bounds)
