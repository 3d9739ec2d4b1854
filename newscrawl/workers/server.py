"""The extraction's processes: a server that loads everything once, and workers forked from it.

Started as ``python -m newscrawl.workers.server FD TASK TIMEOUT MEMORY TASKS``. ``FD`` is a socket on which the crawl
sends one socket for each worker it wants. When the crawl ends, in whatever way, the socket is closed, and that ends
all. A worker sends its process id, then replies to each document with ``(ok, value, retire)``; every message is a
pickle after its length (`HEADER`).
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import socket
import struct
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

HEADER = struct.Struct("!Q")
_MIB = 1 << 20
OBJECTS = 50_000
"""Net number of allocated objects that triggers the garbage collector."""
OBJECTS_OF_PAGES = 200_000
"""The same where pages are extracted: they leave no cycles, only the caches grow."""
_PROSE = "A paragraph of some length, so that all parts have something to do, and load what they need for it. " * 4
_SAMPLE = f"""<html><head><title>A title</title></head><body><article><h1>A title</h1><p>By Ada Example | Agency</p>
<p>3 May 2021</p><p>{_PROSE}</p></article></body></html>""".encode()


def serve(control: socket.socket, task: Callable[[Any], Any], timeout: float, memory: int, tasks: int) -> None:
    """Fork a worker for each socket received, until the crawl is gone."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)  # the crawl finishes its work in progress, and then ends us
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no zombies
    spare_collector()
    while True:
        message, sockets, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            os.killpg(0, signal.SIGKILL)  # this process and its workers
        for number in sockets:
            if os.fork() == 0:
                control.close()
                code = 1
                try:
                    work(socket.socket(fileno=number), task, timeout, memory, tasks)
                    code = 0
                finally:
                    os._exit(code)
            os.close(number)


def spare_collector(objects: int = OBJECTS) -> None:
    """Exclude the objects loaded from garbage collection, and run it seldom.

    A page makes tens of thousands of objects, nearly all of which are freed without it. In a parent of workers it also
    keeps memory shared: the collector would touch, and so copy, its pages. What the imports left over is not collected
    first: that takes a sixth of a second on the event loop.
    """
    gc.freeze()
    gc.set_threshold(objects, 10, 10)


def work(connection: socket.socket, task: Callable[[Any], Any], timeout: float, memory: int, tasks: int) -> None:
    """Process documents until the crawl closes the connection.

    A document that takes more than ``timeout`` CPU seconds ends the process: an alarm that is not handled does so even
    inside a C function. One that only waits is left to the parent's watchdog.
    """
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    base = resident()
    limit_memory(memory)
    gc.set_threshold(OBJECTS_OF_PAGES, 10, 10)
    connection.sendall(HEADER.pack(os.getpid()))
    done = 0
    while (header := receive(connection, HEADER.size)) is not None:
        data = receive(connection, HEADER.unpack(header)[0])
        if data is None:
            return
        signal.setitimer(signal.ITIMER_PROF, timeout)
        done += 1
        result = attempt(task, data, memory)
        del data
        ok, retire = result[0], done >= tasks or resident() - base > memory * _MIB // 2
        payload = pickle.dumps((ok, result[1], retire or result[2]), pickle.HIGHEST_PROTOCOL)
        signal.setitimer(signal.ITIMER_PROF, 0)
        connection.sendall(HEADER.pack(len(payload)))
        connection.sendall(payload)


def attempt(task: Callable[[Any], Any], data: bytes, memory: int) -> tuple[bool, Any, bool]:
    """Run the task on a pickled document: (whether it succeeded, its value, whether the process must be replaced).

    Where it failed, the value holds whether a limit was exceeded, and the error.
    """
    try:
        return True, task(pickle.loads(data)), False
    except MemoryError:
        return False, (True, too_much(memory)), True
    except Exception as error:
        return False, (False, f"{type(error).__name__}: {error}"), False


def receive(connection: socket.socket, size: int) -> bytes | None:
    """Return exactly ``size`` bytes, or ``None`` where the other side is gone."""
    buffer = bytearray(size)
    view, at = memoryview(buffer), 0
    while at < size:
        count = connection.recv_into(view[at:])
        if not count:
            return None
        at += count
    return bytes(buffer)


def too_much(memory: int) -> str:
    """Return the message for a page that exceeded the limit of memory."""
    return f"it needs more than {memory} MiB of memory (NEWSCRAWL_EXTRACTION_MEMORY_MB)"


def limit_memory(mebibytes: int) -> int | None:
    """Let this process allocate so much more address space than it has.

    Returns its previous limit in bytes, for `limit_memory_to`; ``None`` where the system has none.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        before, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_memory()[0] + mebibytes * _MIB, hard))
        return before
    return None


def limit_memory_to(size: int | None) -> None:
    """Limit this process to ``size`` bytes of address space in all; ``None`` changes nothing."""
    if size is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


def resident() -> int:
    """Return the bytes of memory of this process; 0 where the system does not report it."""
    try:
        return _memory()[1]
    except (OSError, ValueError):
        return 0


def _memory() -> tuple[int, int]:
    """Return bytes of address space and of memory of this process; raises `OSError` where they are unknown."""
    file = os.open("/proc/self/statm", os.O_RDONLY)
    try:
        claimed, resident, *_ = os.read(file, 256).split()
    finally:
        os.close(file)
    unit = os.sysconf("SC_PAGESIZE")
    return int(claimed) * unit, int(resident) * unit


def named(name: str) -> Callable[[Any], Any]:
    """Return the task of a name like ``"module:function"``."""
    module, _, function = name.partition(":")
    task: Callable[[Any], Any] = getattr(import_module(module), function)
    return task


def load(name: str) -> Callable[[Any], Any]:
    """Return the task of a name like ``"module:function"``, with everything loaded that it loads on first use."""
    task = named(name)
    if name.startswith("newscrawl.extraction:"):
        from newscrawl.extraction.document import Document
        from newscrawl.extraction.metadata import language

        language.check(None, _PROSE)  # loads the detector, which pages with a declared language rarely need
        task(Document("https://news.example/a", _SAMPLE, content_type="text/html"))
        task(Document("https://news.example/a", b"A title\n\nA paragraph.", media="text"))
    return task


def main(arguments: list[str]) -> None:
    """Serve with the arguments of the command line."""
    number, task, timeout, memory, tasks = arguments
    with socket.socket(fileno=int(number)) as control:
        serve(control, load(task), float(timeout), int(memory), int(tasks))


if __name__ == "__main__":
    main(sys.argv[1:])
