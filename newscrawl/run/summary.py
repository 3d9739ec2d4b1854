"""The summary of a crawl: one line of JSON from its statistics."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from newscrawl.compiled import form

_COUNTS = {
    "articles": "newscrawl/articles",
    "unsure": "newscrawl/unsure",
    "new": "newscrawl/decided/new",
    "changed": "newscrawl/decided/changed",
    "unchanged": "newscrawl/decided/unchanged",
    "duplicates": "newscrawl/duplicates",
    "seen": "newscrawl/seen_skipped",
    "archived": "newscrawl/archived",
    "documents": "newscrawl/documents",
    "files": "newscrawl/files",
    "would_fetch": "newscrawl/would_fetch",
    "other_shards": "newscrawl/other_shards",
    "failed": "newscrawl/failures",
}


def summary(spider: str, stats: Mapping[str, Any], exit_code: int) -> str:
    """Return the last line of a crawl: counts by reason, kind and level, finish reason and duration."""
    record: dict[str, Any] = {"spider": spider, "exit_code": exit_code, "finish_reason": stats.get("finish_reason")}
    record |= {name: stats.get(key, 0) for name, key in _COUNTS.items()}
    record["failures"] = _group(stats, "newscrawl/failures/")
    record["not_articles"] = _group(stats, "newscrawl/not_article/")
    record["removed"] = _group(stats, "newscrawl/widgets/removed/")
    record["robots_unreachable"] = stats.get("newscrawl/robots_unreachable", {})
    record["alarms"] = stats.get("newscrawl/alarms", [])
    record["code"] = form()
    record["seconds"] = round(stats.get("elapsed_time_seconds") or 0, 1)
    return json.dumps(record, ensure_ascii=True)


def _group(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): value for key, value in sorted(stats.items()) if key.startswith(prefix)}
