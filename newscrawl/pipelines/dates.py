"""Dates of an item: from candidates to ISO 8601 with evidence. The thinking is in `newscrawl.dates`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from newscrawl.dates import DateCandidate, Decision, Role, decide
from newscrawl.record.fields_map import MappedItem, names_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

_FIELDS: tuple[tuple[str, Role], ...] = (("date_published", "published"), ("date_modified", "modified"))

_UNREAD: dict[str, Any] = {"source": "row", "time_zone": None, "disagreed": [], "unread": True}


class NormaliseDatesPipeline:
    """Replaces ``date_evidence["candidates"]`` by the dates chosen and their evidence.

    Reads ``date_evidence`` (``candidates``, ``country``, ``site_zone``), ``in_language`` and ``fetched_at``; writes
    ``date_published``, ``date_modified``, ``date_evidence``, as far as the item has these fields (NEWSCRAWL_FIELDS_MAP
    names others). An item without
    candidates, as other projects make them, has its ``date_published`` and ``date_modified`` texts read instead; one
    that cannot be read stays in the evidence, marked ``unread``. What is decided already is left alone.
    """

    def __init__(self, stats: StatsCollector | None = None, names: Mapping[str, str] | None = None) -> None:
        self.stats = stats
        self.names = names or {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline with the crawler's stats."""
        return cls(crawler.stats, names_of(crawler.settings))

    async def process_item(self, item: Any) -> Any:
        """Decide the dates of an item."""
        if (decision := settle(item, self.names)) is not None:
            self._count(decision.evidence)
        return item

    def _count(self, evidence: dict[str, dict[str, Any] | None]) -> None:
        if self.stats is None:
            return
        published, modified = evidence["date_published"], evidence["date_modified"]
        if published is None:
            self.stats.inc_value("newscrawl/dates/missing")
        else:
            self.stats.inc_value(f"newscrawl/dates/source/{published['source']}")
            if published["time_zone"]:
                self.stats.inc_value(f"newscrawl/dates/time_zone/{published['time_zone']}")
            if published["disagreed"]:
                self.stats.inc_value("newscrawl/dates/disagreed")
            if published.get("mended"):
                self.stats.inc_value("newscrawl/dates/mended")
        if modified is not None:
            self.stats.inc_value(f"newscrawl/dates/modified/source/{modified['source']}")


def settle(item: Any, names: Mapping[str, str] | None = None) -> Decision | None:
    """Decide the dates of an item, in place; ``None`` where they are decided already.

    ``names``: as NEWSCRAWL_FIELDS_MAP.
    """
    adapter = MappedItem(item, names)
    evidence = _get(adapter, "date_evidence")
    evidence = evidence if isinstance(evidence, dict) else {}
    if "date_published" in evidence:
        return None
    given: list[DateCandidate] = list(evidence.get("candidates") or ())
    candidates = given or _raw_candidates(adapter)
    decision = decide(
        candidates,
        fetched_at=_text(adapter, "fetched_at"),
        language=_text(adapter, "in_language"),
        country=evidence.get("country"),
        site_zone=evidence.get("site_zone"),
    )
    found = dict(decision.evidence)
    for candidate in candidates:
        if candidate["source"] == "row" and found.get(candidate["place"], candidate) is None:
            found[candidate["place"]] = {**_UNREAD, "raw": candidate["raw"], "place": candidate["place"]}
    for name, value in (
        ("date_published", decision.date_published),
        ("date_modified", decision.date_modified),
        ("date_evidence", found),
    ):
        if adapter.is_open or name in adapter.field_names():
            adapter[name] = value
    return decision


def _get(adapter: MappedItem, name: str) -> Any:
    return adapter.get(name) if name in adapter.field_names() or name in adapter else None


def _text(adapter: MappedItem, name: str) -> str | None:
    value = _get(adapter, name)
    return value if isinstance(value, str) and value else None


def _raw_candidates(adapter: MappedItem) -> list[DateCandidate]:
    """The dates an item of another project holds as it found them."""
    found: list[DateCandidate] = []
    for name, role in _FIELDS:
        value = _get(adapter, name)
        value = value.isoformat() if hasattr(value, "isoformat") else value
        if isinstance(value, str) and value.strip():
            found.append({"role": role, "source": "row", "raw": value, "place": name})
    return found
