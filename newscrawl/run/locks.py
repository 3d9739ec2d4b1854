"""The lock that allows one run of a job at a time."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from newscrawl.exceptions import LockedError
from newscrawl.store.location import FOLDER, project_folder


def job_name(spider: str, arguments: Mapping[str, str], store: str | None) -> str:
    """Return a short name of a job (spider, arguments, store) that is valid as a file name."""
    job = json.dumps([spider, sorted(arguments.items()), store])
    return f"{spider}-{hashlib.sha256(job.encode()).hexdigest()[:16]}"


def lock_job(spider: str, arguments: Mapping[str, str], store: str | None) -> IO[str]:
    """Take the lock of a job (spider, arguments, store) for as long as the returned file is open.

    The system releases it when the process ends, however it ends. Raises `LockedError`, and `OSError` where the
    project's folder cannot be written.
    """
    folder: Path = project_folder() / FOLDER / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / job_name(spider, arguments, store)).open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        number = file.read(20).strip()
        file.close()
        raise LockedError(f"another run of this job is on{f' (process {number})' if number else ''}") from None
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file
