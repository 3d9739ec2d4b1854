"""A site in WordPress's shape, over HTTP: each article once, whatever names it, and a quiet second run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.newspaper import Newspaper, newspaper
from tests.support import Run, crawl
from tests.wordpress import DEEP, named_by, number_of, publish

STORE = ("-s", "NEWSCRAWL_STORE_URL=sqlite:///store.db")
STARTS = {"feed": "/feed/", "sitemap": "/wp-sitemap.xml", "site": "/"}


def look(folder: Path, paper: Newspaper, spider: str, *options: str) -> Run:
    (folder / "out.jsonl").unlink(missing_ok=True)
    return crawl(folder, spider, f"url={paper.url(STARTS[spider])}", *options, *STORE)


@pytest.mark.parametrize("spider", STARTS)
def test_each_article_once_and_a_quiet_second_run(tmp_path: Path, spider: str) -> None:
    with newspaper() as paper:
        publish(paper)
        first = look(tmp_path, paper, spider)
        assert first.code == 0, first.err
        assert sorted(map(number_of, first.lines)) == sorted(named_by(spider))
        paper.forget()
        second = look(tmp_path, paper, spider)
        assert (second.code, second.lines) == (0, []), second.err
        assert [path for path in paper.asked if "/the-ferry-" in path or "/r/" in path or "?p=" in path] == []


def test_what_one_spider_read_the_others_do_not_write_again(tmp_path: Path) -> None:
    with newspaper() as paper:
        publish(paper)
        found = [sorted(map(number_of, look(tmp_path, paper, spider).lines)) for spider in ("feed", "site", "sitemap")]
    assert found == [[1, 2, 3], [4, 5], [6]]


def test_lists_are_followed_where_that_is_asked_for(tmp_path: Path) -> None:
    with newspaper() as paper:
        publish(paper)
        run = look(tmp_path, paper, "site", "deep=1")
        assert sorted(map(number_of, run.lines)) == sorted(named_by("site") | {DEEP}), run.err
        assert "/tag/ferry/" in paper.asked
        paper.forget()
        assert look(tmp_path, paper, "site", "deep=1").lines == []
    with newspaper() as paper:
        publish(paper)
        bounded = look(tmp_path, paper, "site", "deep=1", "-s", "NEWSCRAWL_DEEP_PAGES=1")
        lists = [path for path in paper.asked if path.startswith(("/category/", "/tag/"))]
        assert (bounded.code, len(lists)) == (0, 1)
