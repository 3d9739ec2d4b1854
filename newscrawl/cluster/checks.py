"""Checks before a worker starts, each with a one-line message."""

from __future__ import annotations

from amqp.exceptions import AMQPError
from kombu import Connection
from kombu.exceptions import OperationalError

from newscrawl.cluster.config import ClusterSettings
from newscrawl.exceptions import StoreError
from newscrawl.exitcodes import ExitCode
from newscrawl.run.checks import leave
from newscrawl.store.location import store_url
from newscrawl.store.opening import open_store
from newscrawl.text.normalise import collapse

_SECONDS = 10


def check(known: ClusterSettings) -> None:
    """End the program with one line where broker or store cannot be used; declare missing queues."""
    check_store(known.store)
    check_broker(known.broker)


def check_store(setting: str | None) -> None:
    """End the program with one line where the store is not shared, or cannot be opened."""
    try:
        if not setting or store_url(setting).is_sqlite:
            leave(
                "workers share a store on PostgreSQL: NEWSCRAWL_STORE_URL=postgresql://user@host/name", ExitCode.USAGE
            )
        open_store(setting, timeout=_SECONDS).close()
    except StoreError as error:
        leave(str(error), ExitCode.OUTPUT)


def check_broker(url: str | None) -> None:
    """End the program with one line where the broker cannot be reached, or refuses us."""
    from newscrawl.cluster.messages import declare

    if not url or not url.startswith(("amqp://", "amqps://")):
        leave("tasks go through RabbitMQ: NEWSCRAWL_BROKER_URL=amqp://user@host:5672//", ExitCode.USAGE)
    try:
        with Connection(url, connect_timeout=_SECONDS) as connection:
            where = connection.as_uri()
            connection.connect()
            declare(connection)
    except AMQPError as error:
        said = collapse(str(getattr(error, "reply_text", None) or error))
        hint = ": wrong user or password?" if error.reply_code == 403 else ""
        leave(f"the broker {where} refuses: {said}{hint}", ExitCode.NAMED_FAILED)
    except (OSError, OperationalError) as error:
        why = getattr(error, "strerror", None) or error
        leave(f"the broker {where} cannot be reached: {why}", ExitCode.NAMED_FAILED)
    except ValueError as error:
        leave(f"NEWSCRAWL_BROKER_URL is not a URL: {error}", ExitCode.USAGE)
