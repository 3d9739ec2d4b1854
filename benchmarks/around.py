"""What a crawl costs around the pass: its start, and each page beyond the pass; beside another checkout if wanted.

``python benchmarks/around.py ARCHIVE STORE`` is the crawl itself: it runs without workers in the checkout that is the
current folder, and prints one line of JSON. It imports nothing of the checkout but by name, since modules move.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.pages import Page

_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_LIMITS = ("newscrawl.workers.inline", "newscrawl.workers.limits", "newscrawl.pool_inline")
"""Modules that have been the home of `Limits`, which runs the pass in the crawl's own process."""


def measure(pages: list[Page], work: Path, rounds: int, against: Path | None = None) -> list[tuple[str, str]]:
    """Rows for the table: start and cost beyond the pass, with the store off and on, in turn."""
    from benchmarks.pages import write_warc
    from benchmarks.report import spread  # not in the crawl itself, which runs in any checkout

    archive, one = work / "around.warc.gz", work / "one.warc.gz"
    write_warc(pages, archive)
    write_warc(pages[:1], one)
    trees = [Path.cwd(), *([against] if against else [])]
    starts: dict[tuple[Path, bool], list[float]] = {}
    beyond: dict[tuple[Path, bool], list[float]] = {}
    for _ in range(rounds):
        for has_store in (False, True):
            for tree in trees:
                starts.setdefault((tree, has_store), []).append(crawl(tree, one, has_store)["cpu"])
                beyond.setdefault((tree, has_store), []).append(crawl(tree, archive, has_store)["beyond"])
    rows = []
    for label, figures, unit in (
        ("CPU of a crawl of one archived page", starts, "s"),
        ("CPU a page beyond the pass", beyond, "ms"),
    ):
        for has_store in (False, True):
            own = figures[trees[0], has_store]
            name = f"{label}, store {'on' if has_store else 'off'}"
            rows.append((name, spread(own, unit)))
            if against:
                ratios = [a / b for a, b in zip(own, figures[against, has_store], strict=True)]
                rows.append((f"The same against {against.name}", spread(ratios)))
    return rows


def crawl(tree: Path, archive: Path, has_store: bool) -> dict[str, float]:
    """Figures of one crawl in a checkout: ``cpu`` in all (s), ``pass`` and ``beyond`` of a page but the first (ms)."""
    before = os.times()
    done = subprocess.run(
        [sys.executable, str(Path(__file__).absolute()), str(archive), str(has_store)],
        cwd=tree, env={**os.environ, **_ONE_THREAD, "PYTHONPATH": str(tree)}, check=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {"cpu": cpu, **json.loads(done.stdout)}


def main(archive: str, has_store: str) -> None:
    """Crawl in this process, with the time of the pass taken apart."""
    home = next(module for name in _LIMITS if (module := _module(name)) is not None)
    run, took, first = home.Limits.run, [0.0], [0.0, 0.0]

    def timed(self: Any, task: Any, asked: Any) -> Any:
        start = time.process_time()
        try:
            return run(self, task, asked)
        finally:
            took.append(time.process_time() - start)
            if len(took) == 2:  # the first page loads what the others find loaded
                first[:] = time.process_time(), took[1]

    home.Limits.run = timed
    folder = tempfile.mkdtemp()
    settings = {
        "NEWSCRAWL_STORE_ENABLED": has_store,
        "NEWSCRAWL_STORE_URL": f"sqlite:///{folder}/store.db",
        "NEWSCRAWL_EXTRACTION_WORKERS": "0",
        "LOG_LEVEL": "ERROR",
    }
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    sys.argv = ["scrapy", "crawl", "warc", "-a", f"path={archive}", "-o", f"{folder}/out.jsonl", *options]
    out = sys.stdout
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        from scrapy.cmdline import execute

        with contextlib.suppress(SystemExit):
            execute()
    shutil.rmtree(folder)
    end, count = time.process_time(), max(1, len(took) - 2)
    inside = sum(took) - first[1]
    print(json.dumps({"pass": inside / count * 1000, "beyond": (end - first[0] - inside) / count * 1000}), file=out)


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None


if __name__ == "__main__":
    main(*sys.argv[1:])
