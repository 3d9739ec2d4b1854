"""An S3 server on loopback, and what stands before it and can hold an upload."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from tests.cluster.local_tools import free_port, wait_for


class Gate:
    """Passes on what comes to ``port``; it can hold an upload, or the answer to one, for good."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.holds: Literal["nothing", "upload", "answer"] = "nothing"
        self.is_holding = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._target))
                is_upload = threading.Event()
                threading.Thread(target=self._up, args=(client, server, is_upload), daemon=True).start()
                threading.Thread(target=self._down, args=(server, client, is_upload), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket, is_upload: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                if data.startswith(b"PUT "):
                    is_upload.set()
                if is_upload.is_set() and self.holds == "upload":
                    self.is_holding.set()
                    continue
                server.sendall(data)
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)

    def _down(self, server: socket.socket, client: socket.socket, is_upload: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if is_upload.is_set() and self.holds == "answer" and b" 100 " not in data[:14]:
                    self.is_holding.set()
                    continue
                client.sendall(data)
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)


@contextmanager
def storage(folder: Path) -> Iterator[Gate]:
    """Run moto's server with a `Gate` before it."""
    port = free_port()
    with (folder / "s3.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log
        )
    try:
        wait_for(lambda: _listens(port), "the S3 server")
        gate = Gate(port)
        try:
            yield gate
        finally:
            gate.close()
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        return True
    return False
