from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support import Answer, Entry, crawl, entry, page, proxy, serve, site, warc_bytes

STORY = page("Ferry returns to Wexmouth", head='<meta property="og:site_name" content="The Ledger">')
HOSTS = [f"paper{number}.example/story?n={number}" for number in range(6)]


def normal(line: dict[str, Any]) -> dict[str, Any]:
    """Return a line without what may differ between an archive and a crawl through a proxy."""
    text = {name: value for name, value in line.items() if name not in ("url", "fetched_at")}
    return {name: str(value).replace("https://", "http://") for name, value in text.items()}


def test_the_same_lines_as_from_an_archive(tmp_path: Path) -> None:
    """As with a proxy that replays an archive: all but address and time of fetching is the same."""
    pages = {address: page(f"News number {number}") for number, address in enumerate(HOSTS)}
    bodies = {address: Answer(html) for address, html in pages.items()}
    latin = "paper9.example/latin"
    latin1 = {"Content-Type": "text/html; charset=latin1"}
    bodies[latin] = Answer(page("Café à Nîmes").encode("latin-1"), headers=latin1)
    entries = [entry(f"https://{address}", html) for address, html in pages.items()]
    entries.append(Entry(f"https://{latin}", page("Café à Nîmes").encode("latin-1"), headers=list(latin1.items())))
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(*entries))
    (tmp_path / "urls.txt").write_text("# addresses\n\n" + "".join(f"http://{a}\r\n" for a in bodies))
    archive = {line["url"].split("://")[1]: normal(line) for line in crawl(tmp_path, "warc", "path=a.warc.gz").lines}
    with serve(proxy(bodies)) as server:
        web = crawl(
            tmp_path, "article", "urls_file=urls.txt", private=False, env={"http_proxy": server.url().rstrip("/")}
        )
    assert web.code == 0, web.err
    assert len(archive) == len(bodies)
    assert {line["url"].split("://")[1]: normal(line) for line in web.lines} == archive


def test_url_is_what_was_asked_for_whatever_redirects_follow(tmp_path: Path) -> None:
    answers = {"/a b": Answer("", 301, {"Location": "/moved"}), "/moved": Answer("", 302, {"Location": "/story"})}
    with serve(site({**answers, "/a%20b": answers["/a b"], "/story": STORY})) as server:
        run = crawl(tmp_path, "article", f"url={server.url('/a b')}")
    (line,) = run.lines
    assert line["url"] == server.url("/a b")
    assert line["fetched_at"].endswith("Z")


def test_pages_that_reload_themselves_are_not_redirects(tmp_path: Path) -> None:
    refresh = '<meta http-equiv="refresh" content="60; url=/story?auto=1">'
    with serve(site({"/story": page(head=refresh)})) as server:
        run = crawl(tmp_path, "article", f"url={server.url('/story')}")
    assert len(run.lines) == 1
    assert server.asked == ["/robots.txt", "/story"]


def test_standard_input_and_addresses_named_twice(tmp_path: Path) -> None:
    with serve(site({"/1": page("One"), "/2": page("Two")})) as server:
        stdin = f"{server.url('/1')}\n{server.url('/2')}\n{server.url('/1')}\n"
        run = crawl(tmp_path, "article", "urls_file=-", stdin=stdin)
    assert run.code == 0, run.err
    assert sorted(line["url"] for line in run.lines) == [server.url("/1"), server.url("/2")]


def test_bad_addresses_in_a_file_do_not_stop_the_others(tmp_path: Path) -> None:
    with serve(site({"/1": page("One")})) as server:
        (tmp_path / "urls.txt").write_text(f"nonsense\nhttp://[half/\nftp://a.example/\n{server.url('/1')}\n")
        run = crawl(tmp_path, "article", "urls_file=urls.txt")
    assert run.code == 3
    assert [line["url"] for line in run.lines] == [server.url("/1")]
    assert {f["url"]: f["reason"] for f in run.failures} == dict.fromkeys(
        ("nonsense", "http://[half/", "ftp://a.example/"), "refused"
    )


@pytest.mark.parametrize("wanted", [1, 3])
def test_max_articles_is_exact(tmp_path: Path, wanted: int) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(*(entry(f"https://a{n}.example/") for n in range(40))))
    run = crawl(tmp_path, "warc", "path=a.warc.gz", f"max_articles={wanted}")
    assert len(run.lines) == wanted
    assert (run.code, run.summary["finish_reason"]) == (0, "max_articles")


def test_dry_run_prints_and_fetches_nothing(tmp_path: Path) -> None:
    with serve(site({"/1": page()})) as server:
        run = crawl(tmp_path, "article", f"url={server.url('/1')}", "dry_run=1")
    assert run.out == server.url("/1") + "\n"
    assert (run.code, run.lines, server.asked) == (0, [], [])


def test_shards_make_up_the_whole(tmp_path: Path) -> None:
    urls = [f"https://a{n}.example/" for n in range(12)]
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(*map(entry, urls)))
    found = []
    for part in (1, 2):
        found += [line["url"] for line in crawl(tmp_path, "warc", "path=a.warc.gz", f"shard={part}/2").lines]
    assert sorted(found) == sorted(urls)


def test_a_home_page_and_a_feed_name_their_spider(tmp_path: Path) -> None:
    links = "".join(
        f'<h2><a href="/2024/05/03/the-ferry-returns-{n}.html">The ferry returns {n}</a></h2>' for n in range(9)
    )
    feed = Answer('<rss version="2.0"><channel></channel></rss>', headers={"Content-Type": "application/rss+xml"})
    with serve(site({"/": f"<html><body>{links}</body></html>", "/feed": feed})) as server:
        run = crawl(tmp_path, "article", f"url={server.url('/')},{server.url('/feed')}")
    assert f"{server.url('/')} is a home page, not an article: scrapy crawl site -a url={server.url('/')}" in run.err
    assert f"{server.url('/feed')} is a feed, not an article: scrapy crawl feed -a url={server.url('/feed')}" in run.err


def test_arguments_of_whoever_runs_the_spider_pass(tmp_path: Path) -> None:
    with serve(site({"/1": page("One")})) as server:
        run = crawl(tmp_path, "article", f"url={server.url('/1')}", "_job=26d1b1a6d6f111e0be5c001e648c57f8")
    assert run.code == 0, run.err
    assert len(run.lines) == 1
