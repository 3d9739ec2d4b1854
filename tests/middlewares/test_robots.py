"""A robots.txt that cannot be read, over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.newspaper import TEXT, Reply, newspaper
from tests.support import crawl

NONE = Reply("User-agent: *\nAllow: /\n", kind=TEXT)
FORBIDS = "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_status_that_says_not_now_forbids_the_host(tmp_path: Path, status: int) -> None:
    with newspaper() as paper, newspaper() as other:
        paper["/robots.txt"] = Reply("busy", status)
        urls = [paper.story(1), paper.story(2), other.story(3, host="localhost")]
        run = crawl(tmp_path, "article", f"url={','.join(urls)}")
        assert paper.articles_asked == []
        assert paper.asked == ["/robots.txt"] * 3  # retried, and then remembered for all pages
    assert [line["url"] for line in run.lines] == urls[2:]
    assert [failure["reason"] for failure in run.failures] == ["robots-unreachable"] * 2
    assert f"status {status}" in run.failures[0]["detail"]
    assert run.summary["robots_unreachable"] == {f"127.0.0.1:{paper.port}": status}
    assert run.code == 4


@pytest.mark.parametrize(
    ("replies", "options"),
    [
        ([Reply("busy", 503), NONE], ()),
        ([Reply(FORBIDS, 404, TEXT)], ()),  # the page of an error is no robots.txt
        ([Reply(FORBIDS, 403, TEXT)], ()),
        ([Reply("busy", 503)], ("-s", "NEWSCRAWL_ROBOTS_STRICT=False")),
        ([Reply("busy", 429)], ("-s", "NEWSCRAWL_ROBOTS_STRICT=False")),
    ],
    ids=["503, then there", "404", "403", "503, not strict", "429, not strict"],
)
def test_other_statuses_forbid_nothing(tmp_path: Path, replies: list[Reply], options: tuple[str, ...]) -> None:
    with newspaper() as paper:
        paper["/robots.txt"] = replies
        run = crawl(tmp_path, "article", f"url={paper.story(1)}", *options)
    assert (run.code, len(run.lines)) == (0, 1), run.err
    assert run.summary["robots_unreachable"] == {}


def test_a_robots_txt_that_never_comes_forbids_the_host(tmp_path: Path) -> None:
    with newspaper() as paper:
        paper["/robots.txt"] = Reply(FORBIDS, kind=TEXT, drip=30)
        options = ("-s", "DOWNLOAD_TIMEOUT=1", "-s", "RETRY_TIMES=1")
        run = crawl(tmp_path, "article", f"url={paper.story(1)}", *options)
        assert paper.articles_asked == []
    assert [failure["reason"] for failure in run.failures] == ["timeout"]
    assert "robots.txt" in run.failures[0]["detail"]
    assert run.code == 3
    assert "robots.txt cannot be read, so nothing is requested" in run.err
    assert "Traceback" not in run.err, "one line says it"


def test_an_article_is_requested_in_the_next_run(tmp_path: Path) -> None:
    store = ("-s", f"NEWSCRAWL_STORE_URL=sqlite:///{tmp_path}/store.db")
    with newspaper() as paper:
        paper.rss("/feed", [paper.story(1, host="localhost")])
        paper["/robots.txt"] = [NONE, *[Reply("busy", 503)] * 3, NONE]
        first = crawl(tmp_path, "feed", f"url={paper.url('/feed')}", *store)
        assert (first.lines, first.summary["failures"]) == ([], {"robots-unreachable": 1})
        second = crawl(tmp_path, "feed", f"url={paper.url('/feed')}", *store)
    assert len(second.lines) == 1, second.err
