"""The extraction in the calling process, under the limits of one in a process of its own.

What it cannot do: end a page that waits instead of computing, or one that stays inside a C function for ever.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import ClassVar, TypeVar

from newscrawl.workers.server import limit_memory, limit_memory_to

_AGAIN = 1.0
"""Seconds of computing until the alarm goes off again where somebody swallowed it, as callbacks of C functions do."""
Asked = TypeVar("Asked")
Found = TypeVar("Found")


class OvertimeError(BaseException):
    """The alarm of a page. No `Exception`, since that the pass might take for a failure of one of its parts."""


class Limits:
    """Runs a task that may take ``timeout`` seconds of computing and claim ``memory`` MiB.

    The time is left unlimited outside of the main thread, and where somebody else listens to the alarm (a profiler).
    """

    _armed: ClassVar[bool] = False
    """Whether the alarm, of which a process has one, means a page."""

    def __init__(self, timeout: float, memory: int) -> None:
        self.timeout = timeout
        self.memory = memory

    def run(self, task: Callable[[Asked], Found], asked: Asked) -> Found:
        """Return ``task(asked)``; raises what it raises, `OvertimeError` and `MemoryError`."""
        has_alarm = self._listen()
        before = limit_memory(self.memory)
        try:
            if has_alarm:
                Limits._armed = True
                signal.setitimer(signal.ITIMER_PROF, self.timeout, _AGAIN)
            try:
                return task(asked)
            finally:
                Limits._armed = False
        except OvertimeError:
            Limits._armed = False  # where it came between the task's end and the line that disarms it
            raise
        finally:
            if has_alarm:
                signal.setitimer(signal.ITIMER_PROF, 0)
            limit_memory_to(before)

    @staticmethod
    def _listen() -> bool:
        """Tell whether the alarm is heard here."""
        if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGPROF"):
            return False
        heard = signal.getsignal(signal.SIGPROF)
        if heard == signal.SIG_DFL:
            signal.signal(signal.SIGPROF, Limits._ring)
            return True
        return heard == Limits._ring

    @staticmethod
    def _ring(_number: int, _frame: FrameType | None) -> None:
        if Limits._armed:
            raise OvertimeError
