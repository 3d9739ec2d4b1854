"""Whole processes: a crawl of an archive, and the peer's command line on the same pages as files."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.libraries import ONE_THREAD
from benchmarks.pages import Page, write_warc


@dataclass(frozen=True)
class Run:
    """Seconds by the clock and of CPU (children included), peak MiB of the process itself, pages written."""

    wall: float
    cpu: float
    peak: float


def run(command: list[str]) -> Run:
    """Run a command to its end."""
    start, before = time.monotonic(), os.times()
    process = subprocess.Popen(
        command, env={**os.environ, **ONE_THREAD}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(time.monotonic() - start, cpu, usage.ru_maxrss / 1024)


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
