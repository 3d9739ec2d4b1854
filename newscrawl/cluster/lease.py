"""The lease of a crawl: acquired before it begins, renewed while it runs, released at its end."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from scrapy.settings import BaseSettings

from newscrawl.exceptions import StoreError
from newscrawl.exitcodes import ExitCode
from newscrawl.run.checks import leave
from newscrawl.run.run import store_of_settings

if TYPE_CHECKING:
    from newscrawl.store.store import Store


@contextmanager
def leased(settings: BaseSettings) -> Iterator[None]:
    """Hold the lease in NEWSCRAWL_LEASE, if set; end the program with code 75 where another process holds it.

    A crawl that cannot renew it stops before it expires, so that no two work on one site. It also stops where its
    standard input ends: then the worker that started it is gone.
    """
    name = settings.get("NEWSCRAWL_LEASE")
    if not name:
        yield
        return
    try:
        store = store_of_settings(settings)
        keeper = Keeper(store, str(name), settings.getint("NEWSCRAWL_LEASE_SECONDS"))
        is_free = keeper.take()
    except StoreError as error:
        leave(str(error), ExitCode.OUTPUT)
    if not is_free:
        store.close()
        leave(f"another worker is on {name}", ExitCode.LOCKED)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        yield
    finally:
        keeper.give_back()
        store.close()


class Keeper:
    """Renews a lease in a thread of its own, so that a busy event loop does not lose it."""

    def __init__(self, store: Store, name: str, seconds: int) -> None:
        self.store = store
        self.name = name
        self.seconds = seconds
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
        self._renewed = 0.0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def take(self) -> bool:
        """Acquire the lease and begin to renew it; return whether it was free. Raises `StoreError`."""
        self._renewed = time.monotonic()
        if not self.store.leases.take(self.name, self.holder, self.seconds):
            return False
        self._thread.start()
        return True

    def give_back(self) -> None:
        """Release the lease."""
        self._is_over.set()
        self._thread.join()
        with suppress(StoreError):  # it expires by itself
            self.store.leases.give_back(self.name, self.holder)

    def _keep(self) -> None:
        is_told = False
        while not self._is_over.wait(self.seconds / 6):
            sent = time.monotonic()
            try:
                if not self.store.leases.renew(self.name, self.holder, self.seconds):
                    os.kill(os.getpid(), signal.SIGKILL)  # another process holds it: not one more request
                self._renewed = sent
            except StoreError:
                pass  # the database may be temporarily unavailable
            age = time.monotonic() - self._renewed
            if age > self.seconds * 0.85:
                os.kill(os.getpid(), signal.SIGKILL)  # entries that are not durable count as unseen, so nothing is lost
            if age > self.seconds * 0.5 and not is_told:
                is_told = True
                os.kill(os.getpid(), signal.SIGTERM)


def _end_with_parent() -> None:
    with suppress(OSError, ValueError):
        while os.read(sys.stdin.fileno(), 4096):
            pass
    os.kill(os.getpid(), signal.SIGTERM)
