from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any

import pytest
from scrapy.utils.test import get_crawler

from newscrawl.exceptions import NotAnArticleError
from newscrawl.items import Article, Block, Removal
from newscrawl.pipelines.check import CheckRecordPipeline
from newscrawl.record.completion import complete, content_hash
from newscrawl.run.summary import summary


def block(text: str, kind: Any = "paragraph") -> Block:
    return Block(type=kind, text=text, time=None)


def removal(before: int) -> Removal:
    return Removal(kind="ad", rule="en/x", level="html", text="Advertisement", before=before, split=False, offset=None)


def process(article: Article, **settings: Any) -> Article:
    crawler = get_crawler(settings_dict=settings)
    crawler._apply_settings()
    return asyncio.run(CheckRecordPipeline.from_crawler(crawler).process_item(article))


def test_body_is_made_of_the_blocks() -> None:
    article = Article(url="u", article_body="something else", blocks=[block("One."), block("Two", "heading")])
    assert process(article).article_body == "One.\nTwo"


def test_block_texts_are_single_lines_and_not_blank() -> None:
    article = Article(blocks=[block(" a\nb\u2028c "), block("  "), block("d"), block("")])
    article.removed = [removal(0), removal(1), removal(2), removal(3), removal(4), removal(99)]
    complete(article)
    assert [b["text"] for b in article.blocks] == ["a b c", "d"]
    assert [r["before"] for r in article.removed] == [0, 1, 1, 2, 2, 2]


def test_what_only_the_pipelines_need_is_left_out() -> None:
    article = Article(blocks=[Block(type="list_item", text="x", time=None, raw="- x")])
    complete(article)
    assert article.blocks == [{"type": "list_item", "text": "x", "time": None}]


def test_no_value_that_json_cannot_take() -> None:
    article = Article(headline="\ud800", blocks=[block("a\udfffb")], date_evidence={"x": float("nan")})
    complete(article)
    assert (article.headline, article.blocks[0]["text"], article.date_evidence) == ("\ufffd", "a\ufffdb", {"x": None})


def test_lists_are_never_null() -> None:
    article = Article(authors=None, keywords=None)  # type: ignore[arg-type]
    complete(article)
    assert (article.authors, article.keywords, article.article_body) == ([], [], None)


@pytest.mark.parametrize(("confidence", "counted"), [(0.59, 1), (0.6, 0), (None, 0)])
def test_unsure_articles_are_counted(confidence: float | None, counted: int) -> None:
    crawler = get_crawler()
    crawler._apply_settings()
    article = Article(url="u", blocks=[block("It sails.")], confidence=confidence)
    asyncio.run(CheckRecordPipeline.from_crawler(crawler).process_item(article))
    assert crawler.stats is not None
    assert crawler.stats.get_value("newscrawl/unsure", 0) == counted
    line = json.loads(summary("feed", crawler.stats.get_stats(), 0))
    assert line["unsure"] == counted


@pytest.mark.parametrize(
    ("article", "reason"),
    [
        (Article(url="u"), "no text"),
        (Article(url="u", blocks=[block(" ")]), "no text"),
        (Article(url="u", blocks=[block("x")], not_article="a list of links"), "a list of links"),
    ],
)
def test_what_is_no_article_is_dropped_unless_kept(article: Article, reason: str) -> None:
    with pytest.raises(NotAnArticleError, match=reason):
        process(article)
    assert process(article, NEWSCRAWL_KEEP_NON_ARTICLES="True").not_article == reason


def test_items_of_other_projects_pass() -> None:
    item = {"title": "x"}
    assert process(item) is item  # type: ignore[arg-type, comparison-overlap]


def test_content_hash_recipe() -> None:
    text = "Café au lait\nShort.\nOne. Two."
    expected = hashlib.sha256(text.encode()).hexdigest()
    assert content_hash("Cafe\u0301  au lait ", "Short.", "One.\u00a0\nTwo.") == expected


@pytest.mark.parametrize("other", [("B", None, "t"), ("A", "d", "t"), ("A", None, "t."), ("A", "t", None)])
def test_content_hash_tells_texts_apart(other: tuple[str, str | None, str | None]) -> None:
    assert content_hash("A", None, "t") != content_hash(*other)
