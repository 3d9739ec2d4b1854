"""Compare the records of two versions of the project on all evaluation sets, byte for byte: ``make same``.

    python -m tests.same [--base COMMIT] [--sets aeb fundus …] [--examples N]

Each set is crawled with the base commit (in a worktree of its own; its records are kept in ``.same/``) and with the
working tree, inline and with the store off, so that the order of pages is the same. ``fetched_at`` is left out.
Exit code 1 where a record differs, is missing or is new.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EVAL_DATA = Path(os.environ.get("NEWSCRAWL_EVAL_DIR") or ROOT.parent / "shared" / "eval") / "data"
CACHE = ROOT / ".same"
ARCHIVES = ("aeb", "fundus", "traf", "htmldate", "wcxb", "daniel", "suites", "widgets")
CORPORA = ("widgets", "wild")
OPTIONS = ("-s NEWSCRAWL_STORE_ENABLED=False -s NEWSCRAWL_KEEP_NON_ARTICLES=True -s NEWSCRAWL_EXTRACTION_WORKERS=0 "
           "-s LOG_LEVEL=ERROR").split()  # fmt: skip
IGNORED_FIELDS = ("fetched_at",)


def runs(sets: list[str]) -> list[tuple[str, str, Path]]:
    """Spider, name of the output and input for each part of the sets asked for."""
    found = [("warc", name, EVAL_DATA / f"{name}.warc.gz") for name in ARCHIVES]
    found += [("corpus", f"{name}-texts", EVAL_DATA / f"{name}.corpus.jsonl") for name in CORPORA]
    return [run for run in found if not sets or run[1].removesuffix("-texts") in sets]


def crawl(checkout: Path, spider: str, source: Path, output: Path) -> None:
    """Crawl one set with the project in ``checkout``; raises RuntimeError where the crawl failed."""
    output.parent.mkdir(parents=True, exist_ok=True)
    part = output.with_suffix(".new")
    with tempfile.TemporaryDirectory() as log_folder:
        log = Path(log_folder) / "log"
        command = [sys.executable, "-m", "scrapy", "crawl", spider, "-a", f"path={source}", "-O", f"{part}:jsonlines"]
        with log.open("wb") as stderr:
            status = subprocess.run([*command, *OPTIONS], cwd=checkout, stdin=subprocess.DEVNULL, stderr=stderr)
        if status.returncode or not part.exists():
            raise RuntimeError(
                f"{source.name} with {checkout}: exit code {status.returncode}\n{log.read_text()[-2000:]}"
            )
    part.replace(output)


def records_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Records by URL, without the fields that differ from run to run."""
    records = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            for field in IGNORED_FIELDS:
                record.pop(field, None)
            records[record["url"]].append(record)
    return records


def compare(name: str, base: Path, tree: Path, examples: int) -> bool:
    """Print how two outputs of a set differ; returns whether they are the same."""
    before, after = records_of(base), records_of(tree)
    fields: Counter[str] = Counter()
    different = []
    for url in sorted(before.keys() | after.keys()):
        old, new = before.get(url, []), after.get(url, [])
        if old == new and list(map(list, old)) == list(map(list, new)):
            continue
        different.append(url)
        if len(old) != len(new):
            fields["(records)"] += 1
        for one, other in zip(old, new, strict=False):
            fields.update(k for k in {**one, **other} if one.get(k, "(none)") != other.get(k, "(none)"))
    total = len(before.keys() | after.keys())
    print(f"{name:15} {total - len(different):5} of {total} the same", dict(fields) or "")
    for url in different[:examples]:
        print(f"    {url}")
        for one, other in zip(before.get(url, []), after.get(url, []), strict=False):
            for key in {**one, **other}:
                if one.get(key) != other.get(key):
                    print(f"      - {key}: {json.dumps(one.get(key), ensure_ascii=False)[:400]}")
                    print(f"      + {key}: {json.dumps(other.get(key), ensure_ascii=False)[:400]}")
    return not different


def base_checkout(commit: str, folder: Path) -> None:
    """Check the commit out into ``folder``, apart from the working tree."""
    subprocess.run(["git", "worktree", "add", "-q", "--detach", str(folder), commit], cwd=ROOT, check=True)


def main() -> int:
    """Crawl what is missing, compare everything, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="HEAD", help="commit to compare with (default: HEAD)")
    parser.add_argument("--sets", nargs="*", default=[], help="sets to crawl (default: all)")
    parser.add_argument("--examples", type=int, default=2, help="differing records shown per set")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="crawls side by side")
    arguments = parser.parse_args()
    if not EVAL_DATA.is_dir():
        print(f"skipped: there are no evaluation pages in {EVAL_DATA} (set NEWSCRAWL_EVAL_DIR)")
        return 0
    commit = subprocess.run(
        ["git", "rev-parse", "--verify", f"{arguments.base}^{{commit}}"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    kept, tree, todo = CACHE / commit, CACHE / "tree", runs(arguments.sets)
    shutil.rmtree(tree, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(arguments.jobs) as jobs:
        missing = [run for run in todo if not (kept / f"{run[1]}.jsonl").exists()]
        checkout = Path(folder) / "base"
        if missing:
            base_checkout(commit, checkout)
        try:
            waiting = [jobs.submit(crawl, checkout, s, source, kept / f"{n}.jsonl") for s, n, source in missing]
            waiting += [jobs.submit(crawl, ROOT, s, source, tree / f"{n}.jsonl") for s, n, source in todo]
            for job in waiting:
                job.result()
        finally:
            if missing:
                subprocess.run(["git", "worktree", "remove", "--force", str(checkout)], cwd=ROOT, check=True)
    same = [compare(n, kept / f"{n}.jsonl", tree / f"{n}.jsonl", arguments.examples) for _, n, _ in todo]
    return 0 if all(same) else 1


if __name__ == "__main__":
    sys.exit(main())
