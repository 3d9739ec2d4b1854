"""`scrapy` in a fork of a process that has everything loaded: a start takes milliseconds, not a second of imports.

    process = start(["crawl", "corpus", …], cwd=folder, env=environment, stdout=file, stderr=file)
    process.wait()

The fork is a process like that of a real start: its own working folder, environment, standard streams, signals, exit
code and end of the interpreter. No reactor is installed and no crawl's state exists before the fork. What is read while
Python starts or modules load (``PYTHON…``, ``LD_…``, a locale, a coverage run) cannot be given to a fork: such
commands, and all where there is no ``fork`` or NEWSCRAWL_TEST_STARTS=real, are started as usual.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parent.parent
_AT_START = ("PYTHON", "LD_", "LC_", "LANG", "COV_", "COVERAGE_", "OPENBLAS_", "OMP_")
_LONGEST = 1 << 20
_PACKAGES = """newscrawl.commands newscrawl.spiders newscrawl.middlewares newscrawl.pipelines newscrawl.extensions
newscrawl.exporters newscrawl.handlers newscrawl.report newscrawl.run newscrawl.network newscrawl.store
newscrawl.workers scrapy.commands scrapy.downloadermiddlewares scrapy.spidermiddlewares""".split()
_MODULES = """scrapy.cmdline scrapy.dupefilters scrapy.logformatter scrapy.pqueues scrapy.squeues scrapy.statscollectors
scrapy.extensions.closespider scrapy.extensions.corestats scrapy.extensions.logcount scrapy.extensions.logstats
scrapy.extensions.memusage scrapy.extensions.spiderstate scrapy.extensions.throttle""".split()


class Process:
    """A forked command; the part of `subprocess.Popen` that tests use."""

    def __init__(self, status: socket.socket) -> None:
        self._status = status
        self.returncode: int | None = None
        self.pid = int(status.recv(64))

    def poll(self) -> int | None:
        """Return the exit code, or ``None`` while it runs."""
        return self._read(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code once it has ended; raises `subprocess.TimeoutExpired`."""
        code = self._read(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("scrapy", timeout or 0.0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it unless it has ended."""
        self.send_signal(signal.SIGKILL)

    def _read(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._status], [], [], timeout)[0]:
            said = self._status.recv(64)
            self._status.close()
            self.returncode = int(said) if said else -signal.SIGKILL
        return self.returncode


Running = Process | subprocess.Popen[bytes]


class ForkServer:
    """A process with everything loaded that forks for each command; started on first use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, job: Mapping[str, Any], files: Sequence[int]) -> Process:
        """Fork a process whose standard streams are ``files``."""
        ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
        with theirs, self._lock:
            socket.send_fds(self._running(), [json.dumps(job).encode()], [theirs.fileno(), *files])
        return Process(ours)

    def _running(self) -> socket.socket:
        if self._control is None or self._process is None or self._process.poll() is not None:
            self._control, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "tests.forked", str(theirs.fileno())],
                    cwd=ROOT,
                    env={**os.environ, "PYTHONPATH": str(ROOT)},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,  # Ctrl-C is for the tests, which end their processes
                )
            atexit.register(self.close)
        return self._control

    def close(self) -> None:
        """End the server; commands still running go on."""
        if self._control is not None and self._process is not None:
            self._control.close()
            self._process.wait(60)
            self._control = None


SERVER = ForkServer()


def start(
    words: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    stdin: IO[Any] | int = subprocess.DEVNULL,
    stdout: IO[Any] | int = subprocess.DEVNULL,
    stderr: IO[Any] | int = subprocess.DEVNULL,
    start_new_session: bool = False,
) -> Running:
    """Start `scrapy` with these words, in a fork where that is the same."""
    if not can_fork(env):
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", *words],
            cwd=cwd, env=env, stdin=stdin, stdout=stdout, stderr=stderr, start_new_session=start_new_session,
        )  # fmt: skip
    job = {"words": list(words), "cwd": str(cwd), "env": dict(env), "session": start_new_session}
    with open(os.devnull, "r+b") as nothing:
        files = [nothing if given == subprocess.DEVNULL else given for given in (stdin, stdout, stderr)]
        return SERVER.start(job, [given if isinstance(given, int) else given.fileno() for given in files])


def can_fork(env: Mapping[str, str]) -> bool:
    """Return whether a fork has all of this environment that a real start has."""
    if not hasattr(os, "fork") or os.environ.get("NEWSCRAWL_TEST_STARTS") == "real":
        return False
    if os.environ.get("COV_CORE_SOURCE") or os.environ.get("COVERAGE_PROCESS_START"):
        return False
    ours = {**os.environ, "PYTHONPATH": str(ROOT)}
    names = {name for name in {*ours, *env} if name.startswith(_AT_START)}
    return all(ours.get(name) == env.get(name) for name in names)


def run(
    words: Sequence[str], *, cwd: Path, env: Mapping[str, str], stdin: str = "", timeout: float = 600
) -> tuple[int, str, str]:
    """Run `scrapy` to its end; return its exit code, standard output and standard error."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin.encode())
        given.seek(0)
        process = start(words, cwd=cwd, env=env, stdin=given, stdout=out, stderr=err)
        try:
            code = process.wait(timeout)
        except BaseException:
            process.kill()
            raise
        for file in (out, err):
            file.seek(0)
        return code, out.read().decode(), err.read().decode()


def serve(control: socket.socket) -> Mapping[str, Any]:
    """Fork for each job; return the job in the fork, and end the program once the tests are gone."""
    running: dict[int, socket.socket] = {}
    woken, wake = socket.socketpair()
    for end in (woken, wake):
        end.setblocking(False)
    before = signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    while True:
        ready = select.select([control, woken], [], [])[0]
        if woken in ready:
            with suppress(BlockingIOError):
                woken.recv(4096)
            _tell(running)
        if control not in ready:
            continue
        message, files, _, _ = socket.recv_fds(control, _LONGEST, 4)
        if not message:
            sys.exit()
        child = os.fork()
        if child == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, before)
            for each in (control, woken, wake, *running.values()):
                each.close()
            for ours, theirs in zip(files[1:], range(3), strict=True):
                os.dup2(ours, theirs)
            job: Mapping[str, Any] = json.loads(message)
            if job["session"]:
                os.setsid()
            with socket.socket(fileno=files[0]) as status:
                status.send(str(os.getpid()).encode())
            for each in files[1:]:
                os.close(each)
            return job
        for each in files[1:]:
            os.close(each)
        running[child] = socket.socket(fileno=files[0])


def _tell(running: dict[int, socket.socket]) -> None:
    """Send the exit codes of the forks that have ended."""
    while running:
        child, status = os.waitpid(-1, os.WNOHANG)
        if not child:
            return
        with running.pop(child) as connection, suppress(OSError):
            connection.send(str(os.waitstatus_to_exitcode(status)).encode())


def become(job: Mapping[str, Any]) -> None:
    """Turn this fork into a process of `scrapy` as a real start makes it, and run its command."""
    import scrapy.__main__
    from scrapy.cmdline import execute

    os.environ.clear()
    os.environ.update(job["env"])
    time.tzset()
    tempfile.tempdir = None  # TMPDIR may be another
    os.chdir(job["cwd"])
    sys.path[0] = os.getcwd()
    sys.argv = [scrapy.__main__.__file__, *job["words"]]
    sys.modules["__main__"] = scrapy.__main__
    execute()


def load() -> None:
    """Import what a crawl imports, and load the models."""
    from importlib import import_module
    from pkgutil import walk_packages

    from newscrawl.urls.site import site_of
    from newscrawl.workers import server

    for package in _PACKAGES:
        for module in walk_packages(import_module(package).__path__, f"{package}."):
            import_module(module.name)
    for name in _MODULES:
        import_module(name)
    server.load("newscrawl.extraction:extract")
    site_of("https://a.example/")  # loads the public suffixes
    assert "twisted.internet.reactor" not in sys.modules
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as _control:
        load()
        _job = serve(_control)
    become(_job)
