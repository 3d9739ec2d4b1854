"""The whole program against a newspaper whose server fails at random: every article accounted for, nothing leaks.

    python -m tests.soak_faults --minutes 30 [--articles 300] [--seed 1] [--plot docs/soak-faults.svg]

Each round publishes new articles and crawls them by sitemap with the same store. The server resets connections, stalls,
sends half answers, wrong lengths, wrong encodings and 5xx; some names are not known. An article is accounted for where
it is written, or listed with its reason. Memory and descriptors of the crawl's process are sampled while it runs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.forked import Running
from tests.hostile.server import Act, answer, hostile, raw, reset, silent
from tests.soak import article, start
from tests.support import read_jsonl

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=%s\r\n"


def faults(page: bytes) -> dict[str, Act]:
    """The ways in which an answer fails, by name."""
    half = page[: len(page) // 2]
    return {
        "reset": reset,
        "stall": silent,
        "no answer": raw(b""),
        "half": raw(HEAD % b"utf-8" + b"Content-Length: %d\r\n\r\n" % len(page) + half),
        "length too short": raw(HEAD % b"utf-8" + b"Content-Length: 40\r\n\r\n" + page),
        "wrong charset": answer(page, kind="text/html; charset=utf-16"),
        "no gzip": answer(page, "Content-Encoding: gzip"),
        "half gzip": answer(gzip.compress(page)[:-200], "Content-Encoding: gzip"),
        "500": answer("", status="500 Internal Server Error"),
        "503": answer("", status="503 Service Unavailable"),
        "404": answer("", status="404 Not Found"),
        "garbage": raw(bytes(range(256)) * 20),
    }


@dataclass
class Paper:
    """What is served, path by path; a fault often passes when the page is asked for again."""

    chance: random.Random
    share: float
    pages: dict[str, bytes] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)

    def get(self, path: str) -> Act | None:
        if path == "/robots.txt":
            return answer("User-agent: *\nAllow: /\n", kind="text/plain")
        if path.endswith(".xml") and path in self.pages:
            return answer(self.pages[path], kind="application/xml")
        page = self.pages.get(path)
        if page is None:
            return None
        if self.chance.random() >= self.share:
            return answer(page)
        name, act = self.chance.choice(list(faults(page).items()))
        self.failed[name] += 1
        return act


@dataclass
class Sample:
    """What the crawl's process had at a moment: seconds since the start, MiB, descriptors, and the round."""

    at: float
    memory: float
    descriptors: int
    number: int


def sample(pid: int, at: float, number: int) -> Sample | None:
    """Look at a process; ``None`` where it is gone."""
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return Sample(at, pages * 4096 / 2**20, len(list(Path(f"/proc/{pid}/fd").iterdir())), number)
    return None


def crawl(folder: Path, url: str, timeout: float) -> Running:
    """Start a crawl of a sitemap."""
    settings = {
        "NEWSCRAWL_STORE_URL": f"sqlite:///{folder}/store.db",
        "NEWSCRAWL_ALLOW_PRIVATE": "True",
        "NEWSCRAWL_TDMREP": "False",
        "NEWSCRAWL_RETRY_SECONDS": "0.1",
        "NEWSCRAWL_SITE_MEMORY_ENABLED": "True",
        "DOWNLOAD_DELAY": "0",
        "AUTOTHROTTLE_ENABLED": "False",
        "CONCURRENT_REQUESTS_PER_DOMAIN": "8",
        "DOWNLOAD_TIMEOUT": str(timeout),
        "RETRY_TIMES": "1",
        "NEWSCRAWL_EXTRACTION_WORKERS": "1",
        "LOG_LEVEL": "ERROR",
    }
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return start(folder, ["crawl", "sitemap", "-a", f"url={url}", "-o", "all.jsonl", *options])


def soak(
    folder: Path, *, seconds: float, articles: int, seed: int, share: float = 0.3, timeout: float = 5.0
) -> dict[str, Any]:
    """Crawl round after round in ``folder``; return the figures, ``unaccounted`` and ``samples`` among them."""
    paper, begun = Paper(random.Random(seed), share), time.monotonic()
    samples: list[Sample] = []
    published: list[str] = []
    codes: Counter[int] = Counter()
    number = 0
    with hostile(paper) as server:  # type: ignore[arg-type]
        while number == 0 or time.monotonic() - begun < seconds:
            urls = [server.url(f"/news/{number}-{n}") for n in range(articles)]
            for n, url in enumerate(urls):
                paper.pages[url.split(str(server.port), 1)[1]] = article(number * articles + n).encode()
            unknown = [f"http://nobody-{number}-{n}.invalid/news" for n in range(max(articles // 50, 1))]
            rows = "".join(f"<url><loc>{url}</loc></url>" for url in [*urls, *unknown])
            paper.pages[f"/map-{number}.xml"] = f"<urlset>{rows}</urlset>".encode()
            published += [*urls, *unknown]
            process = crawl(folder, server.url(f"/map-{number}.xml"), timeout)
            while process.poll() is None:
                if found := sample(process.pid, time.monotonic() - begun, number):
                    samples.append(found)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.25)
            codes[process.returncode] += 1
            number += 1
    written = Counter(line["url"] for line in read_jsonl(folder / "all.jsonl"))
    failed = {line["url"]: line["reason"] for line in read_jsonl(folder / "failures.jsonl")}
    return {
        "seconds": round(time.monotonic() - begun),
        "rounds": number,
        "published": len(published),
        "written": len(written),
        "failed": len([url for url in published if url in failed and url not in written]),
        "reasons": dict(Counter(failed[url] for url in published if url in failed and url not in written)),
        "faults": dict(paper.failed),
        "twice": [url for url, times in written.items() if times > 1],
        "unaccounted": [url for url in published if url not in written and url not in failed],
        "exit_codes": dict(codes),
        "samples": samples,
    }


def peaks(samples: list[Sample]) -> list[tuple[int, float, int]]:
    """Of each round the most memory and descriptors."""
    rounds = sorted({one.number for one in samples})
    of = {number: [one for one in samples if one.number == number] for number in rounds}
    return [(n, max(one.memory for one in of[n]), max(one.descriptors for one in of[n])) for n in rounds]


def plot(samples: list[Sample], path: Path, title: str) -> None:
    """Draw memory and descriptors over time."""
    width, height, left = 720, 150, 60
    last = max((one.at for one in samples), default=1.0)
    parts = []
    for row, (name, of) in enumerate(
        (("MiB", lambda one: one.memory), ("descriptors", lambda one: float(one.descriptors)))
    ):
        top, most = 40 + row * (height + 40), max(map(of, samples), default=1.0)
        line = " ".join(
            f"{left + one.at / last * width:.1f},{top + height - of(one) / most * height:.1f}" for one in samples
        )
        parts.append(f'<polyline points="{line}" fill="none" stroke="#2a6f97"/>')
        parts.append(f'<text x="{left - 8}" y="{top + 10}" text-anchor="end">{most:.0f}</text>')
        parts.append(f'<text x="{left - 8}" y="{top + height}" text-anchor="end">0</text>')
        parts.append(f'<text x="{left}" y="{top - 6}">{name}</text>')
        parts.append(f'<path d="M{left} {top}v{height}h{width}" fill="none" stroke="#999"/>')
    size = f'viewBox="0 0 {left + width + 20} {2 * (height + 40) + 50}"'
    text = f'<text x="{left}" y="16" font-weight="bold">{title}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">{text}'
    path.write_text(svg + "".join(parts) + "</svg>\n")


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--articles", type=int, default=300, help="of a round")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = soak(Path(folder), seconds=given.minutes * 60, articles=given.articles, seed=given.seed)
        samples: list[Sample] = found.pop("samples")
        found["peaks"] = peaks(samples)
        sys.stdout.write(json.dumps(found) + "\n")
        if given.plot is not None:
            minutes = found["seconds"] / 60
            title = f"{minutes:.0f} minutes, {found['rounds']} crawls of {given.articles} articles, faults at random"
            plot(samples, given.plot, title)
        wrong = found["unaccounted"] or found["twice"]
        if wrong:
            sys.stdout.write((Path(folder) / "log.txt").read_text()[-3000:])
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
