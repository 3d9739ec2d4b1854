"""A PostgreSQL server of the tests' own: a cluster in a temporary folder, on a free port of loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.cluster.local_tools import free_port


def programs() -> Path | None:
    """Return the folder of initdb and pg_ctl; ``None`` where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


@contextmanager
def server() -> Iterator[str]:
    """Run a server; give the address of its database ``postgres``. As root it runs as another user, as it has to."""
    folder = programs()
    assert folder is not None
    user = _user() if os.geteuid() == 0 else None
    data = Path(tempfile.mkdtemp(prefix="newscrawl-pg-"))
    if user:
        shutil.chown(data, user)
    run = {"user": user, "check": True, "stdout": subprocess.DEVNULL, "cwd": data}
    control = [str(folder / "pg_ctl"), "-D", str(data / "db"), "-w", "-t", "300"]
    make = [str(folder / "initdb"), "-D", str(data / "db"), "-U", "newscrawl", "-A", "trust", "-E", "UTF8", "-N"]
    try:
        subprocess.run([*make, "--no-locale"], **run)  # type: ignore[call-overload]
        port = _start([*control, "-l", str(data / "log")], data, run)
        try:
            yield f"postgresql://newscrawl@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **run)  # type: ignore[call-overload]
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _start(control: list[str], data: Path, run: dict[str, Any]) -> int:
    """Start the server; return its port. Where somebody else took that meanwhile, another one is tried."""
    for attempt in range(10):
        port = free_port()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c fsync=off"
        done = subprocess.run([*control, "-o", options, "start"], **{**run, "check": attempt == 9})
        if done.returncode == 0:
            break
    return port


def _user() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is no user postgres or nobody")
