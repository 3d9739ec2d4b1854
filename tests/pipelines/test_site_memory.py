from __future__ import annotations

import asyncio
from typing import Any

import pytest
from scrapy import Spider
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from newscrawl.extensions.site_memory import SiteMemoryExtension
from newscrawl.items import Article
from newscrawl.pipelines.site_memory import SiteMemoryPipeline
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
    assert isinstance(pipe.memory, SiteMemoryExtension)
