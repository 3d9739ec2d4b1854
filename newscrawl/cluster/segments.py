"""Output of a worker: ``<site>/<date>/<worker>-<n>.jsonl``, one file a crawl."""

from __future__ import annotations

from typing import Any

from scrapy import Spider

from newscrawl.network.clock import now
from newscrawl.output.feeds import SEGMENT, safe
from newscrawl.run.run import Run

PATTERN = "%(newscrawl_site)s/%(newscrawl_date)s/%(newscrawl_worker)s-%(newscrawl_n)d.jsonl"


def feeds(root: str) -> dict[str, dict[str, Any]]:
    """Return FEEDS for segments below ``root``: a folder, or ``s3://bucket/prefix``."""
    place = root.rstrip("/").replace("%", "%%")
    options = {"format": "jsonlines", "overwrite": True, "store_empty": False, SEGMENT: True}
    return {f"{place}/{PATTERN}": options}


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """Return FEED_URI_PARAMS of a segment: ``n`` is the run's number in the store, which no other run has."""
    settings = spider.crawler.settings
    return {
        **params,
        "newscrawl_site": safe(str(settings.get("NEWSCRAWL_SEGMENT_SITE") or spider.name)),
        "newscrawl_date": now()[:10],
        "newscrawl_worker": safe(str(settings.get("NEWSCRAWL_WORKER") or "worker")),
        "newscrawl_n": Run.of(spider.crawler).number or 0,
    }
