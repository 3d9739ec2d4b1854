"""Outputs of every kind through kill -9: what did not count as seen is cut and fetched again; all is there once."""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.soak import archive, command, start
from tests.support import run_scrapy

ARTICLES = 150


def of_json(path: Path) -> list[str]:
    return [record["url"] for record in json.loads(path.read_bytes() or b"[]")]


def of_lines(path: Path) -> list[str]:
    data = gzip.decompress(path.read_bytes()) if ".gz" in path.name else path.read_bytes()
    return [json.loads(line)["url"] for line in data.splitlines()]


def of_csv(path: Path) -> list[str]:
    with path.open(newline="") as file:
        return [row["url"] for row in csv.DictReader(file)]


def of_xml(path: Path) -> list[str]:
    from lxml import etree

    return [element.text or "" for element in etree.parse(path).iter("url")] if path.stat().st_size else []


def of_parquet(path: Path) -> list[str]:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pip install pyarrow")
    return parquet.read_table(path, columns=["url"])["url"].to_pylist()  # type: ignore[no-any-return]


READ: dict[str, Callable[[Path], list[str]]] = {
    "a.jsonl": of_lines, "b.csv": of_csv, "c.json": of_json, "d.jsonl.gz": of_lines, "e.parquet": of_parquet,
    "f.jsonl": of_lines, "g.xml": of_xml,
}  # fmt: skip
SEVERAL = {
    "a.jsonl": {"format": "jsonlines", "overwrite": True},
    "b.csv": {"format": "csv", "fields": ["url", "version"]},
    "c.json": {"format": "json", "overwrite": True},
    "d.jsonl.gz": {"format": "jsonlines", "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"]},
    "e.parquet": {"format": "parquet", "overwrite": True},
    "f.jsonl": {"format": "zyte_jsonl"},
    "g.xml": {"format": "xml", "fields": ["url"], "overwrite": True},
}
ONE = {"e.parquet": {"format": "parquet", "overwrite": True}}
TABLE = {"b.csv": {"format": "csv", "fields": ["url", "version"]}}


def size(folder: Path) -> int:
    total = 0
    for path in folder.glob("out/*"):
        with suppress(OSError):  # renamed or removed just now
            total += path.stat().st_size
    return total


@pytest.mark.slow
@pytest.mark.parametrize("feeds", [SEVERAL, ONE, TABLE], ids=["several", "parquet", "csv"])
def test_every_output_holds_each_article_once(tmp_path: Path, feeds: dict[str, Any], seed: int) -> None:
    wanted = archive(tmp_path / "a.warc.gz", ARTICLES)
    store, chance = f"sqlite:///{tmp_path}/store.db", random.Random(seed)
    output = ["-s", "FEEDS=" + json.dumps({f"out/{name}": options for name, options in feeds.items()})]
    arguments = command(["warc", "-a", "path=a.warc.gz"], output, store)
    for _ in range(2):
        before = size(tmp_path)
        process = start(tmp_path, arguments)
        while process.poll() is None and size(tmp_path) <= before:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 1))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert start(tmp_path, arguments).wait(timeout=300) == 0
    log = (tmp_path / "log.txt").read_text()
    for name in feeds:
        files = list(tmp_path.glob(f"out/{name}*"))
        found = [url for path in files for url in READ[name](path)]
        assert sorted(found) == sorted(wanted), (name, [path.name for path in files], log)
    assert not list(tmp_path.glob("out/*.part"))
    check = run_scrapy(tmp_path, "store", "check", "-s", f"NEWSCRAWL_STORE_URL={store}")
    assert check.out == "store and files agree\n"
