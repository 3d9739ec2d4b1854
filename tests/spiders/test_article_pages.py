from __future__ import annotations

from pathlib import Path

import pytest

from tests.newspaper import newspaper
from tests.support import Answer, crawl, entry, serve, site, warc_bytes

HEADLINE = "Ferry returns to Wexmouth"


def part(number: int, last: int, headline: str = HEADLINE, following: str | None = None) -> str:
    paragraphs = "".join(
        f"<p>In part {number} the council of Wexmouth speaks of matter {matter}, and of what the ferry, long out of "
        f"service, needs before the herring arrive in bay {matter}.</p>"
        for matter in range(6)
    )
    address = following or f"/story?page={number + 1}"
    link = f'<link rel="next" href="{address}">' if number < last else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{headline}</title>{link}</head>'
        f"<body><article><h1>{headline}</h1>{paragraphs}</article></body></html>"
    )


def parts(body: str) -> list[str]:
    return list(dict.fromkeys(line.split()[2] for line in body.splitlines()))


def test_one_record_of_three_pages(tmp_path: Path) -> None:
    answers = {"/story": part(1, 3), "/story?page=2": part(2, 3), "/story?page=3": part(3, 3)}
    with serve(site(answers)) as server:
        run = crawl(tmp_path, "article", f"url={server.url('/story')}")
    assert run.code == 0, run.err
    (line,) = run.lines
    assert parts(line["article_body"]) == ["1", "2", "3"]
    assert len(line["blocks"]) == 18
    assert line["url"] == server.url("/story")
    assert server.asked == ["/robots.txt", "/story", "/story?page=2", "/story?page=3"]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (Answer("gone", 404), "http-404"),
        (Answer("{}", headers={"Content-Type": "application/json"}), "not-html"),
        (part(2, 2, headline="Herring swims to Overmouth"), None),
        (part(1, 1), None),
    ],
)
def test_a_page_that_fails_costs_itself_only(tmp_path: Path, second: Answer | str, reason: str | None) -> None:
    with serve(site({"/story": part(1, 3), "/story?page=2": second})) as server:
        run = crawl(tmp_path, "article", f"url={server.url('/story')}")
    assert run.code == 0, run.err
    (line,) = run.lines
    assert parts(line["article_body"]) == ["1"]
    noted = [(failure["url"], failure["reason"]) for failure in run.failures]
    assert noted == ([(server.url("/story?page=2"), reason)] if reason else [])


@pytest.mark.parametrize(("most", "pages"), [(1, ["1"]), (2, ["1", "2"])])
def test_the_bound(tmp_path: Path, most: int, pages: list[str]) -> None:
    answers = {f"/story?page={number}": part(number, 9) for number in range(2, 9)}
    with serve(site({"/story": part(1, 9), **answers})) as server:
        run = crawl(tmp_path, "article", f"url={server.url('/story')}", "-s", f"NEWSCRAWL_MAX_ARTICLE_PAGES={most}")
    assert parts(run.lines[0]["article_body"]) == pages
    assert len(server.asked) == 1 + most


def test_the_next_article_is_not_a_page(tmp_path: Path) -> None:
    with serve(site({"/story": part(1, 2, following="/herring-2"), "/herring-2": part(2, 2)})) as server:
        run = crawl(tmp_path, "article", f"url={server.url('/story')}")
    assert len(run.lines) == 1
    assert "/herring-2" not in server.asked


def test_archives_are_not_left_for_the_web(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(entry("http://127.0.0.1:9/story", part(1, 3))))
    run = crawl(tmp_path, "warc", "path=a.warc.gz")
    assert run.code == 0, run.err
    assert parts(run.lines[0]["article_body"]) == ["1"]
    assert run.failures == []


def test_a_feed_s_article_is_written_once_for_all_its_pages(tmp_path: Path) -> None:
    store = ("-s", "NEWSCRAWL_STORE_URL=sqlite:///store.db")
    with newspaper() as paper:
        address = paper.story(1)
        path = address.removeprefix(paper.url("/").rstrip("/"))
        paper[path] = part(1, 2, following=f"{path}?page=2")
        paper[f"{path}?page=2"] = part(2, 2)
        paper.rss("/feed", [address])
        first = crawl(tmp_path, "feed", f"url={paper.url('/feed')}", *store)
        lines = first.lines
        (tmp_path / "out.jsonl").unlink()
        again = crawl(tmp_path, "feed", f"url={paper.url('/feed')}", "refetch=1", *store)
    assert first.code == again.code == 0, first.err + again.err
    assert [parts(line["article_body"]) for line in lines] == [["1", "2"]]
    assert again.lines == []
