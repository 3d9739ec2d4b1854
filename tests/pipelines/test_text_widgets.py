"""The text pipeline cleans articles and any item with text."""

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings

from newscrawl.items import Article
from newscrawl.pipelines.text_widgets import StripTextWidgetsPipeline

BODY = [
    "The council had voted twice on the matter and nobody in the room expected the mayor to change her mind now.",
    "Rain had fallen since the morning, and the river stood a hand's breadth below the mark of the flood of 1910.",
    "The new bridge will cost eleven million, a third of it paid by the province, and open in the spring of next year.",
]
WIDGET = "READ MORE: The bridge that took forty years to build"


class Stats(dict):
    def inc_value(self, key, count=1):
        self[key] = self.get(key, 0) + count


@pytest.fixture
def pipeline():
    return StripTextWidgetsPipeline.from_crawler(SimpleNamespace(stats=Stats(), settings=Settings()))


def run(pipeline, item):
    return asyncio.run(pipeline.process_item(item))


def paragraphs(*texts):
    return [{"type": "paragraph", "text": text, "time": None} for text in texts]


def test_an_article_was_stripped_where_it_was_extracted(pipeline):
    item = Article(url="x", in_language="en", blocks=paragraphs(BODY[0], WIDGET, *BODY[1:]))
    assert [block["text"] for block in run(pipeline, item).blocks] == [BODY[0], WIDGET, *BODY[1:]]
    assert pipeline.crawler.stats == {}


def test_removals_keep_their_place(pipeline):
    earlier = {"kind": "ad", "rule": "r", "level": "html", "text": "x", "before": 3, "split": False, "offset": None}
    item = {"article_body": None, "blocks": paragraphs(BODY[0], WIDGET, *BODY[1:]), "removed": [earlier]}
    assert [(r["level"], r["before"]) for r in run(pipeline, item)["removed"]] == [("text", 1), ("html", 2)]
    assert set(pipeline.crawler.stats) == {f"newscrawl/widgets/removed/{item['removed'][0]['rule']}"}


def test_any_item_with_a_body(pipeline):
    assert run(pipeline, {"article_body": "\n".join([BODY[0], WIDGET, *BODY[1:]])}) == {"article_body": "\n".join(BODY)}


@pytest.mark.parametrize("item", [{"title": "x"}, {"article_body": None}, {"article_body": ""}, "text", None])
def test_what_has_no_text_passes(pipeline, item):
    assert run(pipeline, item) == item
