"""The cluster's settings."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass, field
from functools import cache

from scrapy.settings import BaseSettings
from scrapy.utils.project import get_project_settings

PASSED_ON = "NEWSCRAWL_CLUSTER_SETTINGS"
"""Environment variable: settings as JSON given to a worker by ``-s``, which it passes to its crawls."""
SECRET = ("NEWSCRAWL_STORE_URL", "NEWSCRAWL_BROKER_URL")
"""Settings with passwords: passed in the environment, since a process's arguments are visible to everybody."""


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """The settings of a worker; times in seconds."""

    broker: str | None
    store: str | None
    segments: str
    worker: str
    lease: int
    attempts: int
    backoff: float
    shortest: int
    longest: int
    limit: float
    crawl: dict[str, str] = field(default_factory=dict)
    """Settings passed to each crawl by ``-s``."""

    def pause(self, attempt: int) -> float:
        """Return the back-off after so many failed attempts: four times as long each time."""
        return float(self.backoff * 4 ** max(0, attempt - 1))


def of_settings(settings: BaseSettings) -> ClusterSettings:
    """Return the cluster's settings in ``settings``."""
    return ClusterSettings(
        broker=settings.get("NEWSCRAWL_BROKER_URL"),
        store=settings.get("NEWSCRAWL_STORE_URL"),
        segments=settings.get("NEWSCRAWL_SEGMENTS") or "segments",
        worker=settings.get("NEWSCRAWL_WORKER") or socket.gethostname(),
        lease=settings.getint("NEWSCRAWL_LEASE_SECONDS"),
        attempts=settings.getint("NEWSCRAWL_TASK_ATTEMPTS"),
        backoff=settings.getfloat("NEWSCRAWL_TASK_BACKOFF_SECONDS"),
        shortest=int(settings.getfloat("NEWSCRAWL_SITE_MINUTES") * 60),
        longest=int(settings.getfloat("NEWSCRAWL_FEED_LONGEST_HOURS") * 3600),
        limit=settings.getfloat("NEWSCRAWL_TASK_HOURS") * 3600,
        crawl=json.loads(os.environ.get(PASSED_ON) or "{}"),
    )


@cache
def cluster_settings() -> ClusterSettings:
    """Return the settings of this process: the project's, and those given to ``scrapy cluster``."""
    settings = get_project_settings()
    settings.setdict(json.loads(os.environ.get(PASSED_ON) or "{}"), priority="cmdline")
    settings.setdict({name: os.environ[name] for name in SECRET if os.environ.get(name)}, priority="cmdline")
    return of_settings(settings)
