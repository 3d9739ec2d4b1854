from __future__ import annotations

import pytest

from newscrawl.exceptions import ArgumentError
from newscrawl.network.shards import Shard, in_shard
from newscrawl.run.arguments import parse
from newscrawl.spiders.article import ArticleSpider, urls
from newscrawl.spiders.warc import WarcSpider

GOOD = [
    ("shard", "2/5", Shard(2, 5)),
    ("shard", "1/1", Shard(1, 1)),
    ("max_articles", "10", 10),
    ("dry_run", "1", True),
    ("refetch", "0", False),
    ("refetch", "yes", True),
]
BAD = [
    ("shard", "6/5"),
    ("shard", "0/5"),
    ("shard", "2"),
    ("shard", "٢/٥"),
    ("max_articles", "0"),
    ("max_articles", "-3"),
    ("max_articles", "many"),
    ("dry_run", "perhaps"),
    ("url", ""),
    ("url", "harbour news"),
]


@pytest.mark.parametrize(("name", "text", "value"), GOOD)
def test_read(name: str, text: str, value: object) -> None:
    assert ArticleSpider.check_arguments({"url": "http://a.example/", name: text})[name] == value


@pytest.mark.parametrize(("name", "text"), BAD)
def test_wrong_value_is_named(name: str, text: str) -> None:
    with pytest.raises(ArgumentError, match=f"argument {name}="):
        ArticleSpider.check_arguments({"url": "http://a.example/", name: text})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "needs -a url= or -a urls_file="),
        ({"url": "http://a.example/", "urls_file": "-"}, "only one of"),
        ({"urls": "http://a.example/"}, r"no argument urls=: did you mean urls?"),
        ({"xyz": "1"}, "no argument xyz=: it takes url=, urls_file=, shard="),
        ({"urls_file": "/no/such/file"}, "No such file"),
    ],
)
def test_missing_and_unknown(given: dict[str, str], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        ArticleSpider.check_arguments(given)


def test_spider_needs_its_path() -> None:
    with pytest.raises(ArgumentError, match="needs -a path="):
        WarcSpider.check_arguments({})


def test_all_declared_arguments_have_a_value() -> None:
    assert parse("x", ArticleSpider.ARGUMENTS, {}) == {"url": None, "urls_file": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://a.example/", ["http://a.example/"]),
        ("http://a.example/1,2.html", ["http://a.example/1,2.html"]),
        ("http://a.example/1,http://b.example/2", ["http://a.example/1", "http://b.example/2"]),
        ("http://a.example/1, https://b.example/2", ["http://a.example/1", "https://b.example/2"]),
        ("http://a.example/?u=http://c.example/", ["http://a.example/?u=http://c.example/"]),
    ],
)
def test_addresses_are_split_at_a_comma_before_http(text: str, expected: list[str]) -> None:
    assert urls(text) == expected


def test_shards_share_the_sites_out_and_keep_each_whole() -> None:
    addresses = [f"https://www.paper{site}.example/{page}" for site in range(40) for page in range(3)]
    parts = [[url for url in addresses if in_shard(url, Shard(part, 3))] for part in (1, 2, 3)]
    assert sorted(url for part in parts for url in part) == sorted(addresses)
    assert all(parts)
    sites = [{url.rsplit("/", 1)[0] for url in part} for part in parts]
    assert not sites[0] & sites[1] | sites[1] & sites[2] | sites[0] & sites[2]
    assert in_shard("https://paper1.example/", Shard(1, 3)) == in_shard("https://www.paper1.example/x", Shard(1, 3))
