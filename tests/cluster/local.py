"""RabbitMQ and PostgreSQL on this machine for a try, from the system's packages, on loopback, data in one folder.

    python -m tests.cluster.local up|down [--folder .cluster]

`up` starts what is not running and prints the two settings; `down` stops it and keeps the data.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.cluster.local_postgresql import PostgreSQL
from tests.cluster.local_rabbitmq import RabbitMQ
from tests.cluster.local_tools import ServerError, free_port


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ports and passwords of the servers of one folder, chosen at the first start."""

    postgresql: int
    rabbitmq: int
    distribution: int
    names: int
    password: str


class Servers:
    """The servers of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.chosen = self._choose()
        known = self.chosen
        self.postgresql = PostgreSQL(self.folder / "postgresql", known.postgresql, known.password)
        ports = (known.rabbitmq, known.distribution, known.names)
        self.rabbitmq = RabbitMQ(self.folder / "rabbitmq", ports, known.password)

    def _choose(self) -> Chosen:
        file = self.folder / "servers.json"
        if file.is_file():
            return Chosen(**json.loads(file.read_text()))
        ports: set[int] = set()
        while len(ports) < 4:  # the same may be found twice
            ports.add(free_port())
        postgresql, rabbitmq, distribution, names = ports
        chosen = Chosen(postgresql, rabbitmq, distribution, names, secrets.token_urlsafe(18))
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            json.dump(asdict(chosen), out)
        return chosen

    @property
    def environment(self) -> dict[str, str]:
        """Return the settings by which a cluster finds them."""
        return {"NEWSCRAWL_STORE_URL": self.postgresql.url, "NEWSCRAWL_BROKER_URL": self.rabbitmq.url}

    def up(self) -> None:
        """Start both; raises `ServerError`."""
        self.rabbitmq.begin()
        self.postgresql.start()
        self.rabbitmq.wait()

    def down(self) -> None:
        """Stop both."""
        self.rabbitmq.stop()
        self.postgresql.stop()


def missing() -> str | None:
    """Return a line that says which servers are not installed and how to get them; ``None`` where they are there."""
    names = [
        name for name, there in (("postgresql", PostgreSQL.found()), ("rabbitmq-server", RabbitMQ.found())) if not there
    ]
    return f"not installed: apt-get install {' '.join(names)}" if names else None


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("up", "down"))
    parser.add_argument("--folder", type=Path, default=Path(".cluster"))
    given = parser.parse_args()
    if line := missing():
        sys.exit(f"newscrawl: {line}")
    if given.action == "down" and not (given.folder / "servers.json").is_file():
        return
    try:
        servers = Servers(given.folder)
        servers.down() if given.action == "down" else servers.up()
    except (OSError, ServerError) as error:
        sys.exit(f"newscrawl: {error}")
    if given.action == "up":
        for name, value in servers.environment.items():
            sys.stdout.write(f"export {name}='{value}'\n")


if __name__ == "__main__":
    main()
