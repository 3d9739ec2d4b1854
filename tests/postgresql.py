"""A PostgreSQL server of the tests' own: a cluster in a temporary folder, on a free port of loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c fsync=off"
    run = {"user": user, "check": True, "stdout": subprocess.DEVNULL, "cwd": data}
    control = [str(folder / "pg_ctl"), "-D", str(data / "db")]
    try:
        subprocess.run(
            [str(folder / "initdb"), "-D", str(data / "db"), "-U", "newscrawl", "-A", "trust", "-E", "UTF8", "-N"],
            **run,  # type: ignore[call-overload]
        )
        subprocess.run([*control, "-w", "-o", options, "-l", str(data / "log"), "start"], **run)  # type: ignore[call-overload]
        try:
            yield f"postgresql://newscrawl@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-w", "-m", "immediate", "stop"], **run)  # type: ignore[call-overload]
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _user() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is no user postgres or nobody")
