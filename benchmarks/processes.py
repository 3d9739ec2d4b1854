"""Whole processes: a crawl of an archive, and the peer's command line on the same pages as files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.libraries import ONE_THREAD
from benchmarks.pages import Page, write_warc

_LAUNCHER = """
import json, os, resource, subprocess, sys, time
start = time.monotonic()
subprocess.call(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
wall, times = time.monotonic() - start, os.times()
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps({"wall": wall, "cpu": times.children_user + times.children_system, "peak": peak}))
"""
"""Starts a command from a small process: Linux counts to a process's peak what its parent held when it was started."""


@dataclass(frozen=True)
class Run:
    """Seconds by the clock, of CPU, and peak MiB, of the process and the children it waited for.

    The crawl's workers are not among these; of all processes the peak is the largest one's.
    """

    wall: float
    cpu: float
    peak: float


def run(command: list[str]) -> Run:
    """Run a command to its end."""
    launched = [sys.executable, "-S", "-c", _LAUNCHER, *command]
    done = subprocess.run(launched, env={**os.environ, **ONE_THREAD}, stdout=subprocess.PIPE, check=True)
    return Run(**json.loads(done.stdout))


def crawl(warc: Path, workers: int) -> Run:
    """``scrapy crawl warc``, nothing remembered, so that each page is read anew."""
    settings = {"NEWSCRAWL_STORE_ENABLED": "False", "NEWSCRAWL_EXTRACTION_WORKERS": str(workers), "LOG_LEVEL": "ERROR"}
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    out = warc.with_suffix(f".{workers}.jsonl")
    return run([sys.executable, "-m", "scrapy", "crawl", "warc", "-a", f"path={warc}", "-O", str(out), *options])


def trafilatura(folder: Path, cores: int) -> Run:
    """``trafilatura --input-dir`` with metadata, as JSON, on so many cores."""
    out = folder.with_name("trafilatura-out")
    code = "from trafilatura.cli import main; main()"
    options = ["--input-dir", str(folder), "--output-dir", str(out), "--json", "--with-metadata"]
    options += ["--parallel", str(cores)]
    return run([sys.executable, "-c", code, *options])


def prepare(pages: list[Page], work: Path) -> tuple[Path, Path, Path]:
    """The pages as an archive, the first tenth as one (for the start-up), and as files."""
    whole, few, files = work / "all.warc.gz", work / "few.warc.gz", work / "files"
    write_warc(pages, whole)
    write_warc(pages[: max(1, len(pages) // 10)], few)
    files.mkdir()
    for number, (_, body) in enumerate(pages):
        (files / f"{number}.html").write_bytes(body)
    return whole, few, files
