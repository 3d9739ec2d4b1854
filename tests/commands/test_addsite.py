"""`scrapy addsite`: the file it writes, and what it does not touch."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.newspaper import TEXT, Newspaper, Reply, newspaper
from tests.support import Run, run_scrapy


def add(folder: Path, paper: Newspaper, *options: str) -> Run:
    private = ("-s", "NEWSCRAWL_ALLOW_PRIVATE=True", "-s", "DOWNLOAD_DELAY=0")
    return run_scrapy(folder, "addsite", paper.url("/"), *private, "-s", f"NEWSCRAWL_SITES_DIR={folder}", *options)


def publish(paper: Newspaper) -> None:
    url = paper.story(1)
    head = '<link rel="alternate" type="application/rss+xml" href="/rss/main">'
    head += '<link rel="alternate" type="application/rss+xml" href="/rss/gone">'
    paper["/"] = (
        f'<html lang="en-GB"><head>{head}</head><body><h2><a href="{url}">The ferry is back</a></h2></body></html>'
    )
    paper.rss("/rss/main", [url])
    paper.sitemap("/news.xml", [(url, "2024-05-03")])
    paper["/robots.txt"] = Reply(f"User-agent: *\nAllow: /\nSitemap: {paper.url('/news.xml')}\n", kind=TEXT)


def test_what_can_be_used_is_written_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    with newspaper() as paper:
        publish(paper)
        run = add(tmp_path, paper)
        assert run.code == 0, run.err
        assert paper.articles_asked == []
        file = tmp_path / "127.0.0.1.toml"
        table = tomllib.loads(file.read_text())
        assert set(table) == {"host", "discovery"}
        assert table["discovery"]["feeds"] == [paper.url("/rss/main")]
        assert table["discovery"]["sitemaps"] == [paper.url("/news.xml")]
        assert "addsite" in table["discovery"]["seen_in"]

        again = add(tmp_path, paper)
        assert (again.code, len(again.err.splitlines())) == (2, 1)

        rule = '\n[[strip]]\nselector = "aside.nl"\nkind = "newsletter"\nreason = "sign-up box"\n'
        file.write_text(file.read_text() + rule)
        assert add(tmp_path, paper, "--force").code == 0
        assert tomllib.loads(file.read_text())["strip"][0]["selector"] == "aside.nl"


def test_wrong_addresses_are_one_line(tmp_path: Path) -> None:
    for address in ("https://a.example/,https://b.example/", "http:///"):
        run = run_scrapy(tmp_path, "addsite", address, "-s", f"NEWSCRAWL_SITES_DIR={tmp_path}")
        assert (run.code, len(run.err.splitlines())) == (2, 1), run.err
        assert "one home page" in run.err
    assert list(tmp_path.iterdir()) == []


def test_a_site_with_nothing_to_find_leaves_no_file(tmp_path: Path) -> None:
    with newspaper() as paper:
        run = add(tmp_path, paper)
    assert run.code == 3
    assert list(tmp_path.glob("*.toml")) == []
