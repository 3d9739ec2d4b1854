"""A log file for each run, and their rotation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.run.locks import job_name

SUFFIX = ".log"


def log_file(folder: Path, spider: str, arguments: Mapping[str, str], store: str | None) -> Path:
    """Return the log file of a run that begins now; makes the folder, and raises `OSError` on failure.

    The name begins with the job's (`newscrawl.run.locks.job_name`), so a job's runs sort together by time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    path = folder / f"{job_name(spider, arguments, store)}-{stamp}{SUFFIX}"
    path.open("a", encoding="utf-8").close()
    return path


def keep_newest(path: Path, keep: int) -> None:
    """Delete the oldest log files of the job of ``path`` but the newest ``keep``; 0 keeps all.

    One run of a job is running at a time, so only the newest is being written.
    """
    if keep > 0:
        job = path.name.rpartition("-")[0]
        for old in sorted(path.parent.glob(f"{job}-*{SUFFIX}"))[:-keep]:
            old.unlink(missing_ok=True)
