from __future__ import annotations

import pytest

from newscrawl.urls.canonical import canonical, is_home, rules
from newscrawl.urls.site import site_name

RULES = [(kind, rule) for kind in ("tracking", "amp", "cache") for rule in rules()[kind]]


@pytest.mark.parametrize(("kind", "rule"), RULES, ids=lambda value: str(value)[:40])
def test_rules(kind: str, rule: dict) -> None:
    assert len(rule["reason"]) > 20
    one, other = rule["case"]
    assert one != other
    assert canonical(one) == canonical(other)
    names = {"tracking": {"names", "prefixes", "values"}, "cache": {"host", "host_suffix", "path_prefix"}}
    wanted = names.get(kind, {"host_prefix", "last_segment", "first_segment", "suffix", "becomes"})
    assert set(rule) <= wanted | {"reason", "case"}
    assert all(text == text.lower() for name in wanted for text in [*rule.get(name, [])])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/x", "https://www.a.example/x/"),
        ("https://A.Example:443/x", "https://a.example/x"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2#comments"),
        ("https://a.example/gr%C3%B6%c3%9fe", "https://a.example/größe"),
        (" https://a.example/x ", "https://a.example/x"),
    ],
)
def test_one_article(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/x?page=2", "https://a.example/x"),
        ("https://a.example/x", "https://b.a.example/x"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://a.example/ampere", "https://a.example/ere"),
        ("https://a.example/lamp", "https://a.example/l"),
        ("https://a.example/x?amp=80", "https://a.example/x"),
        ("file:///rows.jsonl#1", "file:///rows.jsonl#2"),
        ("HTTPS://a.example/x?q=", "https://a.example/x"),
    ],
)
def test_two_articles(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("url", ["", "http://", "http://[", "https://a\x00b", "https://\ud800/", "x" * 10_000, "http:"])
def test_hostile(url: str) -> None:
    key = canonical(url)
    assert len(key) < 2100
    assert "\x00" not in key
    key.encode("utf-8")
    site_name(url)
    is_home(url)


STABLE = [
    "https://www.a.example/x/amp/?utm_source=a&b=%20c",
    "http://[::1]:8080/x",
    "https://a.example",
    "http://www.www.a.example/",
    "https://www.amp.a.example/x",
    "https://amp.www.a.example/amp/amp/x.amp.amp.html",
    "https://a.example/..amp",
    "https://a.example/x;/",
    "https://google.com/amp/s/www.google.com/amp/s/a.example/amp/",
    "https://a.example" + "/amp" * 20,
    "https://a.example/" + "x" * 3000,
    "http:///a",
    "http:;/",
    "http:// /",
    "http://ü../x",
    "http://a.example/.;/",
    "http://a.example/.;0/",
    "http://a.example/x;m;",
]


@pytest.mark.parametrize("url", STABLE)
def test_canonical_is_stable(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


@pytest.mark.parametrize("url", ["HTTP:;/", "http:///a", "https://", "http://:80/x", "http://%20/"])
def test_an_address_without_a_host_is_its_own_key(url: str) -> None:
    assert canonical(url) == url


def test_www_is_a_host_by_itself() -> None:
    assert canonical("http://www.example/x/") == "https://www.example/x"


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://a.example", True),
        ("https://www.a.example/?utm_source=x", True),
        ("https://a.example/index.html", True),
        ("https://a.example/?p=17", False),
        ("https://a.example/news", False),
    ],
)
def test_home(url: str, home: bool) -> None:
    assert is_home(url) is home
