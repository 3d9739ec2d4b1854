"""The crawl's side of the extraction's processes: the fork server and its workers, connected by sockets."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
import socket
import subprocess
import sys
from typing import Any

from newscrawl.workers.server import HEADER

STARTING = 120.0
"""Timeout in seconds for loading the models and starting a worker."""
ENDING = 3.0
_BUFFER = 1 << 20


class StartError(Exception):
    """A worker could not be started. Raised by `ForkServer.worker`."""


class WorkerLostError(Exception):
    """A worker died while it processed a document. Raised by `Worker.run`."""


class Worker:
    """A process that handles one document at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pid: int) -> None:
        self._reader, self._writer = reader, writer
        self.pid = pid
        self._handle: int | None = None
        if hasattr(os, "pidfd_open"):
            with contextlib.suppress(OSError):
                self._handle = os.pidfd_open(pid)

    def alive(self) -> bool:
        """False where the process is known to have ended."""
        return not self._reader.at_eof() and not self._writer.is_closing()

    async def run(self, document: Any) -> Any:
        """Return the worker's result for a document; raises `WorkerLostError`."""
        try:
            payload = pickle.dumps(document, pickle.HIGHEST_PROTOCOL)
            self._writer.writelines((HEADER.pack(len(payload)), payload))
            (size,) = HEADER.unpack(await self._reader.readexactly(HEADER.size))
            return pickle.loads(await self._reader.readexactly(size))
        except (asyncio.IncompleteReadError, OSError) as error:
            raise WorkerLostError(str(error)) from error

    def end(self) -> None:
        """Kill the process, whatever its state."""
        self._writer.close()
        with contextlib.suppress(OSError):
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            else:
                os.kill(self.pid, signal.SIGKILL)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class ForkServer:
    """A process with all models loaded, from which workers are forked in milliseconds and share its memory.

    The standard library has one too, but its children import the program's main module again, which is a crawl here,
    and outlive a killed parent. This one starts on first use.
    """

    def __init__(self, task: str, *, timeout: float, memory: int, tasks: int) -> None:
        self._arguments = [task, str(timeout), str(memory), str(tasks)]
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start(self) -> None:
        """Start the process unless it runs."""
        if self._process is not None and self._process.poll() is None:
            return
        self._release()
        ours, theirs = socket.socketpair()
        # One thread each: there are as many workers as cores. Modules are imported from the same paths as in the crawl.
        variables = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        path = os.pathsep.join(os.path.abspath(p) for p in sys.path)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "newscrawl.workers.server", str(theirs.fileno()), *self._arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # the crawl may write its lines there
                pass_fds=[theirs.fileno()],
                env={**os.environ, **variables, "PYTHONPATH": path},
                start_new_session=True,  # Ctrl-C is the crawl's: it ends its workers when they are done
            )
        self._control = ours

    async def worker(self) -> Worker:
        """Return a new worker; raises `StartError`."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self.start()
                assert self._control is not None
                socket.send_fds(self._control, [b"."], [theirs.fileno()])
            with contextlib.suppress(OSError):  # else a large page takes several turns of the event loop
                ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
            ours.setblocking(False)
            reader, writer = await asyncio.open_connection(sock=ours, limit=_BUFFER)
        except OSError as error:
            ours.close()
            self._release()
            raise StartError(str(error)) from error
        try:
            async with asyncio.timeout(STARTING):
                (pid,) = HEADER.unpack(await reader.readexactly(HEADER.size))
        except (asyncio.IncompleteReadError, OSError) as error:
            writer.close()
            raise StartError(str(error) or type(error).__name__) from error
        return Worker(reader, writer, pid)

    async def close(self) -> None:
        """End the process, and with it all workers."""
        process = self._process
        self._release()
        if process is not None:
            try:
                await asyncio.to_thread(process.wait, ENDING)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._process = None

    def _release(self) -> None:
        if self._control is not None:
            self._control.close()  # the server then exits and ends its workers
            self._control = None
