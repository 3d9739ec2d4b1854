"""Slow hosts beside the output."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.http import Response

from newscrawl.extensions.hosts import SlowHosts


def answered(*answers: tuple[str, float | None]) -> list[dict[str, Any]]:
    hosts = SlowHosts(SimpleNamespace())  # type: ignore[arg-type]
    for url, seconds in answers:
        request = Request(url, meta={} if seconds is None else {"download_latency": seconds})
        hosts.response_received(request, Response(url))
    return hosts.slow()


def test_host_is_slow_by_its_usual_answer_and_not_by_one() -> None:
    rows = answered(
        *(("https://www.slow.example/", second) for second in (4.0, 5.0, 1.0)),
        *(("https://fast.example/", second) for second in (0.1, 0.2, 59.0)),
        ("https://slower.example/", 9.0),
        ("warc://record/1", 99.0),
        ("https://unmeasured.example/", None),
    )
    assert [(row["host"], row["median_seconds"], row["slowest_seconds"], row["requests"]) for row in rows] == [
        ("slower.example", 9.0, 9.0, 1),
        ("slow.example", 4.0, 5.0, 3),
    ]
