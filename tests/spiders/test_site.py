"""The spider `site`: what it finds from a home page, and what it asks for the second time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.newspaper import TEXT, XML, Newspaper, Reply, index, newspaper, sitemap
from tests.support import crawl, run_scrapy

STORE = ("-s", "NEWSCRAWL_STORE_URL=sqlite:///store.db")


def home(paper: Newspaper, linked: list[str], head: str = "") -> None:
    menu = '<nav><a href="/sport/">Sport</a> <a href="/about/">About us</a></nav>'
    stories = "".join(
        f'<article><h2><a href="{url}">The ferry returns to Wexmouth at last</a></h2></article>' for url in linked
    )
    paper["/"] = f"<html><head><title>The Ledger</title>{head}</head><body>{menu}<main>{stories}</main></body></html>"


def test_feeds_sitemaps_and_sections_are_found_and_asked_once(tmp_path: Path) -> None:
    with newspaper() as paper:
        urls = [paper.story(n) for n in range(1, 6)]
        today = datetime.now(UTC).date().isoformat()
        home(paper, urls[:1], '<link rel="alternate" type="application/rss+xml" href="/rss/main">')
        paper.rss("/rss/main", urls[:2], etag='"one"', dated=True)
        robots = f"User-agent: *\nAllow: /\nSitemap: {paper.url('/maps.xml')}\n"
        paper["/robots.txt"] = Reply(robots, kind=TEXT)
        old = (paper.url("/archive-1.xml"), "2019-01-01")
        paper["/maps.xml"] = Reply(index([(paper.url("/map-news.xml"), today), old]), kind=XML)
        paper["/map-news.xml"] = Reply(sitemap([(urls[2], today), (paper.url("/sport/"), today)]), kind=XML)
        paper["/sport/"] = f'<main><h3><a href="{urls[3]}">Wexmouth wins the regatta again</a></h3></main>'
        run = crawl(tmp_path, "site", f"url={paper.url('/')}", *STORE)
        assert run.code == 0, run.err
        assert sorted(line["url"] for line in run.lines) == urls[:4]
        assert not {"/archive-1.xml", "/about/"} & set(paper.asked)
        assert "row" not in str(run.lines)
        paper.forget()
        paper["/sport/"] = Reply("no", 403)  # one page that is refused does not make a site that blocks us
        (tmp_path / "out.jsonl").unlink()
        second = crawl(tmp_path, "site", f"url={paper.url('/')}", *STORE)
        assert (second.code, second.lines) == (0, []), second.err
        assert paper.articles_asked == []
        assert "/rss/main" in paper.conditional


def test_usual_places_are_tried_in_silence(tmp_path: Path) -> None:
    with newspaper() as paper:
        url = paper.story(1)
        home(paper, [])
        paper.rss("/feed/", [url])
        paper["/sport/"] = "<p>Sport</p>"
        run = crawl(tmp_path, "site", f"url={paper.url('/')}")
    assert (run.code, run.failures) == (0, [])
    assert [line["url"] for line in run.lines] == [url]


def test_a_home_page_that_fails_ends_in_3(tmp_path: Path) -> None:
    with newspaper() as paper:
        run = crawl(tmp_path, "site", f"url={paper.url('/')}")
    assert run.code == 3


def test_names_that_the_catalogue_does_not_know(tmp_path: Path) -> None:
    run = run_scrapy(tmp_path, "crawl", "site", "-a", "site=no-such-paper.example", "-s", "LOG_ENABLED=False")
    assert run.code == 2
    assert len(run.err.splitlines()) == 1
    assert "no-such-paper.example" in run.err
