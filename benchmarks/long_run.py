"""Memory of a crawl's own process over a long run: after a tenth of its pages, and after all.

    python -m benchmarks.long_run [--pages 50000] [--workers 2]

Writes an archive of small generated articles, no two alike, crawls it with a store on, and prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.pages import write_warc

SECONDS = 0.5
_PARAGRAPHS, _WORDS, _KNOWN = 8, 45, 3000
_MIB = 1 << 20


def page(number: int) -> bytes:
    """An article of some 2,000 characters with a sign-up box in its middle."""
    chance = random.Random(number)
    words = ["".join(chance.choices("abdeilmnorstu", k=chance.randint(3, 9))) for _ in range(_WORDS * 2)]
    texts = [" ".join(chance.choices(words, k=_WORDS)).capitalize() + "." for _ in range(_PARAGRAPHS)]
    box = '<div class="newsletter"><p>Sign up for our newsletter</p><input type="email"></div>'
    body = "".join(f"<p>{text}</p>{box if at == _PARAGRAPHS // 2 else ''}" for at, text in enumerate(texts))
    head = f'<meta property="article:published_time" content="2024-05-0{1 + number % 9}T08:00:00Z">'
    article = f"<article><h1>Report {number}</h1>{body}</article>"
    return f"<html lang=en><head>{head}</head><body>{article}</body></html>".encode()


def resident(pid: int) -> float:
    """MiB of memory that a process has."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / _MIB


def crawl(archive: Path, workers: int) -> list[tuple[int, float]]:
    """Crawl an archive; bytes written and MiB of memory, twice a second."""
    out = archive.with_suffix(".jsonl")
    given = {
        "NEWSCRAWL_STORE_URL": f"sqlite:///{archive.with_suffix('.db')}",
        "NEWSCRAWL_EXTRACTION_WORKERS": workers,
        "LOG_LEVEL": "ERROR",
    }
    options = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", "warc", "-a", f"path={archive}", "-o", str(out), *options]
    samples = []
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            time.sleep(SECONDS)
            size = out.stat().st_size if out.exists() else 0
            if process.poll() is None:
                samples.append((size, resident(process.pid)))
    if process.returncode:
        sys.exit(f"the crawl ended with {process.returncode}")
    return samples


def main() -> None:
    """Run it, and print what was found."""
    parser = argparse.ArgumentParser(prog="benchmarks.long_run", description=__doc__)
    parser.add_argument("--pages", type=int, default=50_000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "long.warc.gz"
        write_warc([(f"https://news.example/{n}", page(n)) for n in range(given.pages)], archive)
        begun = time.monotonic()
        samples = crawl(archive, given.workers)
        seconds = time.monotonic() - begun
        lines = sum(1 for _ in archive.with_suffix(".jsonl").open("rb"))
    whole = samples[-1][0]
    early = next(memory for size, memory in samples if size >= whole / 10)
    late = samples[-1][1]
    figures = {
        "pages": given.pages,
        "lines": lines,
        "pages_a_second": round(given.pages / seconds, 1),
        "mib_after_a_tenth": round(early, 1),
        "mib_at_the_end": round(late, 1),
        "mib_at_most": round(max(memory for _, memory in samples), 1),
        "ratio": round(late / early, 3),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
