"""Inputs without an article, by reason and by host, from the `failures.jsonl` and `hosts.jsonl` beside the outputs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newscrawl.report.facts import site_of

FAILURES = "failures.jsonl"
HOSTS = "hosts.jsonl"
NOT_ARTICLE = "not-article"
_SLOW = 3.0


@dataclass(slots=True)
class Host:
    """Failures of one host by reason, with the last one's detail; ``seconds``: median and slowest response."""

    name: str
    reasons: Counter[str] = field(default_factory=Counter)
    detail: str = ""
    requests: int = 0
    median: float | None = None
    slowest: float | None = None

    @property
    def is_slow(self) -> bool:
        """Whether half of its responses took longer than three seconds."""
        return self.median is not None and self.median > _SLOW


@dataclass(slots=True)
class Troubles:
    """``not_articles``: pages that were none, by reason. ``hosts``: those that failed or responded slowly."""

    not_articles: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    hosts: dict[str, Host] = field(default_factory=dict)

    def host(self, name: str) -> Host:
        """Return the entry of a host."""
        if name not in self.hosts:
            self.hosts[name] = Host(name)
        return self.hosts[name]

    def read(self, folder: Path) -> None:
        """Read the lists of a folder, where there are any."""
        for line in _lines(folder / FAILURES):
            reason = str(line.get("reason") or "unknown")
            detail = str(line.get("detail") or "")
            if reason == NOT_ARTICLE:
                self.not_articles[detail.removeprefix("no article: ") or "unknown"] += 1
                continue
            self.reasons[reason] += 1
            host = self.host(site_of(str(line.get("url") or "")))
            host.reasons[reason] += 1
            host.detail = detail
        for line in _lines(folder / HOSTS):
            host = self.host(str(line.get("host") or "unknown"))
            host.requests += _whole(line.get("requests"))
            host.median = _greater(host.median, line.get("median_seconds"))
            host.slowest = _greater(host.slowest, line.get("slowest_seconds"))

    def in_trouble(self) -> list[Host]:
        """Return the hosts that failed or are slow, the worst first."""
        bad = [host for host in self.hosts.values() if host.reasons or host.is_slow]
        return sorted(bad, key=lambda host: (-host.reasons.total(), -(host.median or 0), host.name))


def _whole(value: Any) -> int:
    return value if type(value) is int else 0


def _greater(known: float | None, value: Any) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return known
    return max(known or 0.0, float(value))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict):
                yield value
