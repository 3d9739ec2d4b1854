"""A PostgreSQL server of the project's own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

from tests.cluster.local_tools import ServerError, end, number_in

_USERS = ("postgres", "nobody")


class PostgreSQL:
    """A server whose data stand in ``folder``; started by root it runs as another user, as it has to."""

    def __init__(self, folder: Path, port: int, password: str) -> None:
        self.folder = folder
        self.port = port
        self.password = password
        self.data = folder / "data"
        self.user = _other_user() if os.geteuid() == 0 else None

    @staticmethod
    def found() -> Path | None:
        """Return the folder of its programs."""
        found = shutil.which("initdb")
        if found:
            return Path(found).resolve().parent
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        return folders[-1].parent if folders else None

    @property
    def url(self) -> str:
        """Return the address of the database."""
        return f"postgresql://newscrawl:{self.password}@127.0.0.1:{self.port}/postgres"

    @property
    def is_running(self) -> bool:
        """Tell whether it runs."""
        return number_in(self.data / "postmaster.pid") is not None

    def start(self) -> None:
        """Start it, made anew where there is none; raises `ServerError`."""
        if self.is_running:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.user:
            shutil.chown(self.folder, self.user)
        if not (self.data / "PG_VERSION").is_file():
            word = self.folder / "password"
            word.write_text(self.password)
            if self.user:
                shutil.chown(word, self.user)
            self._do(
                "initdb", "-U", "newscrawl", "-A", "scram-sha-256", "-E", "UTF8", "--no-locale", f"--pwfile={word}"
            )
            word.unlink()
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200"
        self._do("pg_ctl", "-w", "-t", "300", "-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: ``fast`` in order, ``immediate`` as a crash does."""
        if self.is_running:
            self._do("pg_ctl", "-w", "-t", "300", "-m", mode, "stop")

    def kill(self) -> None:
        """Kill it, as a power cut does; its children end by themselves."""
        end(self.data / "postmaster.pid", signal.SIGKILL)

    def _do(self, program: str, *arguments: str) -> None:
        folder = self.found()
        if folder is None:
            raise ServerError("PostgreSQL is not installed: apt-get install postgresql")
        options: dict[str, Any] = {"user": self.user} if self.user else {}
        with (self.folder.parent / "postgresql.out").open("ab") as out:
            done = subprocess.run(
                [str(folder / program), "-D", str(self.data), *arguments],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                check=False,
                **options,
            )
        if done.returncode:
            last = Path(out.name).read_text(errors="replace").strip().splitlines()[-1:]
            where = f" as user {self.user} (may it enter the folder?)" if self.user else ""
            raise ServerError(f"PostgreSQL cannot be started in {self.folder}{where}: {' '.join(last)}")


def _other_user() -> str:
    for name in _USERS:
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise ServerError("PostgreSQL does not run as root, and there is no user postgres or nobody")
