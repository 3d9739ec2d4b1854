"""What the exit code says of a crawl."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any


class ExitCode(IntEnum):
    """Exit codes of ``scrapy crawl``; scripts and cron read them, so they never change their meaning."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    NAMED_FAILED = 3
    BLOCKED = 4
    ALARM = 5
    OUTPUT = 6
    LOCKED = 75


def of_stats(stats: Mapping[str, Any]) -> ExitCode:
    """Return the exit code of a crawl that ended with ``stats``; the gravest cause wins."""

    def any_of(*prefixes: str) -> bool:
        return any(value for name, value in stats.items() if name.startswith(prefixes))

    if any_of("newscrawl/output_errors", "feedexport/failed_count/"):
        return ExitCode.OUTPUT
    is_broken = stats.get("finish_reason") in ("start_error", "memusage_exceeded")
    if any_of("newscrawl/internal_errors", "spider_exceptions/") or is_broken:
        return ExitCode.INTERNAL
    if stats.get("newscrawl/blocked_sites"):
        return ExitCode.BLOCKED
    if stats.get("newscrawl/named_failures") or stats.get("newscrawl/cut_short"):
        return ExitCode.NAMED_FAILED
    if stats.get("newscrawl/alarms"):
        return ExitCode.ALARM
    return ExitCode.OK
