"""New, changed or unchanged: an article is written once for each version of its text."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import DropItem

from newscrawl.exceptions import StoreError, UnchangedError
from newscrawl.items import FIELDS, Article
from newscrawl.run.component import Component
from newscrawl.run.run import Run
from newscrawl.scrapy_internals.engine import is_closing
from newscrawl.store.decide import decide
from newscrawl.store.entry import entry_of


class DecidePipeline(Component):
    """Item pipeline that sets ``version``, ``changes`` and ``duplicate_of``, and drops unchanged articles.

    In a store that several machines share, an article is claimed before it is decided on, so that of two workers that
    extract it one writes it and the other then finds it unchanged.

    Statistics: ``newscrawl/decided/<new, changed, unchanged>``, ``newscrawl/duplicates``. With the store off all are
    new. Items other than `newscrawl.items.Article` pass unchanged.
    """

    async def process_item(self, item: Any) -> Any:
        """Return the article as decided; raises `UnchangedError`."""
        if not isinstance(item, Article):
            return item
        stats = self.crawler.stats
        run = Run.of(self.crawler)
        if not run.remembers:
            stats.inc_value("newscrawl/decided/new")
            return item
        outbox = run.outbox
        if outbox.has_failed:
            raise DropItem("the crawl stops", log_level="DEBUG")
        entry = entry_of({name: getattr(item, name) for name in FIELDS})
        try:
            if not await outbox.claiming.hold(entry, lambda: is_closing(self.crawler)):
                run.failures.add(item.url, "claimed", "another worker has not finished writing it", explicit=True)
                raise DropItem("claimed by another worker", log_level="DEBUG")
            decision = decide(entry, run.store, outbox.waiting)
        except (OSError, StoreError) as error:
            outbox.fail(str(error))
            raise DropItem(str(error), log_level="DEBUG") from error
        stats.inc_value(f"newscrawl/decided/{decision.kind}")
        if decision.kind == "unchanged":
            outbox.unchanged(decision)
            raise UnchangedError("unchanged", log_level="DEBUG")
        item.version = decision.entry.version
        item.changes = decision.changes
        item.duplicate_of = decision.entry.duplicate_of
        if item.duplicate_of is not None:
            stats.inc_value("newscrawl/duplicates")
        outbox.decided(item, decision)
        return item
