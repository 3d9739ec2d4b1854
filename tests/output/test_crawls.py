"""Outputs and versions as a user sees them: whole crawls with a store."""

from __future__ import annotations

import csv
import gzip
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from newscrawl.output.file import DurableFile
from tests.soak import archive, article, command, soak, start, verdict
from tests.support import Answer, Run, read_jsonl, run_scrapy, serve, site

STORE = "NEWSCRAWL_STORE_URL=sqlite:///store.db"
WARC = ("warc", "-a", "path=a.warc.gz")


def crawl(folder: Path, *arguments: str) -> Run:
    settings = ["-s", STORE, "-s", "LOG_LEVEL=INFO", "-s", "DOWNLOAD_DELAY=0", "-s", "NEWSCRAWL_ALLOW_PRIVATE=True"]
    return run_scrapy(folder, "crawl", *arguments, *settings)


def urls(path: Path) -> list[str]:
    return [line["url"] for line in read_jsonl(path)]


def counts(run: Run, *names: str) -> list[Any]:
    return [run.summary[name] for name in names]


def test_written_once_and_earlier_outputs_step_back(tmp_path: Path) -> None:
    wanted = archive(tmp_path / "a.warc.gz", 10)
    first = crawl(tmp_path, *WARC, "-O", "out.jsonl")
    assert (first.code, counts(first, "new", "seen")) == (0, [10, 0]), first.err
    second = crawl(tmp_path, *WARC, "-O", "out.jsonl")
    assert (second.code, counts(second, "new", "seen")) == (0, [0, 10])
    assert urls(tmp_path / "out.jsonl") == []
    assert sorted(urls(tmp_path / "out.jsonl.1")) == sorted(wanted)
    third = crawl(tmp_path, *WARC, "-a", "refetch=1", "-o", "all.jsonl")
    assert counts(third, "new", "seen", "unchanged") == [0, 0, 10]
    assert urls(tmp_path / "all.jsonl") == []
    switched_off = ["-s", "NEWSCRAWL_STORE_ENABLED=False", "-s", STORE]
    off = run_scrapy(tmp_path, "crawl", *WARC, "-O", "out.jsonl.1:jsonlines", *switched_off)
    assert off.code == 0, off.err
    assert len(urls(tmp_path / "out.jsonl.1")) == 10
    assert len(urls(tmp_path / "out.jsonl.1.1")) == 10, "its lines count as seen, also with the store off"


def test_only_what_changed_is_written_again(tmp_path: Path) -> None:
    pages = {f"/{number}": article(number) for number in range(4)}
    with serve(lambda path: site(pages)(path)) as server:
        named = ",".join(server.url(path) for path in pages)
        run = crawl(tmp_path, "article", "-a", f"url={named}", "-o", "out.jsonl")
        assert counts(run, "new", "changed", "seen") == [4, 0, 0], run.err
        asked = len(server.asked)
        run = crawl(tmp_path, "article", "-a", f"url={named}", "-o", "out.jsonl")
        assert counts(run, "new", "changed", "seen") == [0, 0, 4]
        assert len(server.asked) == asked
        pages["/2"] = pages["/2"].replace("said the mayor", "said the harbour master")
        run = crawl(tmp_path, "article", "-a", f"url={named}", "-a", "refetch=1", "-o", "out.jsonl")
        assert counts(run, "new", "changed", "unchanged") == [0, 1, 3]
    found = read_jsonl(tmp_path / "out.jsonl")
    assert [(line["url"], line["version"]) for line in found[4:]] == [(server.url("/2"), 2)]
    assert sorted(line["version"] for line in found) == [1, 1, 1, 1, 2]


def test_copies_are_marked(tmp_path: Path) -> None:
    with serve(site({"/1": article(1), "/2": article(1).replace("Report 1", "Our report")})) as server:
        crawl(tmp_path, "article", "-a", f"url={server.url('/1')},{server.url('/2')}", "-o", "out.jsonl")
    copied = {line["url"]: line["duplicate_of"] for line in read_jsonl(tmp_path / "out.jsonl")}
    assert sorted(copied) == [server.url("/1"), server.url("/2")]
    assert sorted(filter(None, copied.values())) in ([server.url("/1")], [server.url("/2")])


def test_all_formats_parameters_and_compression(tmp_path: Path) -> None:
    wanted = sorted(archive(tmp_path / "a.warc.gz", 8))
    packed = {"postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"]}
    feeds = {
        "deep/%(name)s-%(path)s.jsonl": {"format": "jsonlines"},
        "packed.jsonl.gz": {"format": "jsonlines", **packed},
        "table.csv": {"format": "csv", "fields": ["url", "version"]},
        "all.json": {"format": "json", "overwrite": True},
        "all.xml": {"format": "xml", "fields": ["url"], "overwrite": True},
        "batch-%(batch_id)d.jsonl": {"format": "jsonlines", "batch_item_count": 3},
    }
    shutil.copy(tmp_path / "a.warc.gz", tmp_path.parent / "b.warc.gz")
    run = crawl(tmp_path, "warc", "-a", "path=../b.warc.gz", "-s", f"FEEDS={json.dumps(feeds)}")
    assert run.code == 0, run.err
    assert sorted(urls(tmp_path / "deep" / "warc-.._b.warc.gz.jsonl")) == wanted
    unpacked = gzip.decompress((tmp_path / "packed.jsonl.gz").read_bytes())
    assert sorted(json.loads(line)["url"] for line in unpacked.splitlines()) == wanted
    with (tmp_path / "table.csv").open(newline="") as file:
        assert sorted(row["url"] for row in csv.DictReader(file)) == wanted
    assert sorted(line["url"] for line in json.loads((tmp_path / "all.json").read_text())) == wanted
    assert (tmp_path / "all.xml").read_text().rstrip().endswith("</items>")
    assert [len(urls(tmp_path / f"batch-{number}.jsonl")) for number in (1, 2, 3)] == [3, 3, 2]
    assert not list(tmp_path.rglob("*.part"))
    refused = crawl(tmp_path, *WARC, "-o", "all.json")
    assert (refused.code, "json cannot be appended to" in refused.err) == (2, True), refused.err
    assert "store and files agree" in run_scrapy(tmp_path, "store", "check", "-s", STORE).out
    again = crawl(tmp_path, "warc", "-a", "path=a.warc.gz", "-s", f"FEEDS={json.dumps(feeds)}")
    assert counts(again, "new", "seen") == [0, 8]


def test_another_run_on_the_same_output(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", 2)
    with DurableFile(tmp_path / "out.jsonl.part"):
        run = crawl(tmp_path, *WARC, "-O", "out.jsonl")
    assert run.code == 75
    (line,) = [line for line in run.err.splitlines() if line.startswith("newscrawl: ")]
    assert "another run writes to the output" in line


def test_a_store_that_cannot_be_used(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", 2)
    (tmp_path / "store.db").write_bytes(b"these are no tables\n" * 1000)
    run = crawl(tmp_path, *WARC, "-O", "out.jsonl")
    assert run.code == 6
    (line,) = [line for line in run.err.splitlines() if line.startswith("newscrawl: ")]
    assert "is damaged" in line
    assert (tmp_path / "store.db").read_bytes() == b"these are no tables\n" * 1000
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path: Path, seed: int) -> None:
    figures = soak(tmp_path, articles=250, runs=8, seed=seed, web=False, growing=2.0)
    assert (figures["exit_code"], figures["wrong"]) == (0, []), figures


def test_sigterm_writes_all_that_was_fetched(tmp_path: Path) -> None:
    pages = {f"/{number}": article(number) for number in range(300)}
    told = threading.Event()

    def answer(path: str) -> Answer | str | None:
        if len(server.asked) > 30:  # so that it cannot be at its end before it is told
            told.wait(300)
        return site(pages)(path)

    with serve(answer) as server:
        wanted = [server.url(path) for path in pages]
        (tmp_path / "urls.txt").write_text("\n".join(wanted))
        source, store = ["article", "-a", "urls_file=urls.txt"], f"sqlite:///{tmp_path}/store.db"
        process = start(tmp_path, command(source, ["-o", "out.jsonl"], store))
        while len(server.asked) < 12 and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        told.set()
        process.wait(timeout=300)
        written = urls(tmp_path / "out.jsonl")
        assert len(written) < 300
        if "are abandoned" not in (tmp_path / "log.txt").read_text():  # a machine too busy to extract them in time
            fetched = {server.url(path) for path in server.asked if path in pages}
            assert fetched == set(written), "fetched, and not written"
        assert len(set(written)) == len(written)
        assert start(tmp_path, command(source, ["-o", "out.jsonl"], store)).wait(timeout=300) == 0
        assert verdict(tmp_path, wanted, store) == []


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("mount") is None, reason="needs root, for a small disk of its own"
)
@pytest.mark.parametrize(
    ("articles", "size", "store_too"),
    [(120, "400k", False), (40, "100k", False), (120, "400k", True)],
    ids=["output", "the last lines alone", "output and store"],
)
def test_full_disk(tmp_path: Path, articles: int, size: str, store_too: bool) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    wanted = archive(tmp_path / "a.warc.gz", articles)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", disk], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        store = f"sqlite:///{disk if store_too else tmp_path}/store.db"
        arguments = [*WARC, "-o", "disk/out.jsonl", "-s", f"NEWSCRAWL_STORE_URL={store}", "-s", "LOG_LEVEL=ERROR"]
        run = run_scrapy(tmp_path, "crawl", *arguments)
        assert run.code == 6, run.err
        assert run.summary["finish_reason"] == "output_error"
        data = (disk / "out.jsonl").read_bytes()
        assert data == b"" or data.endswith(b"\n")
        assert len(data.splitlines()) < articles
        subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
        run = run_scrapy(tmp_path, "crawl", *arguments)
        assert run.code == 0, run.err
        assert verdict(disk, wanted, store) == []
    finally:
        subprocess.run(["umount", disk], check=True)


def test_takedown(tmp_path: Path) -> None:
    from newscrawl.urls.canonical import canonical

    wanted = archive(tmp_path / "archive" / "a.warc.gz", 5)
    assert crawl(tmp_path, "warc", "-a", "path=archive", "-o", "out.jsonl").code == 0
    assert crawl(tmp_path, "warc", "-a", "path=archive", "-o", "out.jsonl", "-a", "refetch=1").code == 0
    settings = ["-s", STORE, "-s", "NEWSCRAWL_ARCHIVE_DIR=archive"]
    run = run_scrapy(tmp_path, "store", "takedown", wanted[2].replace("https", "http"), *settings)
    assert run.code == 0, run.err
    assert wanted[2] not in urls(tmp_path / "out.jsonl")
    assert len(urls(tmp_path / "out.jsonl")) == 4
    run = run_scrapy(tmp_path, "store", "check", *settings)
    assert (run.code, run.out) == (0, "store and files agree\n")
    read = crawl(tmp_path, "warc", "-a", "path=archive", "-a", "dry_run=1", "-a", "refetch=1")
    assert sorted(read.out.split()) == sorted(set(wanted) - {wanted[2]})
    assert canonical(wanted[2]) not in run_scrapy(tmp_path, "store", "export", *settings).out


def test_check_and_mend(tmp_path: Path) -> None:
    wanted = archive(tmp_path / "a.warc.gz", 5)
    crawl(tmp_path, *WARC, "-o", "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "out.jsonl").write_bytes(b"".join(lines[:3]) + lines[0])
    run = run_scrapy(tmp_path, "store", "check", "-s", STORE)
    assert run.code == 3
    assert run.out.count("its line is not there") == 2
    assert run.out.count("is there more than once") == 1
    (tmp_path / "out.jsonl").write_bytes(b"".join(lines[:3]))
    assert run_scrapy(tmp_path, "store", "check", "--mend", "-s", STORE).code == 0
    crawl(tmp_path, *WARC, "-o", "out.jsonl")
    assert sorted(urls(tmp_path / "out.jsonl")) == sorted(wanted)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "which of show, history, export"),
        (["nix"], 2, "which of show, history, export"),
        (["prune"], 2, "--older-than DAYS"),
        (["forget"], 2, "scrapy store forget"),
        (["show", "https://a.example/none"], 3, "does not know"),
    ],
)
def test_usage_of_the_store_command(tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    run = run_scrapy(tmp_path, "store", *arguments, "-s", STORE)
    assert run.code == code
    (line,) = run.err.strip().splitlines()
    assert message in line
