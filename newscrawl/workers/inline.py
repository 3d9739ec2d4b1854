"""The extraction in the calling process, under the limits of a separate one.

It cannot stop a page that waits instead of computing, or one that never returns from a C function.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import ClassVar, TypeVar

from newscrawl.workers.server import limit_memory, limit_memory_to

_AGAIN = 1.0
"""CPU seconds until the alarm is raised again where it was swallowed, as by callbacks of C functions."""
Given = TypeVar("Given")
Found = TypeVar("Found")


class OvertimeError(BaseException):
    """The alarm of a page. No `Exception`, since the pass might handle that as a failure of one of its parts."""


class Limits:
    """Runs a task under a limit of ``timeout`` CPU seconds and ``memory`` MiB.

    The time is unlimited outside of the main thread, and where the alarm has another handler (a profiler).
    """

    _armed: ClassVar[bool] = False
    """Whether the alarm, of which a process has one, is for a page."""

    def __init__(self, timeout: float, memory: int) -> None:
        self.timeout = timeout
        self.memory = memory

    def run(self, task: Callable[[Given], Found], given: Given) -> Found:
        """Return ``task(given)``; raises its exceptions, `OvertimeError` and `MemoryError`."""
        has_alarm = self._listen()
        before = limit_memory(self.memory)
        try:
            if has_alarm:
                Limits._armed = True
                signal.setitimer(signal.ITIMER_PROF, self.timeout, _AGAIN)
            try:
                return task(given)
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
        """Install the handler of the alarm; return whether it is installed."""
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
