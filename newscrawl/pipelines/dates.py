"""Dates of an item: from candidates to ISO 8601 with evidence. The logic is in `newscrawl.dates`."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from newscrawl.record.fields_map import names_of
from newscrawl.record.settling import settle
from newscrawl.run.component import Component


class NormaliseDatesPipeline(Component):
    """Replaces ``date_evidence["candidates"]`` by the dates chosen and their evidence.

    Reads ``date_evidence`` (``candidates``, ``country``, ``site_zone``), ``in_language`` and ``fetched_at``; writes
    ``date_published``, ``date_modified``, ``date_evidence``, as far as the item has these fields (NEWSCRAWL_FIELDS_MAP
    names others). An item without candidates, as other projects make them, has its ``date_published`` and
    ``date_modified`` texts parsed instead; one that cannot be parsed stays in the evidence, marked ``unread``. Dates
    decided already are kept.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.names = names_of(crawler.settings)

    async def process_item(self, item: Any) -> Any:
        """Decide the dates of an item."""
        if (decision := settle(item, self.names)) is not None:
            self._count(decision.evidence)
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
