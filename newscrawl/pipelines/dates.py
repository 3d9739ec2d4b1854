"""Dates of an item as ISO 8601 with evidence. The logic is in `newscrawl.dates`."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from newscrawl.items import Article
from newscrawl.record.fields_map import names_of
from newscrawl.record.settling import settle
from newscrawl.run.component import Component


class NormaliseDatesPipeline(Component):
    """Item pipeline that normalises the dates of other projects' items, and counts the sources of all dates.

    The texts in ``date_published`` and ``date_modified`` are replaced by ISO 8601, with their evidence in
    ``date_evidence``, as far as the item has these fields (NEWSCRAWL_FIELDS_MAP names others); one that cannot be
    parsed stays in the evidence, marked ``unread``. An article's dates are settled where it is extracted.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.names = names_of(crawler.settings)

    async def process_item(self, item: Any) -> Any:
        """Decide the dates of an item."""
        if (decision := settle(item, self.names)) is not None:
            self._count(decision.evidence)
        elif isinstance(item, Article):
            self._count(item.date_evidence)
        return item

    def _count(self, evidence: dict[str, dict[str, Any] | None]) -> None:
        count = self.crawler.stats.inc_value
        published, modified = evidence["date_published"], evidence["date_modified"]
        if published is None:
            count("newscrawl/dates/missing")
        else:
            count(f"newscrawl/dates/source/{published['source']}")
            if published["time_zone"]:
                count(f"newscrawl/dates/time_zone/{published['time_zone']}")
            if published["disagreed"]:
                count("newscrawl/dates/disagreed")
            if published.get("mended"):
                count("newscrawl/dates/mended")
        if modified is not None:
            count(f"newscrawl/dates/modified/source/{modified['source']}")
