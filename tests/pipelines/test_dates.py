import asyncio
from dataclasses import dataclass, field

from scrapy import Field, Item
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from newscrawl.items import Article
from newscrawl.pipelines.dates import NormaliseDatesPipeline
from newscrawl.record.settling import settled

LINE = {"role": "published", "source": "visible", "raw": "Publié le 07/07/2021 à 16:48", "place": "header line"}
UPDATE = {"role": "modified", "source": "visible", "raw": "Modifié le 08/07/2021 à 09:05", "place": "header line"}


def made():
    crawler = get_crawler()
    crawler.stats = crawler.stats or MemoryStatsCollector(crawler)
    return NormaliseDatesPipeline.from_crawler(crawler)


def article(candidates, **context):
    dates = settled(candidates, fetched_at=None, language="fr", **context)
    return Article(
        in_language="fr",
        date_published=dates.date_published,
        date_modified=dates.date_modified,
        date_evidence=dates.evidence,
    )


def processed(item, pipeline=None):
    return asyncio.run((pipeline or made()).process_item(item))


def test_candidates_become_dates_with_evidence():
    item = article([LINE, UPDATE], country="FR")
    assert item.date_published == "2021-07-07T16:48:00+02:00"
    assert item.date_modified == "2021-07-08T09:05:00+02:00"
    assert item.date_evidence["date_published"]["time_zone"] == "assumed"
    assert item.date_evidence["date_modified"]["raw"] == "Modifié le 08/07/2021 à 09:05"


def test_the_sites_zone_is_used_and_said():
    item = article([LINE], site_zone="America/Toronto")
    assert item.date_published == "2021-07-07T16:48:00-04:00"
    assert item.date_evidence["date_published"]["time_zone"] == "site"


def test_an_article_without_dates():
    item = article([])
    assert (item.date_published, item.date_modified) == (None, None)
    assert item.date_evidence == {"date_published": None, "date_modified": None}


def test_what_is_decided_is_left_alone():
    item = article([LINE])
    before = (item.date_published, dict(item.date_evidence))
    assert (processed(item).date_published, item.date_evidence) == before


def test_the_raw_dates_of_another_projects_item_are_read():
    item = processed({"date_published": "3 May 2024, 10:11 pm", "in_language": "en-GB"})
    assert item["date_published"] == "2024-05-03T22:11:00+01:00"
    assert item["date_evidence"]["date_published"]["source"] == "row"


def test_a_date_that_cannot_be_read_stays_in_the_evidence():
    item = processed({"date_published": "when the leaves fall"})
    assert item["date_published"] is None
    assert item["date_evidence"]["date_published"]["raw"] == "when the leaves fall"
    assert item["date_evidence"]["date_published"]["unread"] is True


def test_an_item_without_the_fields_is_passed_on():
    class Other(Item):
        title = Field()

    @dataclass
    class Dated:
        date_published: str | None = "2024-05-03"
        tags: list[str] = field(default_factory=list)

    assert dict(processed(Other(title="x"))) == {"title": "x"}
    assert processed(Dated()).date_published == "2024-05-03"


def test_stats_are_counted():
    pipeline = made()
    processed(article([LINE, UPDATE]), pipeline)
    processed(article([]), pipeline)
    stats = pipeline.crawler.stats.get_stats()
    assert stats["newscrawl/dates/source/visible"] == 1
    assert stats["newscrawl/dates/modified/source/visible"] == 1
    assert stats["newscrawl/dates/time_zone/assumed"] == 1
    assert stats["newscrawl/dates/missing"] == 1
