"""Lines of our own output, read again: whatever a line holds, what comes out has the contract's shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newscrawl.record.completion import rounded
from newscrawl.text.plain import scrub

_TEXTS = (
    "url", "canonical_url", "headline", "description", "article_body", "source", "publisher", "article_section",
    "in_language", "date_published", "date_modified", "duplicate_of", "not_article", "fetched_at", "content_hash",
)  # fmt: skip
_BLOCKS = ("paragraph", "heading", "list_item", "quote")


def read_record(line: bytes) -> dict[str, Any] | None:
    """Return the record of a line; ``None`` where it is no JSON object, or none of ours.

    A value of a wrong type is as good as none: a text becomes ``None``, an entry of a list is dropped.

    >>> read_record(b'{"schema_version": 1, "blocks": [], "headline": 7}')["headline"] is None
    True
    >>> read_record(b'{"text": "a row of a corpus"}') is None
    True
    """
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or "schema_version" not in value or not isinstance(value.get("blocks"), list):
        return None
    return typed(scrub(value))


def read_records(path: Path) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Yield number and record of each line that is not blank; raises `OSError` where the file cannot be read."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, read_record(line)


def typed(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record whose values have the contract's types."""
    out: dict[str, Any] = {name: _text(record.get(name)) for name in _TEXTS}
    out["url"] = out["url"] or ""
    out["blocks"] = [
        {
            "type": block["type"] if block.get("type") in _BLOCKS else "paragraph",
            "text": block["text"],
            "time": _text(block.get("time")),
        }
        for block in _dicts(record.get("blocks"))
        if isinstance(block.get("text"), str)
    ]
    for field in ("authors", "author_organizations", "keywords"):
        out[field] = [name for name in _list(record.get(field)) if isinstance(name, str)]
    out["images"] = [
        {"url": image["url"], "caption": _text(image.get("caption")), "credit": _text(image.get("credit"))}
        for image in _dicts(record.get("images"))
        if isinstance(image.get("url"), str)
    ]
    free = record.get("is_accessible_for_free")
    out["is_accessible_for_free"] = free if isinstance(free, bool) else None
    evidence = record.get("date_evidence")
    evidence = evidence if isinstance(evidence, dict) else {}
    out["date_evidence"] = {
        name: evidence[name] if isinstance(evidence.get(name), dict) else None
        for name in ("date_published", "date_modified")
    }
    out["removed"] = [_removal(entry) for entry in _dicts(record.get("removed"))]
    out["rights"] = [
        {"source": str(right.get("source")), "value": str(right.get("value"))} for right in _dicts(record.get("rights"))
    ]
    out["confidence"] = rounded(record.get("confidence"))
    out["schema_version"] = _number(record.get("schema_version"), 1)
    out["version"] = _number(record.get("version"), 1)
    out["changes"] = record["changes"] if isinstance(record.get("changes"), dict) else None
    return out


def _removal(entry: dict[str, Any]) -> dict[str, Any]:
    offset = entry.get("offset")
    return {
        "kind": _text(entry.get("kind")) or "other",
        "rule": _text(entry.get("rule")) or "",
        "level": "text" if entry.get("level") == "text" else "html",
        "text": _text(entry.get("text")) or "",
        "before": _number(entry.get("before"), 0),
        "split": entry.get("split") is True,
        "offset": offset if type(offset) is int else None,
    }


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Any, default: int) -> int:
    return value if type(value) is int else default


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in _list(value) if isinstance(entry, dict)]
