import tomllib
from importlib.resources import files

import pytest

from newscrawl.dates import parse_date
from newscrawl.dates.tags import json_ld_dates, meta_dates, meta_names, url_day
from newscrawl.parsing.structured import StructuredData

META = tomllib.loads(files("newscrawl").joinpath("data/dates/meta.toml").read_text(encoding="utf-8"))["meta"]
WORDS = tomllib.loads(files("newscrawl").joinpath("data/dates/context.toml").read_text(encoding="utf-8"))["words"]


@pytest.mark.parametrize("entry", META, ids=lambda e: e["names"][0])
def test_every_meta_entry_has_a_role_a_reason_and_an_example_that_is_read(entry):
    assert entry["role"] in {"published", "modified", "unknown"}
    assert entry["reason"]
    assert parse_date(entry["example"]) is not None
    assert all(name == name.lower().strip() for name in entry["names"])


def test_no_meta_name_stands_twice():
    assert len(meta_names()) == sum(len(entry["names"]) for entry in META)


@pytest.mark.parametrize("entry", WORDS, ids=lambda e: e["kind"])
def test_every_list_of_words_has_a_reason_and_an_example_it_matches(entry):
    from newscrawl.dates.context import kinds

    assert entry["reason"]
    assert entry["kind"] in kinds(entry["example"])


def test_meta_dates_of_all_dialects():
    data = StructuredData(
        meta={
            "article:published_time": ["2024-05-03T16:48:00+02:00", "2024-01-01"],
            "dcterms.modified": ["2024-05-04"],
            "date": ["2024-05-05"],
            "gazette:last_published": ["2024-05-07"],
            "description": ["2024-05-06"],
        }
    )
    assert [(c["role"], c["raw"], c["place"]) for c in meta_dates(data)] == [
        ("published", "2024-05-03T16:48:00+02:00", "article:published_time"),
        ("modified", "2024-05-04", "dcterms.modified"),
        ("unknown", "2024-05-05", "date"),
    ]


def test_the_articles_own_node_comes_before_the_pages():
    own = {"@type": "NewsArticle", "datePublished": "2024-05-03", "dateModified": "2024-05-04"}
    page = {"@type": "WebPage", "datePublished": "2020-01-01"}
    found = json_ld_dates(StructuredData(nodes=[page, own], article=own))
    assert [(c["place"], c["raw"], c["rank"]) for c in found] == [
        ("NewsArticle.datePublished", "2024-05-03", 0),
        ("NewsArticle.dateModified", "2024-05-04", 0),
        ("WebPage.datePublished", "2020-01-01", 3),
    ]


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "NewsArticle", "datePublished": "2020-01-01", "headline": "Another article"},
        {"@type": "Comment", "dateCreated": "2020-01-01"},
        {"@type": "LiveBlogPosting", "datePublished": "2020-01-01"},
        {"@type": "WebPage", "datePublished": None},
        {"@type": "WebPage", "datePublished": {"x": []}},
        {"@type": "WebPage", "datePublished": True},
        {"@type": 3},
        {},
    ],
)
def test_other_nodes_give_no_date(node):
    assert json_ld_dates(StructuredData(nodes=[node])) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/2024/05/03/a-title/", "2024-05-03"),
        ("https://news.example/2024/5/3/a-title/", "2024-05-03"),
        ("https://news.example/politics/2024-05-03-a-title", "2024-05-03"),
        ("https://news.example/a-title-20240503.html", "2024-05-03"),
        ("https://news.example/2024/may/03/a-title", "2024-05-03"),
        ("https://news.example/03-05-2024/a-title", "2024-05-03"),
        ("https://news.example/%32024/05/03/x", "2024-05-03"),
        ("https://news.example/2024/05/a-title", None),
        ("https://news.example/2024/13/03/a-title", None),
        ("https://news.example/item/1202405031234567", None),
        ("https://news.example/article/A2024050316300004328", "2024-05-03"),
        ("https://news.example/a-title-20240503105634-nt.html", "2024-05-03"),
        ("https://news.example/item/20240503995634", None),
        ("https://archive.example/web/20240503105634/http://news.example/a-title", None),
        ("https://news.example/top-2024-story", None),
        ("https://[broken", None),
    ],
)
def test_the_day_in_an_address(url, expected):
    assert ([c["raw"] for c in url_day(url)] or [None]) == [expected]
