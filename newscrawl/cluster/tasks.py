"""The tasks of the workers."""

from __future__ import annotations

import logging
from typing import Any

from celery import Task
from celery.signals import worker_ready, worker_shutting_down

from newscrawl.cluster import messages
from newscrawl.cluster.app import app
from newscrawl.cluster.feeding import feed as feed_sites
from newscrawl.cluster.work import crawls, finish_left_behind, shared_store, work
from newscrawl.exceptions import StoreError
from newscrawl.store.tasks import Kind

logger = logging.getLogger(__name__)


@app.task(bind=True, name="newscrawl.crawl_site")
def crawl_site(self: Task, site: str) -> None:
    """Crawl a site of the catalogue, or the site of a home page's URL."""
    _work(self, "site", site)


@app.task(bind=True, name="newscrawl.clean_warc")
def clean_warc(self: Task, path: str) -> None:
    """Clean a WARC file; all workers must find it under this path."""
    _work(self, "warc", path)


@app.task(name="newscrawl.feed")
def feed() -> None:
    """Send the sites that are due, and tasks that the broker lost."""
    try:
        feed_sites(shared_store(), messages)
    except StoreError as error:
        logger.error("no site is fed: %s", error)


def _work(task: Task, kind: Kind, argument: str) -> None:
    info = task.request.delivery_info or {}
    work(kind, argument, messages, redelivered=bool(info.get("redelivered")))


@worker_ready.connect
def _ready(**_: Any) -> None:
    try:
        finish_left_behind()
    except (OSError, StoreError) as error:
        logger.error("what a killed crawl left behind cannot be finished: %s", error)


@worker_shutting_down.connect
def _shutting_down(**_: Any) -> None:
    crawls.stop()
