"""Slow hosts, listed in `hosts.jsonl` beside the output; the report shows them."""

from __future__ import annotations

import json
import logging
from array import array
from pathlib import Path
from statistics import median
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.network.clock import now
from newscrawl.output.feeds import feed_files
from newscrawl.run.component import Component
from newscrawl.urls.site import site_name

logger = logging.getLogger(__name__)

FILE_NAME = "hosts.jsonl"
SLOW = 3.0
"""Seconds; a host is listed if its median response time is longer."""
_RESPONSES = 1000
_HOSTS = 20_000


class SlowHosts(Component):
    """Extension that measures the response time of each host (its first 1,000 responses; 20,000 hosts at most)."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._seconds: dict[str, array[float]] = {}
        self._paths: set[Path] = set()

    def spider_opened(self) -> None:
        """Set the paths of the list: the folder of each local output, overwritten where all outputs there are."""
        feeds = list(feed_files(self.crawler))
        self._paths = {path.parent / FILE_NAME for path, _ in feeds}
        for place in self._paths - {path.parent / FILE_NAME for path, overwrite in feeds if not overwrite}:
            place.unlink(missing_ok=True)

    def response_received(self, request: Request, response: Response) -> None:
        """Measure a response from the web."""
        taken = request.meta.get("download_latency")
        if taken is None or not request.url.startswith("http"):
            return
        host = site_name(request.url)
        seconds = self._seconds.get(host)
        if seconds is None:
            if len(self._seconds) >= _HOSTS:
                return
            seconds = self._seconds[host] = array("f")
        if len(seconds) < _RESPONSES:
            seconds.append(taken)

    def slow(self) -> list[dict[str, Any]]:
        """Return a row for each slow host, the slowest first."""
        rows: list[dict[str, Any]] = [
            {
                "host": host,
                "requests": len(seconds),
                "median_seconds": round(median(seconds), 2),
                "slowest_seconds": round(max(seconds), 2),
                "at": now(),
            }
            for host, seconds in self._seconds.items()
        ]
        return sorted((row for row in rows if row["median_seconds"] > SLOW), key=lambda row: -row["median_seconds"])

    def spider_closed(self) -> None:
        """Write the list beside each local output, where there is anything to list."""
        rows = self.slow()
        for path in self._paths if rows else ():
            try:
                with path.open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps(row) + "\n" for row in rows)
            except OSError as error:
                logger.warning("%s cannot be written: %s", path, error.strerror)
