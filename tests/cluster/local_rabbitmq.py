"""A RabbitMQ server of the project's own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from pathlib import Path

from tests.cluster.local_tools import ServerError, end, number_in, wait_for

_CONFIGURATION = """\
listeners.tcp.1 = 127.0.0.1:{port}
default_user = newscrawl
default_pass = {password}
consumer_timeout = 86400000
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.relative = 0.4
log.file = rabbitmq.log
log.console = false
"""


class RabbitMQ:
    """A server whose data stand in ``folder``; its name service, too, is its own and on loopback.

    ``ports``: of AMQP, of Erlang's distribution, of its name service (epmd).
    """

    def __init__(self, folder: Path, ports: tuple[int, int, int], password: str) -> None:
        self.folder = folder
        self.port, self._distribution, self._names = ports
        self.password = password
        self.pid_file = folder / "pid"
        self._begun: subprocess.Popen[bytes] | None = None

    @staticmethod
    def found() -> Path | None:
        """Return its program: the one below the wrapper, which insists on a user of its own."""
        found = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))
        return found[-1] if found else None

    @property
    def url(self) -> str:
        """Return its address."""
        return f"amqp://newscrawl:{self.password}@127.0.0.1:{self.port}//"

    @property
    def is_running(self) -> bool:
        """Tell whether it runs."""
        return number_in(self.pid_file) is not None

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment it runs in."""
        folder = self.folder
        kernel = "-kernel inet_dist_use_interface {127,0,0,1}"
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("RABBITMQ_", "ERL_"))},
            "HOME": str(folder),
            "RABBITMQ_NODENAME": f"newscrawl{self.port}@localhost",
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq"),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_PID_FILE": str(self.pid_file),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
            "RABBITMQ_DIST_PORT": str(self._distribution),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": kernel,
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self._names),
        }

    def start(self) -> None:
        """Start it; raises `ServerError`."""
        self.begin()
        self.wait()

    def begin(self) -> None:
        """Start it without waiting until it takes connections."""
        program = self.found()
        if program is None:
            raise ServerError("RabbitMQ is not installed: apt-get install rabbitmq-server")
        if self.is_running:
            return
        for folder in (self.folder, self.folder / "data", self.folder / "log"):
            folder.mkdir(parents=True, exist_ok=True)
        self.pid_file.unlink(missing_ok=True)
        (self.folder / "plugins").write_text("[].\n")
        configuration = self.folder / "rabbitmq.conf"
        configuration.write_text(_CONFIGURATION.format(port=self.port, password=self.password))
        configuration.chmod(0o600)
        with (self.folder / "out").open("ab") as out:
            self._begun = subprocess.Popen(
                [str(program)],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait until it takes connections; raises `ServerError`."""
        wait_for(lambda: self._has_ended() or self._answers(), f"RabbitMQ ({self.folder / 'log'})")
        if self._has_ended():
            last = (self.folder / "out").read_text(errors="replace").strip().splitlines()[-1:]
            raise ServerError(f"RabbitMQ cannot be started in {self.folder}: {' '.join(last)}")

    def _has_ended(self) -> bool:
        return self._begun is not None and self._begun.poll() is not None

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(b"AMQP\x00\x00\x09\x01")
                connection.settimeout(5)
                return connection.recv(1) == b"\x01" and self.is_running
        except OSError:
            return False

    def stop(self) -> None:
        """Stop it in order, and its name service."""
        end(self.pid_file, signal.SIGTERM)
        self._stop_names()

    def kill(self) -> None:
        """Kill it, as a power cut does."""
        end(self.pid_file, signal.SIGKILL)

    def _stop_names(self) -> None:
        """Stop the name service, once it has noticed that its only node is gone."""
        for program in Path("/usr/lib/erlang").glob("erts-*/bin/epmd"):
            command = [str(program), "-port", str(self._names), "-kill"]

            def is_gone(command: list[str] = command) -> bool:
                subprocess.run(command, env=self.environment, capture_output=True, check=False)
                return not _listens(self._names)

            wait_for(is_gone, "the end of RabbitMQ's name service", 60)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True
