"""The large trial of a cluster, or what a second worker brings.

python -m tests.cluster [--sites 60] [--articles 2000] [--workers 3] [--kills 8] [--archives 20] [--ratio]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.cluster.local import missing
from tests.cluster.papers import serve
from tests.cluster.trial import Cluster, archives, archives_trial, cluster_in, sites_trial


def throughput(cluster: Cluster, workers: int, *, count: int, records: int, options: Sequence[str] = ()) -> float:
    """Return the records a second of so many workers, from the first task's begin to the last one's end."""
    archives(cluster.folder / "archives", count, records)
    for number in range(workers):
        cluster.start(f"w{number + 1}", *options)
    cluster.wait(lambda: all("ready" in cluster.log(name) for name in cluster.workers))
    cluster.scrapy("cluster", "clean", "archives")
    cluster.wait(lambda: cluster.count("warc", "running") > 0)
    begun = time.monotonic()
    cluster.wait(lambda: cluster.count("warc", "done") == count)
    return count * records / (time.monotonic() - begun)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (
        ("sites", 60),
        ("articles", 2000),
        ("workers", 3),
        ("kills", 8),
        ("archives", 20),
        ("seed", 1),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--records", type=int, default=60, help="of an archive")
    parser.add_argument("--extraction", help="processes of a worker that extract; 0: the crawl's own")
    parser.add_argument("--ratio", action="store_true", help="only measure two workers against one")
    given = parser.parse_args()
    if line := missing():
        sys.exit(f"skipped: {line}")
    with tempfile.TemporaryDirectory(prefix="newscrawl-trial-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL's user comes by here
        figures = list(_ratio(folder, given) if given.ratio else _trials(folder, given))
    sys.exit(any(found.get("wrong") for found in figures))


def _trials(folder: Path, given: argparse.Namespace) -> Iterator[dict[str, Any]]:
    with cluster_in(_new(folder, "sites")) as cluster, serve(given.sites, given.articles) as papers:
        figures = sites_trial(cluster, papers, workers=given.workers, kills=given.kills, seed=given.seed)
    yield _told(figures)
    with cluster_in(_new(folder, "archives")) as cluster:
        yield _told(archives_trial(cluster, archives(cluster.folder / "archives", given.archives, given.records)))


def _ratio(folder: Path, given: argparse.Namespace) -> Iterator[dict[str, Any]]:
    found, options = {}, ["-s", f"NEWSCRAWL_EXTRACTION_WORKERS={given.extraction}"] if given.extraction else []
    for workers in (1, 2):
        with cluster_in(_new(folder, str(workers))) as cluster:
            found[workers] = throughput(cluster, workers, count=given.archives, records=given.records, options=options)
    ratio = round(found[2] / found[1], 2)
    yield _told({"one": round(found[1], 1), "two": round(found[2], 1), "ratio": ratio, "load": os.getloadavg()[0]})


def _told(figures: dict[str, Any]) -> dict[str, Any]:
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    return figures


def _new(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


if __name__ == "__main__":
    main()
