"""What passes a limit of the settings costs itself, with its reason, and no exit code that means a fault of ours."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import crawl, page, serve

HEAVY = page(sentences=8_000)
"""A page that takes far more computing than the limit of these tests."""
BRIEF = ("-s", "NEWSCRAWL_EXTRACTION_TIMEOUT=0.02")


@pytest.mark.parametrize(
    ("spider", "path", "workers", "code"),
    [("article", "/heavy", 1, 3), ("article", "/heavy", 0, 3), ("feed", "/feed", 1, 0)],
)
def test_a_page_over_the_limit_of_extraction(spider: str, path: str, workers: int, code: int, tmp_path: Path) -> None:
    """Named by the user it decides on the exit code, as every page that failed; met by the way it does not."""

    def answer(asked: str) -> str | None:
        item = f"<item><link>{server.url('/heavy')}</link></item>"
        return f"<rss><channel>{item}</channel></rss>" if asked == "/feed" else HEAVY if asked == "/heavy" else None

    with serve(answer) as server:
        where = ("-s", f"NEWSCRAWL_EXTRACTION_WORKERS={workers}")
        run = crawl(tmp_path, spider, f"url={server.url(path)}", *BRIEF, *where)
        url = server.url("/heavy")
    assert [(line["url"], line["reason"]) for line in run.failures] == [(url, "extraction-limit")]
    assert "NEWSCRAWL_EXTRACTION_TIMEOUT" in run.failures[0]["detail"]
    assert run.code == code
    assert run.summary["finish_reason"] == "finished"


@pytest.fixture
def deaf() -> Iterator[int]:
    """A port where no connection is ever taken up: its queue is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, contextlib.ExitStack() as stack:
        address = listener.getsockname()
        for _ in range(8):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(address)
        probe = stack.enter_context(socket.socket())
        probe.settimeout(1)
        if probe.connect_ex(address) == 0:
            pytest.skip("this system takes up connections whatever the queue")
        yield address[1]


def test_a_connection_that_is_never_there(deaf: int, tmp_path: Path) -> None:
    limits = ("-s", "NEWSCRAWL_CONNECT_SECONDS=1", "-s", "RETRY_TIMES=0", "-s", "ROBOTSTXT_OBEY=False")
    run = crawl(tmp_path, "article", f"url=http://127.0.0.1:{deaf}/a", *limits)
    (failure,) = run.failures
    assert (failure["reason"], run.code) == ("timeout", 3)
    assert "NEWSCRAWL_CONNECT_SECONDS" in failure["detail"]


FEED = "<rss><channel>" + "".join(f"<item><link>/s{n}</link></item>" for n in range(9)) + "</channel></rss>"
INDEX = "<sitemapindex><sitemap><loc>/index</loc></sitemap></sitemapindex>"
MAP = "<urlset>" + "".join(f"<url><loc>/s{n}</loc></url>" for n in range(9)) + "</urlset>"
HOME = "".join(f'<h2><a href="/2024/05/03/story-of-the-ferry-{n}">{"the ferry " * 9}</a></h2>' for n in range(9))


@pytest.mark.parametrize(
    ("spider", "body", "setting", "asked"),
    [
        ("feed", FEED, "NEWSCRAWL_MAX_FEED_ENTRIES=4", 4),
        ("feed", FEED, "NEWSCRAWL_MAX_FEED_MB=0.0001", 0),
        ("sitemap", MAP, "NEWSCRAWL_MAX_SITEMAP_ENTRIES=4", 4),
        ("sitemap", MAP, "NEWSCRAWL_MAX_SITEMAP_MB=0.0001", 0),
        ("sitemap", "\n".join(f"http://HOST/s{n}" for n in range(9)), "NEWSCRAWL_MAX_SITEMAP_ENTRIES=4", 4),
        ("site", HOME, "NEWSCRAWL_MAX_LINKS=4", 4),
    ],
)
def test_sources_are_read_as_far_as_a_setting_says(
    spider: str, body: str, setting: str, asked: int, tmp_path: Path
) -> None:
    def answer(path: str) -> str | None:
        return body.replace("HOST", f"127.0.0.1:{server.port}") if path == "/" else None

    with serve(answer) as server:
        run = crawl(tmp_path, spider, f"url={server.url('/')}", "-s", setting)
        articles = {path for path in server.asked if path.startswith(("/s", "/2")) and "sitemap" not in path}
    assert len(articles) == asked
    assert [line["reason"] for line in run.failures if line["url"].endswith("/")] == ([] if asked else ["too-large"])
    assert run.code == (0 if asked else 3)


def test_indexes_within_indexes(tmp_path: Path) -> None:
    def answer(path: str) -> str | None:
        if not path.startswith("/index"):
            return None
        level = path.removeprefix("/index")
        return INDEX.replace("/index", f"{server.url('/index')}{int(level or 0) + 1}")

    with serve(answer) as server:
        run = crawl(tmp_path, "sitemap", f"url={server.url('/index')}", "-s", "NEWSCRAWL_MAX_DEPTH=2")
    assert [path for path in server.asked if "index" in path] == ["/index", "/index1", "/index2"]
    assert [line["reason"] for line in run.failures] == ["too-deep"]


def test_of_a_long_robots_txt_the_first_lines_count(tmp_path: Path) -> None:
    """Only whole lines: the half of ``/story/secret`` would forbid all stories."""
    start = "User-agent: *\nDisallow: /first\n"
    filling = "# " + "x" * (1024 - len(start) - len("# \nDisallow: /story")) + "\n"
    robots = start + filling + "Disallow: /story/secret\nDisallow: /last\n"
    answers = {"/robots.txt": robots, "/first": page("First"), "/story": page("Story"), "/last": page("Last")}
    with serve(answers.get) as server:
        urls = ",".join(server.url(path) for path in ("/first", "/story", "/last"))
        run = crawl(tmp_path, "article", f"url={urls}", "-s", "NEWSCRAWL_MAX_ROBOTS_KB=1")
    assert [line["reason"] for line in run.failures] == ["robots"]
    assert {line["headline"] for line in run.lines} == {"Story", "Last"}
