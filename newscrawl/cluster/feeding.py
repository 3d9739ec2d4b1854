"""Scheduling: sites that are due become tasks; tasks that the broker lost are sent again."""

from __future__ import annotations

import logging
from typing import Protocol

from newscrawl.store.store import Store
from newscrawl.store.tasks import Kind

logger = logging.getLogger(__name__)

STRANDED = 300
"""Seconds without an update of a task, and with empty queues, after which it is lost."""


class Broker(Protocol):
    """What sends tasks to the workers (`newscrawl.cluster.messages`)."""

    def send(self, kind: Kind, argument: str, *, countdown: float = 0) -> None:
        """Send a task."""

    def depth(self) -> int:
        """Return the number of tasks in the queues."""

    def park(self, kind: Kind, argument: str, reason: str, worker: str) -> None:
        """Put a task into the dead-letter queue."""


def feed(store: Store, broker: Broker, *, stranded: int = STRANDED) -> int:
    """Send all tasks that are due; return their number.

    They are stored as sent first: after a kill in between they are stranded, and sent later.
    """
    sent = 0
    while rows := store.tasks.take_due():
        for row in rows:
            broker.send(row.kind, row.argument)
        sent += len(rows)
    if not sent and not broker.depth():
        for row in store.tasks.take_stranded(stranded):
            logger.warning("%s was lost on its way and is sent again", row.id)
            broker.send(row.kind, row.argument)
            sent += 1
    return sent
