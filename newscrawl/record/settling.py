"""Dates to ISO 8601 with evidence: from a document's candidates, or from the texts of another project's item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newscrawl.dates import DateCandidate, DateDecision, Role, decide
from newscrawl.record.fields_map import MappedItem

_FIELDS: tuple[tuple[str, Role], ...] = (("date_published", "published"), ("date_modified", "modified"))


_UNREAD: dict[str, Any] = {"source": "row", "time_zone": None, "disagreed": [], "unread": True}


def settled(
    candidates: list[DateCandidate],
    *,
    fetched_at: str | None,
    language: str | None,
    country: str | None = None,
    site_zone: str | None = None,
) -> DateDecision:
    """Decide between candidates; a text of a row that cannot be parsed stays in the evidence, marked ``unread``."""
    decision = decide(
        candidates, fetched_at=fetched_at, language=language or None, country=country, site_zone=site_zone
    )
    for candidate in candidates:
        if candidate["source"] == "row" and decision.evidence.get(candidate["place"], candidate) is None:
            decision.evidence[candidate["place"]] = {**_UNREAD, "raw": candidate["raw"], "place": candidate["place"]}
    return decision


def settle(item: Any, names: Mapping[str, str] | None = None) -> DateDecision | None:
    """Decide the dates of another project's item from its texts, in place; ``None`` where they are decided already.

    ``names``: as NEWSCRAWL_FIELDS_MAP.
    """
    adapter = MappedItem(item, names)
    if "date_published" in (_get(adapter, "date_evidence") or {}):
        return None
    decision = settled(
        _raw_candidates(adapter),
        fetched_at=_text(adapter, "fetched_at"),
        language=_text(adapter, "in_language"),
    )
    for name, value in (
        ("date_published", decision.date_published),
        ("date_modified", decision.date_modified),
        ("date_evidence", decision.evidence),
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
    """Return the dates an item of another project holds as it found them."""
    found: list[DateCandidate] = []
    for name, role in _FIELDS:
        value = _get(adapter, name)
        value = value.isoformat() if hasattr(value, "isoformat") else value
        if isinstance(value, str) and value.strip():
            found.append({"role": role, "source": "row", "raw": value, "place": name})
    return found
