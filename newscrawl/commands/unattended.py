"""Surroundings of a run from cron: its own log file, a random delay at the start, pings."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from scrapy.settings import BaseSettings

from newscrawl.exceptions import PingError
from newscrawl.exitcodes import ExitCode
from newscrawl.run.checks import leave, locked_job
from newscrawl.run.pings import Pings
from newscrawl.run.run_logs import keep_newest, log_file
from newscrawl.run.terminal import is_watched

_OWN_LOG = "NEWSCRAWL_LOG_DIR"


def own_log(settings: BaseSettings, spider: str, arguments: Mapping[str, str]) -> None:
    """Have the run log to a file of its own in NEWSCRAWL_LOG_DIR, unless a LOG_FILE is set."""
    if not settings.get(_OWN_LOG) or settings.get("LOG_FILE") or not spider.isidentifier():
        return
    folder = Path(settings.get(_OWN_LOG)).expanduser()
    try:
        path = log_file(folder, spider, arguments, settings.get("NEWSCRAWL_STORE_URL"))
    except OSError as error:
        leave(f"{_OWN_LOG}={folder}: it cannot be written ({error.strerror or error})", ExitCode.OUTPUT)
    settings.set("LOG_FILE", str(path), priority="cmdline")


class Outcome:
    """Outcome of a finished run: ``code`` and ``summary`` (`newscrawl.run.summary.summary`)."""

    code: int = 0
    summary: str = ""


@contextmanager
def run_of_job(settings: BaseSettings, spider: str, arguments: Mapping[str, str]) -> Iterator[Outcome]:
    """Hold the job's lock, wait up to NEWSCRAWL_JITTER_SECONDS, and ping the monitors at start and end.

    An early end of the program by `leave` is a failure, too; one for a lock that another run holds is not reported. The
    summary is the last line of the run's own log and, unless a table on a terminal shows it, of standard error.
    """
    log = Path(settings.get("LOG_FILE")) if settings.get(_OWN_LOG) and settings.get("LOG_FILE") else None
    outcome = Outcome()
    try:
        pings = Pings(settings)
    except PingError as error:
        leave(str(error), ExitCode.USAGE)
    try:
        with locked_job(settings, spider, arguments):
            if log is not None:
                keep_newest(log, settings.getint("NEWSCRAWL_LOG_KEEP"))
            pings.started()
            if (longest := settings.getfloat("NEWSCRAWL_JITTER_SECONDS")) > 0:
                time.sleep(random.uniform(0, longest))
            yield outcome
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(ExitCode.INTERNAL)
        if code == ExitCode.LOCKED and log is not None:
            log.unlink(missing_ok=True)
        pings.ended(code)
        raise
    except BaseException:
        pings.ended(ExitCode.INTERNAL)
        raise
    pings.ended(outcome.code, outcome.summary)
    if not is_watched(settings):  # the table shows it to a person
        sys.stdout.flush()
        sys.stderr.write(outcome.summary + "\n")
    if log is not None:
        with suppress(OSError), log.open("a", encoding="utf-8") as file:
            file.write(outcome.summary + "\n")
