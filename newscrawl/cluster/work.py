"""A task from its delivery to its end: begun once, run as a crawl, its outcome stored before it is acknowledged."""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Callable
from functools import cache
from typing import Any

from newscrawl.cluster.config import SECRET, ClusterSettings, cluster_settings
from newscrawl.cluster.feeding import Broker
from newscrawl.cluster.outcome import Ended, judge, reason
from newscrawl.cluster.process import Crawls
from newscrawl.cluster.segments import feeds
from newscrawl.exceptions import StoreError
from newscrawl.store.opening import open_store
from newscrawl.store.store import Store
from newscrawl.store.tasks import Kind, task_id
from newscrawl.urls.site import site_name

logger = logging.getLogger(__name__)

HELD_PAUSE = 5.0
"""Back-off in seconds for a task whose site or archive another process works on;"""
AWAY_PAUSE = 10.0
"""or that was delivered while the store was unavailable."""
MOST_LOST = 20
"""Workers that may be lost over one task, by kills and restarts, before it counts as their cause."""
crawls = Crawls()


@cache
def shared_store() -> Store:
    """Return this process's store; raises `StoreError`."""
    return open_store(cluster_settings().store)


def work(kind: Kind, argument: str, broker: Broker, *, redelivered: bool) -> None:
    """Run a task; its outcome is stored and follow-up messages sent before this returns."""
    known = cluster_settings()
    name = task_id(kind, argument)
    try:
        store = shared_store()
        begun = store.tasks.begin(kind, argument, known.worker, redelivered=redelivered, most_lost=MOST_LOST)
    except StoreError as error:
        logger.error("%s waits: %s", name, error)
        broker.send(kind, argument, countdown=AWAY_PAUSE)
        return
    if begun == "over":
        logger.info("%s was delivered again after its end", name)
    elif begun == "held":
        broker.send(kind, argument, countdown=HELD_PAUSE)
    elif begun == "poison":
        _park(store, kind, argument, f"{MOST_LOST} workers that began it were lost", broker, known)
    else:
        try:
            arguments = _arguments(kind, argument, known, store.tasks.attempts(name))
            ended = crawls.run(arguments, _environment(known), known.limit)
            _settle(store, kind, argument, ended, broker, known)
        except StoreError as error:
            logger.error("what became of %s cannot be written down, so it is done again: %s", name, error)
            broker.send(kind, argument, countdown=AWAY_PAUSE)


def _settle(store: Store, kind: Kind, argument: str, ended: Ended, broker: Broker, known: ClusterSettings) -> None:
    name = task_id(kind, argument)
    verdict = "held" if crawls.is_stopping and ended.code <= 0 else judge(kind, ended)
    if verdict == "done":
        _patiently(lambda: store.tasks.done(name, _due_in(store, argument, known) if kind == "site" else None))
    elif verdict == "held":
        _patiently(lambda: store.tasks.held(name))
        broker.send(kind, argument, countdown=0 if crawls.is_stopping else HELD_PAUSE)
    else:
        why = reason(ended)
        attempt = _patiently(lambda: store.tasks.attempts(name)) + 1
        if verdict == "park" or attempt >= known.attempts:
            _park(store, kind, argument, why if verdict == "park" else f"{why}, {attempt} times", broker, known)
            return
        logger.warning("%s failed: %s", name, why)
        pause = known.pause(attempt)
        _patiently(lambda: store.tasks.failed(name, why, pause))
        broker.send(kind, argument, countdown=pause)


def _park(store: Store, kind: Kind, argument: str, why: str, broker: Broker, known: ClusterSettings) -> None:
    logger.error("%s is parked: %s", task_id(kind, argument), why)
    broker.park(kind, argument, why, known.worker)
    _patiently(lambda: store.tasks.parked(task_id(kind, argument), why))


def _due_in(store: Store, argument: str, known: ClusterSettings) -> int:
    """Return the seconds until a site is due: until the first of its sources is, within bounds."""
    host = site_name(argument) if "://" in argument else argument
    looks = [feed.next_look for feed in store.feeds.feeds_of(host) if feed.retired is None]
    wait = min(looks) - store.database.now() if looks else known.longest
    return max(known.shortest, min(wait, known.longest))


def _patiently(action: Callable[[], Any], tries: int = 6) -> Any:
    """Call ``action`` on the store, with retries where it is unavailable; raises `StoreError`."""
    pause = threading.Event()
    for attempt in range(tries):
        try:
            return action()
        except StoreError:
            if attempt == tries - 1:
                raise
            pause.wait(2**attempt / 2)
    return None


def _arguments(kind: Kind, argument: str, known: ClusterSettings, failed: int) -> list[str]:
    """Return the arguments of the crawl of a task that failed ``failed`` times.

    An archive's pages are extracted in the crawl's own process, which is faster where there is a worker for each core.
    Where a crawl was lost, a page may have crashed it, so the next one has a separate process for extraction; a site's
    crawl always has, since it serves its connections meanwhile.
    """
    if kind == "warc":
        command, site = ["warc", "-a", f"path={argument}"], "warc"
    else:
        is_address = "://" in argument
        command = ["site", "-a", f"{'url' if is_address else 'site'}={argument}"]
        site = site_name(argument) if is_address else argument
    settings = {
        "LOG_LEVEL": "WARNING",
        "NEWSCRAWL_EXTRACTION_WORKERS": "0" if kind == "warc" and not failed else "1",
        **known.crawl,
        "NEWSCRAWL_STORE_ENABLED": "True",
        "NEWSCRAWL_LEASE": task_id(kind, argument),
        "NEWSCRAWL_WORKER": known.worker,
        "NEWSCRAWL_SEGMENT_SITE": site,
        "FEEDS": json.dumps(feeds(known.segments)),
        "FEED_URI_PARAMS": "newscrawl.cluster.segments.uri_params",
    }
    return ["crawl", *command, *(part for name, value in settings.items() for part in ("-s", f"{name}={value}"))]


def _environment(known: ClusterSettings) -> dict[str, str]:
    values = dict(zip(SECRET, (known.store, known.broker), strict=True))
    return {name: value for name, value in values.items() if value} | {"NEWSCRAWL_WORKER": known.worker}


def finish_left_behind() -> None:
    """Finish outputs that killed crawls left open on this machine; raises `StoreError` and `OSError`."""
    from newscrawl.output.recovery import finish_left_open

    finish_left_open(shared_store())
    logger.info("worker %s, process %d", cluster_settings().worker, os.getpid())
