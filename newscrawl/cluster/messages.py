"""Messages with tasks: to the workers, and to the dead-letter queue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kombu import Connection

from newscrawl.cluster.app import PARKED, QUEUES, app
from newscrawl.network.clock import now
from newscrawl.store.tasks import Kind, task_id

_NAMES = {"site": "newscrawl.crawl_site", "warc": "newscrawl.clean_warc"}
_RETRY = {"max_retries": 8, "interval_start": 0.2, "interval_step": 0.5, "interval_max": 3}


def send(kind: Kind, argument: str, *, countdown: float = 0) -> None:
    """Send a task to the workers, to be begun after ``countdown`` seconds.

    Raises `kombu.exceptions.OperationalError` where the broker stays unavailable.
    """
    app.send_task(
        _NAMES[kind],
        args=[argument],
        task_id=task_id(kind, argument),
        queue=f"newscrawl.{kind}",
        countdown=countdown or None,
        retry=True,
        retry_policy=_RETRY,
    )


def declare(connection: Connection) -> None:
    """Declare missing exchanges and queues."""
    for queue in (PARKED, *QUEUES.values()):
        queue(connection.default_channel).declare()


def park(kind: Kind, argument: str, reason: str, worker: str) -> None:
    """Put a task into the dead-letter queue, with its reason."""
    note = {"kind": kind, "argument": argument, "reason": reason, "worker": worker, "at": now()}
    with app.connection_for_write() as connection:
        producer = connection.Producer(serializer="json")
        headers = {"newscrawl_reason": reason}
        producer.publish(
            note, exchange=PARKED.exchange, declare=[PARKED], headers=headers, retry=True, retry_policy=_RETRY
        )


def parked(*, take: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the tasks in the dead-letter queue, each once; with ``take`` each is removed as it is yielded."""
    with app.connection_for_write() as connection:
        queue = PARKED(connection.default_channel)
        queue.declare()
        messages = []
        seen = set()
        while (message := queue.get()) is not None:
            messages.append(message)
            note = _note(message)
            name = task_id(note["kind"], note["argument"])
            if name not in seen:
                seen.add(name)
                yield note
            if take:
                message.ack()
        if not take:
            for message in messages:
                message.requeue()


def depth() -> int:
    """Return the number of tasks in the queues of sites and archives."""
    with app.connection_for_read() as connection:
        found = [QUEUES[kind](connection.default_channel).queue_declare(passive=True) for kind in ("site", "warc")]
    return sum(queue.message_count for queue in found)


def _note(message: Any) -> dict[str, Any]:
    """Return the note of a message; one that the broker itself dead-lettered is a task as it was sent."""
    body = json.loads(message.body)
    if isinstance(body, dict) and "argument" in body:
        return body
    kind = next((kind for kind, name in _NAMES.items() if name == message.headers.get("task")), "unknown")
    deaths = message.headers.get("x-death") or [{}]
    argument = body[0][0] if isinstance(body, list) and body and body[0] else "?"
    return {"kind": kind, "argument": argument, "reason": f"the broker gave it up: {deaths[0].get('reason')}"}
