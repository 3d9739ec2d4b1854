"""What cron needs: one run of a job at a time, an end in seconds, an exit code for what went wrong."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from newscrawl.exceptions import LockedError
from newscrawl.exitcodes import ExitCode, of_stats
from newscrawl.run.locks import lock_job
from tests import forked
from tests.forked import Running
from tests.newspaper import Newspaper, Reply, newspaper
from tests.support import ROOT, crawl, page, read_jsonl

STORE = ("-s", "NEWSCRAWL_STORE_URL=sqlite:///store.db")


def start(folder: Path, paper: Newspaper, *options: str, spider: Sequence[str] | None = None) -> tuple[Running, Path]:
    """Start a crawl of the newspaper's feed, or another one; return it and the file of its standard error."""
    named = spider or ["feed", "-a", f"url={paper.url('/feed')}"]
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    clean |= {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT)}
    private = ("-s", "NEWSCRAWL_ALLOW_PRIVATE=True", "-s", "NEWSCRAWL_TDMREP=False", *STORE)
    said = folder / f"said-{len(list(folder.glob('said-*')))}.txt"
    with said.open("wb") as file:
        return forked.start(["crawl", *named, *private, *options], cwd=folder, env=clean, stderr=file), said


def wait_for(paper: Newspaper, count: int, path: str | None = None) -> None:
    """Wait until so many articles were asked for, and ``path`` among them."""
    end = time.monotonic() + 300
    while len(paper.articles_asked) < count or (path is not None and path not in paper.asked):
        assert time.monotonic() < end, paper.asked
        time.sleep(0.05)


def wait_for_lines(path: Path, count: int) -> None:
    """Wait until so many lines of an output that is still being written can be read."""
    end = time.monotonic() + 300
    part = path.with_name(f"{path.name}.part")
    while not part.exists() or part.read_bytes().count(b"\n") < count:
        assert time.monotonic() < end, f"{count} lines were not written"
        time.sleep(0.05)


def test_a_second_run_of_the_job_ends_with_75_and_one_line(tmp_path: Path) -> None:
    with newspaper() as paper:
        url = paper.story(1)
        paper["/2024/05/03/the-ferry-returns-to-wexmouth-1.html"] = Reply(page(), drip=3000)
        paper.rss("/feed", [url])
        first, _ = start(tmp_path, paper, "-O", "one.jsonl", "-s", "NEWSCRAWL_STOP_SECONDS=1")
        wait_for(paper, 1)
        second, said = start(tmp_path, paper, "-O", "two.jsonl", "-s", "LOG_ENABLED=False")
        assert second.wait(timeout=300) == 75
        err = said.read_text()
        assert len(err.splitlines()) == 1
        assert str(first.pid) in err
        first.send_signal(signal.SIGTERM)
        first.wait(timeout=300)


def test_sigterm_ends_in_seconds_and_the_next_run_goes_on(tmp_path: Path) -> None:
    with newspaper() as paper:
        urls = [paper.story(n) for n in range(1, 13)]
        slow = "/2024/05/03/the-ferry-returns-to-wexmouth-12.html"
        paper[slow] = Reply(page(), drip=3000)
        paper.rss("/feed", urls, etag='"one"')
        run, said = start(
            tmp_path, paper, "-O", "one.jsonl", "-s", "DOWNLOAD_DELAY=0.3", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=3"
        )
        wait_for(paper, 4, slow)
        wait_for_lines(tmp_path / "one.jsonl", 1)
        run.send_signal(signal.SIGTERM)
        run.wait(timeout=300)
        assert "are abandoned" in said.read_text(), "what drips for longer than it is waited for"
        first = [line["url"] for line in read_jsonl(tmp_path / "one.jsonl")]
        assert 0 < len(first) < 12
        paper.story(12)
        rest = crawl(tmp_path, "feed", f"url={paper.url('/feed')}", *STORE)
        assert sorted(first + [line["url"] for line in rest.lines]) == sorted(urls)


def test_a_time_limit_is_a_clean_end(tmp_path: Path) -> None:
    with newspaper() as paper:
        urls = [paper.story(1), paper.story(2)]
        paper["/2024/05/03/the-ferry-returns-to-wexmouth-2.html"] = Reply(page(), drip=3000)
        paper.rss("/feed", urls)
        limit = ("-s", "CLOSESPIDER_TIMEOUT=5", "-s", "NEWSCRAWL_STOP_SECONDS=1")
        run = crawl(tmp_path, "feed", f"url={paper.url('/feed')}", *limit, "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=2")
    assert (run.code, run.summary["finish_reason"]) == (0, "closespider_timeout"), run.err
    assert [line["url"] for line in run.lines] in ([], urls[:1])
    assert len(run.lines) == run.summary["documents"], "what was fetched is written"
    assert run.failures == []


def test_a_lock_is_free_again_when_its_holder_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    held = lock_job("feed", {"url": "https://a.example/feed"}, None)
    with pytest.raises(LockedError, match=str(os.getpid())):
        lock_job("feed", {"url": "https://a.example/feed"}, None)
    lock_job("feed", {"url": "https://b.example/feed"}, None).close()
    held.close()
    lock_job("feed", {"url": "https://a.example/feed"}, None).close()


def test_a_site_that_only_refuses_ends_in_4(tmp_path: Path) -> None:
    with newspaper() as paper:
        paper["/feed"] = Reply("no", 403)
        assert crawl(tmp_path, "feed", f"url={paper.url('/feed')}").code == 4


@pytest.mark.parametrize(
    ("stats", "code"),
    [
        ({}, ExitCode.OK),
        ({"newscrawl/alarms": [{}]}, ExitCode.ALARM),
        ({"newscrawl/cut_short": 1}, ExitCode.NAMED_FAILED),
        ({"finish_reason": "memusage_exceeded"}, ExitCode.INTERNAL),
        ({"newscrawl/alarms": [{}], "newscrawl/named_failures": 1}, ExitCode.NAMED_FAILED),
        ({"newscrawl/blocked_sites": 1, "newscrawl/named_failures": 1}, ExitCode.BLOCKED),
    ],
)
def test_the_gravest_cause_wins(stats: dict[str, int], code: ExitCode) -> None:
    assert of_stats(stats) is code
