"""`scrapy quickstart`, which `make crawl` runs: any kind of URL is crawled in the fitting way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newspaper import Newspaper, newspaper
from tests.support import Run, page, read_jsonl, run_scrapy

MENU = "<nav>" + "".join(f'<a href="/{name}/">{name}</a>' for name in ("sport", "harbour")) + "</nav>"


@pytest.fixture
def paper() -> Iterator[Newspaper]:
    with newspaper() as made:
        urls = [made.story(number) for number in range(24)]
        links = "".join(
            f'<h2><a href="{url}">Ferry number {n} returns to Wexmouth today</a></h2>' for n, url in enumerate(urls)
        )
        made["/"] = f"<html><title>The Ledger</title><body>{MENU}{links}</body></html>"
        made["/harbour/"] = f"<html><title>Harbour</title><body>{MENU}<h1>Harbour</h1>{links}</body></html>"
        lead = page("Ferry returns", 30, extra=MENU + links)
        made["/index.html"] = lead
        made.rss("/feed", urls)
        made.sitemap("/map.xml", [(url, "") for url in urls])
        yield made


def quickstart(folder: Path, url: str) -> Run:
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = newscrawl.settings\n")
    options = ["NEWSCRAWL_ALLOW_PRIVATE=True", "DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False"]
    options += ["NEWSCRAWL_EXTRACTION_WORKERS=0", "NEWSCRAWL_TDMREP=False"]
    return run_scrapy(folder, "quickstart", "--url", url, *(part for name in options for part in ("-s", name)))


@pytest.mark.parametrize(
    ("path", "kind", "spider"),
    [
        ("/", "a home page", "site"),
        ("/index.html", "a home page", "site"),
        ("/harbour/", "a section page", "site"),
        ("/feed", "a feed", "feed"),
        ("/map.xml", "a sitemap", "sitemap"),
    ],
)
def test_twenty_articles_and_the_command_for_more(
    tmp_path: Path, paper: Newspaper, path: str, kind: str, spider: str
) -> None:
    run = quickstart(tmp_path, paper.url(path))
    assert run.code == 0, run.err
    assert f"{paper.url(path)} is {kind}" in run.err
    assert f"scrapy crawl {spider} -a url={paper.url(path)} -o articles.jsonl" in run.out
    folder = tmp_path / "out/127.0.0.1"
    assert len(read_jsonl(folder / "articles.jsonl")) == 20
    assert sorted(file.name for file in folder.iterdir()) == ["articles.jsonl", "report.html"]
    assert "Read from <code>articles.jsonl</code>" in (folder / "report.html").read_text(encoding="utf-8")


def test_an_article_is_itself(tmp_path: Path, paper: Newspaper) -> None:
    url = paper.story(3)
    run = quickstart(tmp_path, url)
    assert run.code == 0, run.err
    assert [line["url"] for line in read_jsonl(tmp_path / "out/127.0.0.1/articles.jsonl")] == [url]
    assert "scrapy crawl" not in run.out


def test_a_run_without_articles_leaves_the_last_one(tmp_path: Path, paper: Newspaper) -> None:
    quickstart(tmp_path, paper.story(3))
    kept = {file.name: file.read_bytes() for file in (tmp_path / "out/127.0.0.1").iterdir()}
    paper["/empty/"] = "<html><title>Nothing</title><body></body></html>"
    for path in ("/gone", "/empty/"):
        run = quickstart(tmp_path, paper.url(path))
        assert run.code == 3, run.err
        assert "No article was found" in run.out
    assert {file.name: file.read_bytes() for file in (tmp_path / "out/127.0.0.1").iterdir()} == kept
