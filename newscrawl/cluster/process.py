"""A crawl in a process of its own, which ends with the worker that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from newscrawl.cluster.outcome import Ended

_STDERR = 2
_LONGEST_WAIT = 30
"""Timeout in seconds for a crawl that was stopped."""


class Crawls:
    """The running crawls of this worker; `stop` ends them in order and prevents further ones."""

    def __init__(self) -> None:
        self.is_stopping = False
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()

    def run(self, arguments: Sequence[str], environment: dict[str, str], limit: float) -> Ended:
        """Run ``scrapy`` with these arguments; return its outcome, after ``limit`` seconds at the latest.

        The process's standard input is its lifeline: it stops when the worker is gone and nobody holds the other end.
        """
        with self._lock:
            if self.is_stopping:
                return Ended(-signal.SIGTERM)
            process = subprocess.Popen(
                [sys.executable, "-m", "scrapy", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**os.environ, **environment},
            )
            self._running.add(process)
        last: deque[str] = deque(maxlen=30)
        reader = threading.Thread(target=_read, args=(process, last), daemon=True)
        reader.start()
        try:
            try:
                code = process.wait(limit)
            except subprocess.TimeoutExpired:
                last.append(f"newscrawl: it ran longer than {limit / 3600:g} hours and was stopped")
                code = _end(process)
            reader.join(5)
            return Ended(code, tuple(last))
        finally:
            with self._lock:
                self._running.discard(process)
            with suppress(OSError):
                process.stdin.close()  # type: ignore[union-attr]

    def stop(self) -> None:
        """Tell all crawls to stop."""
        with self._lock:
            self.is_stopping = True
            for process in self._running:
                process.terminate()


def _read(process: subprocess.Popen[bytes], last: deque[str]) -> None:
    assert process.stderr is not None
    with process.stderr as stream:
        for line in stream:
            last.append(line.decode("utf-8", "replace").rstrip())
            os.write(_STDERR, line)


def _end(process: subprocess.Popen[bytes]) -> int:
    process.terminate()
    try:
        process.wait(_LONGEST_WAIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return -signal.SIGTERM
