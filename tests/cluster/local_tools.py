"""What both servers need: free ports, a process that is gone, a port that answers."""

from __future__ import annotations

import os
import random
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


class ServerError(Exception):
    """A server cannot be started; the message is one line. Raised by this package's `local` modules."""


def free_port() -> int:
    """Return a port of loopback that nothing listens on now; raises `ServerError` where none is found.

    It is below those that the system gives to outgoing connections: one of them could hold it while a server restarts.
    """
    for _ in range(200):
        port = random.randrange(15_000, 32_000)
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise ServerError("no port of loopback is free")


def wait_for(is_so: Callable[[], bool], what: str, seconds: float = 300) -> None:
    """Wait until ``is_so``; raises `ServerError` after ``seconds``."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise ServerError(f"{what} did not come in {seconds:g} s")
        time.sleep(0.1)


def number_in(file: Path) -> int | None:
    """Return the process number in a file's first line, where that process is there."""
    try:
        number = int(file.read_text().split()[0])
        os.kill(number, 0)
    except (OSError, ValueError, IndexError):
        return None
    return None if _is_dead(number) else number


def _is_dead(number: int) -> bool:
    """Tell whether a process has ended and only waits for its parent to ask how."""
    with suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return False


def end(file: Path, sign: signal.Signals, seconds: float = 180) -> None:
    """Send ``sign`` to the process whose number is in ``file`` and wait until it is gone."""
    number = number_in(file)
    if number is None:
        return
    with suppress(ProcessLookupError):
        os.kill(number, sign)
    wait_for(lambda: number_in(file) != number, f"the end of process {number}", seconds)
