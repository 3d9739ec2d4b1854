"""The Celery application: `scrapy cluster worker` starts `celery -A newscrawl.cluster.app worker`."""

from __future__ import annotations

from celery import Celery
from kombu import Exchange, Queue

from newscrawl.cluster.config import cluster_settings

CONSUMER_TIMEOUT = 24 * 3600 * 1000
"""Maximum duration of a task in milliseconds; RabbitMQ's default of half an hour is less than an archive takes."""
FEED_SECONDS = 30.0
"""Seconds between two checks which sites are due."""
PARKED = Queue("newscrawl.parked", Exchange("newscrawl.parked", type="fanout"), durable=True)
"""The dead-letter queue."""
_TASKS = Exchange("newscrawl", type="direct")


def _queue(kind: str, **arguments: str | int) -> Queue:
    return Queue(f"newscrawl.{kind}", _TASKS, routing_key=kind, durable=True, queue_arguments=arguments)


_WORK = {"x-dead-letter-exchange": PARKED.exchange.name, "x-consumer-timeout": CONSUMER_TIMEOUT}
QUEUES = {"site": _queue("site", **_WORK), "warc": _queue("warc", **_WORK), "feed": _queue("feed")}
"""The queues by kind of task; nothing is lost if a scheduling task (`feed`) expires."""

app = Celery("newscrawl", include=["newscrawl.cluster.tasks"], set_as_current=False)
app.conf.update(
    broker_url=cluster_settings().broker or "amqp://",
    broker_connection_retry_on_startup=True,  # `checks` says that a broker is down before there is a worker,
    broker_connection_max_retries=None,  # a connection lost later is waited for
    broker_heartbeat=60,
    broker_transport_options={"confirm_publish": True},  # a task counts as sent once the broker has it
    task_queues=list(QUEUES.values()),
    task_default_queue=QUEUES["site"].name,
    task_create_missing_queues=False,
    task_acks_late=True,  # a task is acknowledged when its crawl ends, so that a lost worker's goes to another
    task_reject_on_worker_lost=True,  # the same for a pool with processes
    task_ignore_result=True,  # the outcome is in the store
    task_serializer="json",
    accept_content=["json"],
    worker_pool="threads",  # a task only waits for its crawl's process: processes for that would idle in memory
    worker_concurrency=1,
    worker_prefetch_multiplier=1,  # tasks that a worker has not begun stay available to others
    worker_cancel_long_running_tasks_on_connection_loss=False,  # the site's lease keeps a second crawl away
    worker_enable_prefetch_count_reduction=False,
    worker_enable_remote_control=False,  # no queues that vanish with a connection
    worker_send_task_events=False,
    worker_redirect_stdouts=False,
    worker_detect_quorum_queues=False,
    beat_scheduler="celery.beat:Scheduler",  # nothing to remember: the schedule is in the store
    beat_schedule={
        "feed": {
            "task": "newscrawl.feed",
            "schedule": FEED_SECONDS,
            "options": {"queue": "newscrawl.feed", "expires": FEED_SECONDS},
        }
    },
)
