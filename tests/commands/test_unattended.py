"""What stands around a run from cron: pings, its own log file, sites of the catalogue that failed, early ends."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newscrawl.run.locks import job_name, lock_job
from tests.commands.test_cron import start, wait_for
from tests.newspaper import Reply, newspaper
from tests.support import crawl

STORE = ("-s", "NEWSCRAWL_STORE_URL=sqlite:///store.db")


@contextmanager
def monitor(status: int = 200) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Serve a monitor; yield its address, and the paths and bodies that it was told."""
    told: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append((self.path, self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", told
        server.shutdown()


def pings(url: str) -> list[str]:
    parts = [("START", "start"), ("SUCCESS", "ok"), ("FAILURE", "fail")]
    return [part for name, path in parts for part in ("-s", f"NEWSCRAWL_PING_{name}={url}/{path}")]


def test_a_run_tells_the_monitor_and_keeps_its_log(tmp_path: Path) -> None:
    logs = ("-s", "NEWSCRAWL_LOG_DIR=logs", "-s", "NEWSCRAWL_LOG_KEEP=2", "-s", "NEWSCRAWL_JITTER_SECONDS=0.01")
    with newspaper() as paper, monitor() as (url, told):
        paper.rss("/feed", [paper.story(1)])
        arguments = (f"url={paper.url('/feed')}", *logs, *STORE, *pings(url))
        run = crawl(tmp_path, "feed", *arguments)
        (log,) = (tmp_path / "logs").iterdir()
        old = [log.with_name(f"{log.name.rpartition('-')[0]}-2020010{day}T000000.0Z.log") for day in (1, 2, 3)]
        other = log.with_name("site-0123456789abcdef-20200101T000000.0Z.log")
        for path in (*old, other):
            path.touch()
        paper["/feed"] = Reply("gone", 404)
        failed = crawl(tmp_path, "feed", *arguments)
    assert [path for path, _ in told] == ["/start", "/ok", "/start", "/fail"]
    assert (run.code, failed.code) == (0, 3)
    assert json.loads(told[1][1]) == run.summary
    assert json.loads(told[3][1])["exit_code"] == 3
    assert len(failed.err.splitlines()) == 1, "the log is in its file"
    assert log.read_text().splitlines()[-1] == run.err.splitlines()[-1]
    assert "Spider closed" in log.read_text()
    left = sorted((tmp_path / "logs").iterdir())
    assert len(left) == 3
    assert set(left) >= {log, other}, "the newest two of this job, and those of others"


@pytest.mark.parametrize("status", [500, None])
def test_a_ping_that_fails_is_one_warning(tmp_path: Path, status: int | None) -> None:
    with newspaper() as paper, monitor(status or 200) as (url, _):
        address = url if status else "http://127.0.0.1:9"
        run = crawl(tmp_path, "article", f"url={paper.story(1)}", *pings(address), "-s", "LOG_LEVEL=ERROR")
    assert run.code == 0
    *warnings, summary = run.err.splitlines()
    assert [line.split(" failed ")[0] for line in warnings] == [
        "newscrawl: the ping of NEWSCRAWL_PING_START",
        "newscrawl: the ping of NEWSCRAWL_PING_SUCCESS",
    ]
    assert address not in "".join(warnings)
    assert json.loads(summary)["exit_code"] == 0


def test_a_run_that_finds_another_one_on_tells_nobody_and_leaves_no_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    held = lock_job("feed", {"url": "http://127.0.0.1:9/feed"}, "sqlite:///store.db")
    with held, monitor() as (url, told):
        run = crawl(
            tmp_path, "feed", "url=http://127.0.0.1:9/feed", *STORE, *pings(url), "-s", "NEWSCRAWL_LOG_DIR=logs"
        )
    assert (run.code, told) == (75, [])
    assert list((tmp_path / "logs").iterdir()) == []


def test_a_store_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"these are no tables\n" * 1000)
    with monitor() as (url, told):
        run = crawl(tmp_path, "feed", "url=http://127.0.0.1:9/feed", *STORE, *pings(url))
    assert run.code == 6
    assert told == [("/start", ""), ("/fail", "exit code 6")]


def test_an_address_of_a_monitor_that_is_none(tmp_path: Path) -> None:
    run = crawl(tmp_path, "article", "url=http://127.0.0.1:9/a", "-s", "NEWSCRAWL_PING_START=file:///etc/passwd")
    assert run.code == 2
    assert "NEWSCRAWL_PING_START" in run.err


def test_job_names_differ_by_job() -> None:
    names = {job_name("feed", {"url": url}, store) for url in ("a", "b") for store in (None, "sqlite://")}
    assert len(names) == 4


def test_sites_of_the_catalogue_fail_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "broken.example.toml").write_text("no toml [")
    with newspaper() as paper:
        for name in ("one", "two"):
            home, feed = paper.url(f"/{name}/"), paper.url(f"/{name}/feed")
            table = f'[discovery]\nhome = "{home}"\nfeeds = ["{feed}"]\n'
            (folder / f"{name}.example.toml").write_text(table)
        paper.rss("/one/feed", [paper.story(1)])  # its home page is gone, its feed is not; of the other all is
        options = ("-s", "NEWSCRAWL_SITES_DIR=sites", *STORE)
        both = crawl(tmp_path, "site", "site=one.example,two.example", *options)
        assert both.code == 3, both.err
        assert len(both.lines) == 1
        named = [failure for failure in both.failures if failure["named"]]
        assert [(failure["place"], failure["reason"]) for failure in named] == [("two.example", "no-source")]
        assert {failure["reason"] for failure in both.failures if not failure["named"]} == {"http-404"}
        for looked in (True, False):  # without news the feed rests, and is none that failed
            paper.forget()
            one = crawl(tmp_path, "site", "site=one.example", *options)
            assert (one.code, "/one/feed" in paper.asked) == (0, looked), one.err
        paper.forget()
        two = crawl(tmp_path, "site", "site=two.example", *options)  # it rests since it failed
        assert (two.code, "/two/feed" in paper.asked) == (3, False), two.err


def test_sigterm_ends_in_0_where_the_next_run_finds_the_rest_and_in_3_where_all_was_named(tmp_path: Path) -> None:
    with newspaper() as paper:
        urls = [paper.story(number) for number in range(1, 40)]
        paper.rss("/feed", urls)
        (tmp_path / "urls.txt").write_text("\n".join(urls))
        for spider, code in (
            (["feed", "-a", f"url={paper.url('/feed')}"], 0),
            (["article", "-a", "urls_file=urls.txt"], 3),
        ):
            paper.forget()
            run, said = start(tmp_path, paper, "-O", f"{spider[0]}.jsonl", "-s", "DOWNLOAD_DELAY=0.5", spider=spider)
            wait_for(paper, 2)
            run.send_signal(signal.SIGTERM)
            run.wait(timeout=300)
            err = said.read_text()
            summary = json.loads(err.strip().splitlines()[-1])
            assert (run.returncode, summary["finish_reason"]) == (code, "shutdown"), err
            assert summary["failures"] == {}
            asked = {paper.url(path) for path in paper.articles_asked}
            written = [json.loads(line)["url"] for line in (tmp_path / f"{spider[0]}.jsonl").read_text().splitlines()]
            assert set(written) <= asked
            assert len(written) == summary["articles"] == summary["documents"]
