"""Checks before a crawl: one run of a job at a time, and a contact for the sites."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

from scrapy.settings import BaseSettings

from newscrawl.exceptions import LockedError
from newscrawl.exitcodes import ExitCode
from newscrawl.run.locks import lock_job
from newscrawl.store.location import FOLDER, project_folder
from newscrawl.text.plain import one_line

_OFFLINE = ("warc", "corpus")


def leave(message: str, code: ExitCode) -> NoReturn:
    """Print one line on standard error and end the program."""
    sys.stderr.write(f"newscrawl: {one_line(message, limit=2000)}\n")
    sys.exit(int(code))


@contextmanager
def locked_job(settings: BaseSettings, spider: str, arguments: Mapping[str, str]) -> Iterator[None]:
    """Hold the job's lock; end the program with code 75 where another run of the same job is running.

    With the store off each run is independent, and none locks out another.
    """
    if not settings.getbool("NEWSCRAWL_STORE_ENABLED"):
        yield
        return
    if spider not in _OFFLINE and not settings.get("NEWSCRAWL_CONTACT"):
        advise_contact()
    try:
        file = lock_job(spider, arguments, settings.get("NEWSCRAWL_STORE_URL"))
    except LockedError as error:
        leave(str(error), ExitCode.LOCKED)
    except OSError as error:
        leave(f"{error.filename} cannot be written: {error.strerror}", ExitCode.OUTPUT)
    with file:
        yield


def name_contact(settings: BaseSettings) -> None:
    """Add NEWSCRAWL_CONTACT to the user agent, unless the operator has set one."""
    contact = settings.get("NEWSCRAWL_CONTACT")
    agent = settings.get("USER_AGENT") or ""
    if contact and agent.startswith("newscrawl/") and contact not in agent:
        shown = "".join(c for c in str(contact) if c.isprintable() and c.isascii())[:200]
        settings.set("USER_AGENT", agent.removesuffix(")") + f"; +{shown})", priority="cmdline")


def advise_contact() -> None:
    """Print a one-line request for a contact at the first run in a project."""
    if not (project_folder() / FOLDER).exists():
        line = "sites cannot tell who crawls them: -s NEWSCRAWL_CONTACT=you@example.org puts that into the user agent"
        sys.stderr.write(f"newscrawl: {line}\n")
