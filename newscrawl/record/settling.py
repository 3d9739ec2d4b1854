"""Settle the dates of an item: candidates, or texts as another project found them, to ISO 8601 with evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newscrawl.dates import DateCandidate, DateDecision, Role, decide
from newscrawl.record.fields_map import MappedItem

_FIELDS: tuple[tuple[str, Role], ...] = (("date_published", "published"), ("date_modified", "modified"))


_UNREAD: dict[str, Any] = {"source": "row", "time_zone": None, "disagreed": [], "unread": True}


def settle(item: Any, names: Mapping[str, str] | None = None) -> DateDecision | None:
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
    """Return the dates an item of another project holds as it found them."""
    found: list[DateCandidate] = []
    for name, role in _FIELDS:
        value = _get(adapter, name)
        value = value.isoformat() if hasattr(value, "isoformat") else value
        if isinstance(value, str) and value.strip():
            found.append({"role": role, "source": "row", "raw": value, "place": name})
    return found
