"""Crawls that are killed at random moments, then one that is not: every article exactly once, no torn line.

    python -m tests.soak --runs 40 --articles 2000 [--web] [--seed 1] [--store postgresql://…] [--terms]

With ``--terms`` every other run is ended by SIGTERM, and has to be gone in 15 seconds. Short forms of it run in the
tests of output/ and archive/.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from newscrawl.store.check import check
from newscrawl.store.opening import open_store
from tests import forked
from tests.support import ROOT, Server, entry, page, serve, site, warc_bytes

_WORDS = "harbour ferry herring council market bridge winter school library engine orchard valley signal copper".split()


def article(number: int) -> str:
    """Return a page that resembles no other."""
    chosen = random.Random(number)
    text = "".join(
        "<p>" + " ".join(f"{chosen.choice(_WORDS)}{chosen.randrange(900)}" for _ in range(22)) + " said the mayor.</p>"
        for _ in range(8)
    )
    return page(f"Report {number} from Wexmouth", sentences=4, extra=text)


def archive(path: Path, articles: int) -> list[str]:
    """Write a WARC file of so many articles; return their addresses."""
    path.parent.mkdir(parents=True, exist_ok=True)
    urls = [f"https://paper{number % 7}.example/news/{number}" for number in range(articles)]
    path.write_bytes(warc_bytes(*(entry(url, article(number)) for number, url in enumerate(urls))))
    return urls


@contextmanager
def newspaper(folder: Path, articles: int) -> Iterator[tuple[list[str], Server]]:
    """Serve so many articles; write their addresses to ``urls.txt``."""
    pages = {f"/news/{number}": article(number) for number in range(articles)}
    with serve(site(pages)) as server:
        urls = [server.url(path) for path in pages]
        (folder / "urls.txt").write_text("\n".join(urls))
        yield urls, server


def command(source: Sequence[str], output: Sequence[str], store: str) -> list[str]:
    """Return the words of a crawl's command."""
    settings = {
        "NEWSCRAWL_STORE_URL": store,
        "NEWSCRAWL_ALLOW_PRIVATE": "True",
        "DOWNLOAD_DELAY": "0",
        "CONCURRENT_REQUESTS_PER_DOMAIN": "8",
        "LOG_LEVEL": "WARNING",
    }
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return ["crawl", *source, *output, *options]


def start(folder: Path, words: Sequence[str]) -> forked.Running:
    """Start `scrapy` in a session of its own."""
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    env |= {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT)}
    with (folder / "log.txt").open("ab") as log:
        return forked.start(words, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True)


def outputs(number: int) -> list[str]:
    """Return the output options of a run: in place, renamed, under a new name, compressed."""
    kinds = (
        ["-o", "all.jsonl"],
        ["-O", "latest.jsonl"],
        ["-O", f"run-{number}.jsonl"],
        ["-o", "all.jsonl"],
        ["-s", json.dumps(_GZIP).join(("FEEDS=", ""))],
    )
    return kinds[number % len(kinds)]


_GZIP = {
    "packed.jsonl.gz": {
        "format": "jsonlines",
        "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"],
    }
}


STOP_SECONDS = 15
"""What a run that is ended by SIGTERM may take."""


def killed_runs(
    folder: Path,
    source: Sequence[str],
    store: str,
    runs: int,
    seed: int,
    growing: float = 6.0,
    stops: list[float] | None = None,
) -> int:
    """Run and kill; return how many were killed before they ended by themselves.

    With ``stops`` every other run is ended by SIGTERM, and the seconds it took are put there.
    """
    chance = random.Random(seed)
    killed = 0
    for number in range(runs):
        before = _written(folder)
        process = start(folder, command(source, outputs(number), store))
        if number % 4:  # most are killed while they write, some at any moment
            while process.poll() is None and _written(folder) <= before:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, growing))
        else:
            time.sleep(chance.uniform(0, 6))
        if process.poll() is None and stops is not None and number % 2:
            begun = time.monotonic()
            process.send_signal(signal.SIGTERM)
            code = process.wait(timeout=300)
            stops.append(round(time.monotonic() - begun, 1))
            if code not in (0, 3):
                raise RuntimeError(f"run {number} was ended by SIGTERM, with {code}")
        elif process.poll() is None:
            killed += 1
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        elif process.returncode:
            raise RuntimeError(f"run {number} ended with {process.returncode}")
    return killed


def _written(folder: Path) -> int:
    total = 0
    for path in folder.glob("*.jsonl*"):
        with suppress(OSError):  # renamed or removed just now
            total += path.stat().st_size
    return total


def last_run(folder: Path, source: Sequence[str], store: str) -> int:
    """Run to the end; return the exit code."""
    process = start(folder, command(source, ["-O", "last.jsonl"], store))
    return process.wait(timeout=900)


def verdict(folder: Path, urls: Sequence[str], store: str) -> list[str]:
    """Return what is wrong with the outputs: nothing, if every article is there once, and store and files agree."""
    import gzip

    found: Counter[str] = Counter()
    wrong = []
    for path in sorted(folder.glob("*.jsonl*")):
        if path.name.startswith("failures"):
            continue
        if ".part" in path.name:
            wrong.append(f"{path.name} was left")
        data = gzip.decompress(path.read_bytes()) if ".gz" in path.name else path.read_bytes()
        if data and not data.endswith(b"\n"):
            wrong.append(f"{path.name} ends in a torn line")
        for line in data.split(b"\n"):
            if line:
                try:
                    found[json.loads(line)["url"]] += 1
                except ValueError:
                    wrong.append(f"{path.name} holds a torn line")
    wrong += [f"{url} is missing" for url in urls if not found[url]]
    wrong += [f"{url} is there {times} times" for url, times in found.items() if times > 1]
    opened = open_store(store)
    try:
        wrong += [str(trouble) for trouble in check(opened)]
        if opened.outputs.left_open():
            wrong.append("an output is open")
        if opened.articles.count() != len(urls):
            wrong.append(f"the store has {opened.articles.count()} articles")
    finally:
        opened.close()
    return wrong


def soak(
    folder: Path,
    *,
    articles: int,
    runs: int,
    seed: int,
    web: bool,
    store: str | None = None,
    growing: float = 6.0,
    terms: bool = False,
) -> dict[str, Any]:
    """Do it all in ``folder``; return the figures, ``wrong`` among them."""
    store = store or f"sqlite:///{folder}/store.db"
    begun = time.monotonic()
    with (
        newspaper(folder, articles) if web else nullcontext((archive(folder / "a.warc.gz", articles), None)) as (
            urls,
            _,
        )
    ):
        source = ["article", "-a", "urls_file=urls.txt"] if web else ["warc", "-a", "path=a.warc.gz"]
        stops: list[float] = []
        killed = killed_runs(folder, source, store, runs, seed, growing, stops if terms else None)
        lines = sum(path.read_bytes().count(b"\n") for path in folder.glob("*.jsonl*") if ".gz" not in path.name)
        code = last_run(folder, source, store)
        wrong = verdict(folder, urls, store)
        wrong += [f"a run took {taken} s to end" for taken in stops if taken > STOP_SECONDS]
    return {
        "articles": articles,
        "runs": runs,
        "killed": killed,
        "seconds_to_end_by_sigterm": sorted(stops),
        "lines_before_the_last_run": lines,
        "exit_code": code,
        "wrong": wrong,
        "seconds": round(time.monotonic() - begun),
    }


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--web", action="store_true")
    parser.add_argument("--store")
    parser.add_argument("--terms", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = soak(
            Path(folder),
            articles=given.articles,
            runs=given.runs,
            seed=given.seed,
            web=given.web,
            store=given.store,
            terms=given.terms,
        )
        sys.stdout.write(json.dumps(figures) + "\n")
        if figures["wrong"]:
            sys.stdout.write((Path(folder) / "log.txt").read_text()[-5000:])
            sys.exit(1)


if __name__ == "__main__":
    main()
