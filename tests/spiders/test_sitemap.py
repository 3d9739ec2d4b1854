"""The spider `sitemap`: indexes, news entries, days, and what must not be followed."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.newspaper import XML, Newspaper, Reply, index, newspaper, sitemap
from tests.support import Run, crawl, page


def run_sitemap(folder: Path, paper: Newspaper, *options: str) -> Run:
    return crawl(folder, "sitemap", f"url={paper.url('/sitemap.xml')}", *options)


def test_an_index_with_packed_parts_that_names_itself_and_files(tmp_path: Path) -> None:
    with newspaper() as paper:
        first, second = paper.story(1), paper.story(2)
        rows = [
            (paper.url("/sitemap.xml"), ""),
            (paper.url("/part.xml.gz"), "2024-05-03"),
            (paper.url("/more.xml"), ""),
            ("file:///etc/passwd", ""),
        ]
        paper["/sitemap.xml"] = Reply(index(rows), kind=XML)
        packed = gzip.compress(sitemap([(first, ""), ("file:///etc/passwd", "")]).encode())
        paper["/part.xml.gz"] = Reply(packed, kind="application/gzip")
        paper["/more.xml"] = Reply(index([(paper.url("/sitemap.xml"), ""), (paper.url("/last.xml"), "")]), kind=XML)
        paper.sitemap("/last.xml", [(second, "")])
        run = run_sitemap(tmp_path, paper)
        asked = paper.asked
    assert run.code == 0, run.err
    assert sorted(line["url"] for line in run.lines) == [first, second]
    assert asked.count("/sitemap.xml") == 1


def test_only_the_days_asked_for(tmp_path: Path) -> None:
    with newspaper() as paper:
        urls = [paper.story(n) for n in range(1, 4)]
        days = ["2024-04-30", "2024-05-02", ""]
        old = (paper.url("/sitemap-2019-03.xml"), "")
        new = (paper.url("/sitemap-2024-05.xml"), "2024-05-03")
        paper["/sitemap.xml"] = Reply(index([old, new]), kind=XML)
        paper.sitemap("/sitemap-2024-05.xml", list(zip(urls, days, strict=True)))
        run = run_sitemap(tmp_path, paper, "since=2024-05-01", "until=2024-05-31")
        asked = paper.asked
    assert sorted(line["url"] for line in run.lines) == urls[1:]
    assert "/sitemap-2019-03.xml" not in asked


def test_addresses_of_this_machine_are_refused_by_the_way(tmp_path: Path) -> None:
    with newspaper() as paper:
        run = crawl(tmp_path, "sitemap", f"url={paper.url('/sitemap.xml')}", private=False)
        asked = paper.asked
    assert (run.code, asked) == (3, [])
    assert [failure["reason"] for failure in run.failures] == ["refused"]


BROKEN = {
    "html": (Reply(page()), "html"),
    "empty": (Reply("", kind=XML), "empty"),
    "cut": (Reply("<urlset><url><loc>http", kind=XML), "truncated"),
}


def test_a_sitemap_that_cannot_be_used_ends_in_3(tmp_path: Path) -> None:
    with newspaper() as paper:
        for case, (reply, _) in BROKEN.items():
            paper[f"/{case}"] = reply
        run = crawl(tmp_path, "sitemap", f"url={','.join(paper.url(f'/{case}') for case in BROKEN)}")
        wanted = {paper.url(f"/{case}"): reason for case, (_, reason) in BROKEN.items()}
    assert run.code == 3
    assert {failure["url"]: failure["reason"] for failure in run.failures} == wanted


def test_other_days_are_found_though_nothing_changed_since(tmp_path: Path) -> None:
    store = ("-s", "NEWSCRAWL_STORE_URL=sqlite:///store.db")
    with newspaper() as paper:
        urls = [paper.story(n) for n in (1, 2)]
        rows = list(zip(urls, ("2024-04-30", "2024-05-02"), strict=True))
        paper["/sitemap.xml"] = Reply(sitemap(rows), kind=XML, etag='"one"')
        may = run_sitemap(tmp_path, paper, "since=2024-05-01", *store)
        assert [line["url"] for line in may.lines] == urls[1:]
        (tmp_path / "out.jsonl").unlink()
        every = run_sitemap(tmp_path, paper, *store)
        assert [line["url"] for line in every.lines] == urls[:1]


STORE = ("-s", "NEWSCRAWL_STORE_URL=sqlite:///store.db")


def test_a_later_lastmod_makes_an_article_due_at_once(tmp_path: Path) -> None:
    with newspaper() as paper:
        urls = [paper.story(n) for n in range(1, 4)]
        paper.sitemap("/sitemap.xml", [(url, "2024-05-03T10:00:00Z") for url in urls])
        assert len(run_sitemap(tmp_path, paper, *STORE).lines) == 3
        paper.forget()
        time.sleep(1.1)  # the store counts in seconds
        extra = "<p>A correction: the harbour master of Wexmouth was not on board that day.</p>"
        paper.story(2, extra=extra)
        paper.story(3, extra=extra)
        changed = datetime.now(UTC).isoformat(timespec="seconds")
        rows = [(urls[0], "2024-05-03T10:00:00Z"), (urls[1], changed), (urls[2], "2099-01-01")]
        paper.sitemap("/sitemap.xml", rows)
        second = run_sitemap(tmp_path, paper, *STORE)
        assert [(line["url"], line["version"]) for line in second.lines] == [(urls[1], 2)]
        assert len(paper.articles_asked) == 1
        paper.forget()
        time.sleep(1.1)
        assert run_sitemap(tmp_path, paper, *STORE).lines == []
        assert paper.articles_asked == []


def test_a_sitemap_that_calls_everything_new_makes_nothing_due(tmp_path: Path) -> None:
    with newspaper() as paper:
        urls = [paper.story(n) for n in range(1, 8)]
        paper.sitemap("/sitemap.xml", [(url, "2024-05-03") for url in urls])
        assert len(run_sitemap(tmp_path, paper, *STORE).lines) == 7
        paper.forget()
        time.sleep(1.1)
        paper.sitemap("/sitemap.xml", [(url, datetime.now(UTC).isoformat(timespec="seconds")) for url in urls])
        assert run_sitemap(tmp_path, paper, *STORE).summary["seen"] == 7
        assert paper.articles_asked == []
