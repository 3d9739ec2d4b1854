from __future__ import annotations

import asyncio
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from scrapy import Spider
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.items import Article
from newscrawl.pipelines import site_memory
from newscrawl.pipelines.site_memory import SiteMemoryPipeline
from newscrawl.site_memory.crawl import CrawlMemory
from newscrawl.site_memory.pieces import piece
from tests.generated import VAI, Newspaper

PROMO = "Every morning the most important of the day in your letter box"


def pipeline(**settings: Any) -> SiteMemoryPipeline:
    crawler = get_crawler(
        Spider, {"EXTENSIONS": {"newscrawl.extensions.site_memory.SiteMemoryExtension": 0}, **settings}
    )
    crawler._apply_settings()
    return SiteMemoryPipeline.from_crawler(crawler)


def run(pipe: SiteMemoryPipeline, item: Any) -> Any:
    return asyncio.run(pipe.process_item(item))


def article(number: int, *texts: str, **values: Any) -> Article:
    blocks = [{"type": "paragraph", "text": text, "time": None} for text in texts]
    return Article(url=f"https://paper.example/{number}", headline=f"Title {number * 7919}", blocks=blocks, **values)


def test_furniture_goes_and_is_logged() -> None:
    pipe, paper = pipeline(), Newspaper(seed=2)
    items = [run(pipe, article(n, paper.paragraph(), PROMO, paper.paragraph())) for n in range(5)]
    assert [len(item.blocks) for item in items] == [3, 3, 3, 2, 2]
    assert items[-1].removed == [
        {
            "kind": "newsletter",
            "rule": "memory/site",
            "level": "text",
            "text": PROMO,
            "before": 1,
            "split": False,
            "offset": None,
        }
    ]
    assert items[-1].article_body == "\n".join(block["text"] for block in items[-1].blocks)
    assert pipe.crawler.stats.get_value("newscrawl/widgets/removed/memory/site") == 2


def test_items_with_fields_of_their_own_names() -> None:
    names = {"url": "link", "headline": "title", "article_body": "text", "removed": "cut"}
    pipe, paper = pipeline(NEWSCRAWL_FIELDS_MAP=names), Newspaper(seed=2)
    texts = [[paper.paragraph(), PROMO, paper.paragraph()] for _ in range(5)]
    items = [
        run(pipe, {"link": f"https://paper.example/{n}", "title": f"T {n * 7919}", "text": "\n".join(lines), "cut": []})
        for n, lines in enumerate(texts)
    ]
    assert items[0]["text"] == "\n".join(texts[0])
    assert items[-1]["text"] == "\n".join([texts[-1][0], texts[-1][2]])
    assert [removal["text"] for removal in items[-1]["cut"]] == [PROMO]
    assert set(items[-1]) == {"link", "title", "text", "cut"}


def test_broken_sentence_is_mended_and_earlier_removals_keep_their_places() -> None:
    pipe, paper = pipeline(), Newspaper(seed=3)
    for n in range(3):
        run(pipe, article(n, paper.paragraph(), PROMO))
    earlier = {
        "kind": "ad", "rule": "en/ad", "level": "html", "text": "Ad", "before": 3, "split": False, "offset": None
    }  # fmt: skip
    halves = "The ministers met on Tuesday in the old palace to speak of", "the harbour and its future."
    item = run(pipe, article(9, halves[0], PROMO, halves[1], paper.paragraph(), removed=[earlier]))
    assert item.blocks[0]["text"] == " ".join(halves)
    taken, kept = item.removed
    assert (taken["before"], taken["split"], taken["offset"]) == (0, True, len(halves[0]) + 1)
    assert (kept["text"], kept["before"]) == ("Ad", 1)


@pytest.mark.parametrize("seed", range(3))
def test_text_in_a_script_without_rules(seed: int) -> None:
    paper = Newspaper(VAI, seed, stop="\ua60e")
    boxes, broken = (paper.line(12), paper.line(9), paper.line(7)), paper.line(14)
    pipe = pipeline()
    for n in range(8):
        source = paper.article(*boxes, at=(0, 4, 8), broken=broken)
        item = article(n, *(text for text, _ in source.pieces))
        item.headline = source.headline
        item = run(pipe, item)
        if n >= 3:
            assert [block["text"] for block in item.blocks] == source.paragraphs


def test_items_of_other_projects() -> None:
    pipe, paper = pipeline(), Newspaper(seed=4)
    for n in range(4):
        blocks = [{"type": "paragraph", "text": text, "time": None} for text in (paper.paragraph(), PROMO)]
        item = run(pipe, {"url": f"https://paper.example/{n}", "blocks": blocks})
    assert [block["text"] for block in item["blocks"]] == [blocks[0]["text"]]
    assert "removed" not in item


@pytest.mark.parametrize("item", [{}, {"url": 7, "blocks": 3}, {"url": "x"}, object(), {"url": "x", "blocks": []}])
def test_what_is_no_article_passes(item: Any) -> None:
    assert run(pipeline(), item) is item


def test_pages_that_are_no_article_teach_nothing() -> None:
    pipe = pipeline()
    for n in range(5):
        run(pipe, article(n, PROMO, PROMO + str(n), not_article="section_front"))
    view = pipe.memory.view("https://paper.example/new")
    assert view is not None
    assert view.known == {}


def test_off() -> None:
    with pytest.raises(NotConfigured, match="SiteMemory"):
        pipeline(NEWSCRAWL_SITE_MEMORY_ENABLED=False)


def test_page_learned_as_html_is_not_learned_again_as_text() -> None:
    pipe = pipeline()
    item = article(1, PROMO, PROMO + " and every evening too")
    pipe.memory.learn_page(item, [])
    run(pipe, item)
    assert pipe.memory.memories._memory("paper.example").pages == []
    assert isinstance(pipe.memory, CrawlMemory)


def test_a_learned_page_of_a_site_that_is_not_known_yet_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe, item = pipeline(), article(1, "The ferry to Wexmouth sails again after the storm of last week.")
    pipe.memory.learn_page(item, [piece(block["text"]) for block in item.blocks])

    def never(*_: object) -> None:
        raise AssertionError("looked at")

    monkeypatch.setattr(site_memory, "pieces_of", never)
    assert run(pipe, item) is item


def crawl(folder: Path, archive: Path, *settings: str) -> list[dict[str, Any]]:
    out = folder / "out.jsonl"
    out.unlink(missing_ok=True)
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "warc",
        "-a",
        f"path={archive}",
        "-a",
        "refetch=1",
        "-O",
        str(out),
    ]
    store = f"NEWSCRAWL_STORE_URL=sqlite:///{folder / 'store.db'}"
    for setting in (
        store,
        "NEWSCRAWL_EXTRACTION_WORKERS=0",
        "NEWSCRAWL_KEEP_NON_ARTICLES=True",
        "LOG_LEVEL=ERROR",
        *settings,
    ):
        command += ["-s", setting]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2], capture_output=True)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def forget_articles(store: Path) -> None:
    """Leave of a store the memory of sites alone, so that known articles are written again."""
    with closing(sqlite3.connect(store)) as connection, connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in set(tables) - {"meta", "site_memory"}:
            connection.execute(f"DELETE FROM {name}")


def test_crawl_of_an_archive_and_the_same_again(tmp_path: Path) -> None:
    paper = Newspaper(VAI, 8, stop="\ua60e")
    boxes, broken = (paper.line(12), paper.line(9), paper.line(7)), paper.line(14)
    articles = [paper.article(*boxes, at=(0, 4, 8), broken=broken) for _ in range(6)]
    archive = tmp_path / "paper.warc.gz"
    with archive.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for article in articles:
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            payload = io.BytesIO(article.html().encode())
            writer.write_record(writer.create_warc_record(article.url, "response", payload, http_headers=headers))

    def left(lines: list[dict[str, Any]]) -> list[int]:
        by_url = {line["url"]: line["article_body"] for line in lines}
        return [sum(box in by_url[article.url] for box in (*boxes, broken)) for article in articles]

    assert left(crawl(tmp_path, archive))[3:] == [0, 0, 0]
    forget_articles(tmp_path / "store.db")
    assert left(crawl(tmp_path, archive)) == [0] * 6
    forget_articles(tmp_path / "store.db")
    assert min(left(crawl(tmp_path, archive, "NEWSCRAWL_SITE_MEMORY_ENABLED=False"))) > 0


def test_background_that_all_reports_on_one_affair_repeat_stays() -> None:
    background = (
        "The ferry sank off Wexmouth in March with forty passengers on board, and an inquiry into the conduct of its "
        "operator was opened a month later."
    )
    pipe, paper = pipeline(), Newspaper(seed=4)
    for number in range(12):
        report = f"Witness {number} told the inquiry that the operator had seldom asked for the ferry to be looked at."
        item = run(pipe, article(number, report, background, paper.paragraph(), PROMO))
        assert background in [block["text"] for block in item.blocks]
    assert [removal["text"] for removal in item.removed] == [PROMO]
