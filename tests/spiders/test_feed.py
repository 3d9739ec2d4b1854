"""The spider `feed`: what it reads, what it asks for again, how it fails."""

from __future__ import annotations

import time
from pathlib import Path

from newscrawl.store.opening import open_store
from tests.newspaper import RSS, Newspaper, Reply, newspaper
from tests.support import Run, crawl, page

STORE = ("-s", "NEWSCRAWL_STORE_URL=sqlite:///store.db")


def feed(folder: Path, paper: Newspaper, *options: str, path: str = "/feed") -> Run:
    (folder / "out.jsonl").unlink(missing_ok=True)
    return crawl(folder, "feed", f"url={paper.url(path)}", *options)


def test_articles_with_what_the_feed_says_of_them(tmp_path: Path) -> None:
    with newspaper() as paper:
        paper.rss("/feed", [paper.story(1), paper.story(2)], dated=True)
        run = feed(tmp_path, paper)
    assert run.code == 0, run.err
    assert len(run.lines) == 2
    evidence = run.lines[0]["date_evidence"]["date_published"]
    assert "feed" in {evidence["source"], *(other["source"] for other in evidence["disagreed"])} or evidence
    assert all(line["date_published"].startswith("2024-05-0") for line in run.lines)


def test_a_second_run_asks_for_the_feed_alone(tmp_path: Path) -> None:
    with newspaper() as paper:
        paper.rss("/feed", [paper.story(n) for n in (1, 2, 3)], etag='"one"')
        assert len(feed(tmp_path, paper, *STORE).lines) == 3
        paper.forget()
        second = feed(tmp_path, paper, *STORE)
        assert (second.code, second.lines) == (0, [])
        assert paper.asked == ["/robots.txt", "/feed"]
        assert paper.conditional == ["/feed"]
        paper.rss("/feed", [paper.story(n) for n in (1, 2, 3, 4)], etag='"two"')
        paper.forget()
        third = feed(tmp_path, paper, *STORE)
        assert [line["url"] for line in third.lines] == [paper.story(4)]
        assert len(paper.articles_asked) == 1


def test_articles_due_again_come_only_where_they_changed(tmp_path: Path) -> None:
    often = (*STORE, "-s", "NEWSCRAWL_REVISIT_HOURS=0.0003,1000")  # once after a second, then not for weeks
    with newspaper() as paper:
        urls = [paper.story(n, folder="news") for n in (1, 2)]
        paper.rss("/feed", urls, etag='"one"')
        assert len(feed(tmp_path, paper, *often).lines) == 2
        wait_until_due(tmp_path, urls)
        extra = "<p>The harbour master of Wexmouth said on Tuesday that the tide alone was to blame.</p>"
        paper.story(2, folder="news", headline="Ferry number 2 is late", extra=extra)
        paper.forget()
        second = feed(tmp_path, paper, *often)
        assert len(paper.articles_asked) == 2
        assert [(line["url"], line["version"]) for line in second.lines] == [(urls[1], 2)]


def wait_until_due(folder: Path, urls: list[str]) -> None:
    """Wait for the second, which a fast machine needs less than to start again."""
    store = open_store(f"sqlite:///{folder}/store.db")
    while {store.status(url) for url in urls} != {"due"}:
        time.sleep(0.02)
    store.close()


def test_with_the_store_off_every_look_is_unconditional(tmp_path: Path) -> None:
    with newspaper() as paper:
        paper.rss("/feed", [paper.story(1)], etag='"one"')
        feed(tmp_path, paper)
        again = feed(tmp_path, paper)
        assert (len(again.lines), paper.conditional) == (1, [])


def test_a_lying_etag_is_found_out_by_a_look_without_it(tmp_path: Path) -> None:
    with newspaper() as paper:
        paper.rss("/feed", [paper.story(1)], etag='"same"')
        feed(tmp_path, paper, *STORE)
        paper.rss("/feed", [paper.story(1), paper.story(2)], etag='"same"')
        assert feed(tmp_path, paper, *STORE).lines == []
        found = feed(tmp_path, paper, *STORE, "-s", "NEWSCRAWL_UNCONDITIONAL_HOURS=0").lines
        assert [line["url"] for line in found] == [paper.story(2)]


def test_an_article_that_failed_is_asked_for_again_though_the_feed_did_not_change(tmp_path: Path) -> None:
    once = ("-s", "RETRY_TIMES=0", *STORE)
    with newspaper() as paper:
        url = paper.story(1)
        path = url.partition(str(paper.port))[2]
        paper.rss("/feed", [url], etag='"one"')
        paper[path] = Reply("busy", 500)
        first = feed(tmp_path, paper, *once)
        assert (first.code, first.lines) == (0, [])
        paper.story(1)
        second = feed(tmp_path, paper, *once)
        assert [line["url"] for line in second.lines] == [url]


BROKEN = {
    "html": (Reply(page()), "html"),
    "empty": (Reply("", kind=RSS), "empty"),
    "cut": (Reply('<?xml version="1.0"?><rss><channel><title>Led', kind=RSS), "truncated"),
    "json": (Reply('{"a": 1}', kind="application/json"), "no-feed"),
    "sitemap": (Reply("<urlset></urlset>", kind=RSS), "no-feed"),
    "gone": (Reply("gone", 410), "http-410"),
    "large": (Reply(b"<rss>" + b" " * (50 * 1024 * 1024), kind=RSS), "too-large"),
}


def test_a_feed_that_cannot_be_used_is_one_line_and_costs_no_other(tmp_path: Path) -> None:
    with newspaper() as paper:
        for case, (reply, _) in BROKEN.items():
            paper[f"/{case}"] = reply
        paper.rss("/feed", [paper.story(1)])
        named = ",".join(paper.url(f"/{case}") for case in (*BROKEN, "feed"))
        run = crawl(tmp_path, "feed", f"url={named}", *STORE)
        wanted = {paper.url(f"/{case}"): reason for case, (_, reason) in BROKEN.items()}
    assert (run.code, len(run.lines)) == (3, 1), run.err
    assert {failure["url"]: failure["reason"] for failure in run.failures} == wanted
    for url in wanted:
        assert sum(f" {url}: " in line for line in run.err.splitlines() if "WARNING" in line) == 1


def test_addresses_that_are_not_the_webs_are_never_asked_for(tmp_path: Path) -> None:
    with newspaper() as paper:
        paper.rss("/feed", ["file:///etc/passwd", "ftp://a.example/1", paper.story(1)])
        run = feed(tmp_path, paper)
    assert run.code == 0, run.err
    assert len(run.lines) == 1


def test_a_dry_run_prints_the_articles_and_remembers_nothing(tmp_path: Path) -> None:
    with newspaper() as paper:
        paper.rss("/feed", [paper.story(1)], etag='"one"')
        run = feed(tmp_path, paper, "dry_run=1", *STORE)
        assert run.out == paper.story(1) + "\n"
        assert len(feed(tmp_path, paper, *STORE).lines) == 1


def test_max_articles_leaves_the_rest_for_the_next_run(tmp_path: Path) -> None:
    with newspaper() as paper:
        urls = [paper.story(n) for n in range(1, 6)]
        paper.rss("/feed", urls, etag='"one"')
        first = [line["url"] for line in feed(tmp_path, paper, "max_articles=2", *STORE).lines]
        second = [line["url"] for line in feed(tmp_path, paper, *STORE).lines]
    assert len(first) == 2
    assert sorted(first + second) == sorted(urls)


def test_an_article_that_is_gone_rests(tmp_path: Path) -> None:
    with newspaper() as paper:
        gone = paper.url("/2024/05/03/the-ferry-that-never-was.html")
        paper.rss("/feed", [gone, paper.story(1)])
        first = feed(tmp_path, paper, *STORE)
        assert (first.code, [failure["reason"] for failure in first.failures]) == (0, ["http-404"])
        paper.forget()
        paper.rss("/feed", [gone, paper.story(1), paper.story(2)])
        second = feed(tmp_path, paper, *STORE)
        assert [line["url"] for line in second.lines] == [paper.story(2)]
        assert len(paper.articles_asked) == 1


def test_a_feed_that_moved_drips_and_fails_at_first(tmp_path: Path) -> None:
    with newspaper() as paper:
        url = paper.story(1)
        paper.rss("/new", [url])
        ready = paper.replies["/new"]
        assert isinstance(ready, Reply)
        paper["/new"] = [Reply("trouble", 500), Reply(ready.body, kind=RSS, drip=1.5)]
        paper["/feed"] = Reply("", 301, headers={"Location": "/new"})
        run = feed(tmp_path, paper)
    assert run.code == 0, run.err
    assert [line["url"] for line in run.lines] == [url]
