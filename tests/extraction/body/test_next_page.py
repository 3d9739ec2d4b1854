from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from newscrawl.extraction.body.next_page import next_page, page_number
from newscrawl.parsing.tree import parse

A = "https://www.a.example"
RULES = tomllib.loads((resources.files("newscrawl") / "data" / "urls" / "pages.toml").read_text(encoding="utf-8"))[
    "rule"
]


def found(markup: str, url: str, first: str | None = None, head: str = "") -> str | None:
    page = f"<html><head>{head}</head><body><article>{markup}</article></body></html>"
    return next_page(parse(page), url, first)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["kind"])
def test_each_rule_has_a_reason_and_its_case_holds(rule: dict[str, list[str]]) -> None:
    assert rule["reason"]
    assert len(set(rule["words"])) == len(rule["words"])
    assert all(word == word.casefold() for word in rule["words"])
    if rule["case"]:
        assert page_number(*rule["case"]) == 2


@pytest.mark.parametrize(
    ("first", "url", "number"),
    [
        ("/ferry.html", "/ferry-2.html", 2),
        ("/ferry.html", "/ferry,2.html", 2),
        ("/ferry.html", "/ferry/2.html", 2),
        ("/ferry.html", "/ferry-p2.html", 2),
        ("/ferry/", "/ferry/2/", 2),
        ("/ferry", "/ferry/seite-11", 11),
        ("/ferry", "/ferry/page/3", 3),
        ("/ferry", "/ferry?page=2", 2),
        ("/ferry?utm_source=rss", "/ferry?page=2", 2),
        ("/story.php?id=5", "/story.php?id=5&pagina=2", 2),
        ("/ferry-1.html", "/ferry-2.html", 2),
        ("/ferry/seite-2", "/ferry/seite-3", 3),
        ("/ferry", "/ferry", 1),
        ("/ferry", "/ferry/comment-page-2", None),
        ("/ferry", "/ferry/2024", None),
        ("/ferry", "/ferry?cpage=2", None),
        ("/ferry", "/ferry?start=10", None),
        ("/ferry", "/ferry-to-wexmouth", None),
        ("/ferry", "/harbour?page=2", None),
        ("/ferry-7.html", "/ferry-8.html", None),
        ("/289554", "/289555", None),
        ("/story.php?id=5", "/story.php?id=6", None),
        ("/story.php?id=5", "/story.php?page=2", None),
        ("/", "/2", None),
        ("/ferry", "/ferry/2.jpg", None),
    ],
)
def test_which_page_an_address_is(first: str, url: str, number: int | None) -> None:
    assert page_number(A + first, A + url) == number


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<a rel="next" href="/ferry/2">on</a>', "/ferry/2"),
        ('<a href="?page=2">Nächste Seite »</a>', "/ferry?page=2"),
        ('<ul class="pager"><li><a href="/ferry/2">2</a></li><li><a href="/ferry/3">3</a></li></ul>', "/ferry/2"),
        ('<a class="pagination__next" href="/ferry/2"><svg></svg></a>', "/ferry/2"),
        ('<a aria-label="Next page" href="//a.example/ferry/2#top"></a>', "https://a.example/ferry/2"),
        ('<a rel="next" href="/herring-returns-2">Herring returns</a>', None),
        ('<a rel="next" href="https://b.example/ferry/2">on</a>', None),
        ('<a href="/ferry/2">The ferry of the two</a>', None),
        ('<a rel="next" href="/ferry/3">on</a>', None),
        ('<div id="comments"><a rel="next" href="/ferry/2">Next</a></div>', None),
        ('<a rel="next" href="/ferry?page=2#comments">Next</a>', None),
        ('<a rel="next" href="https://[half/2">on</a>', None),
        ('<a rel="next" title="next">on</a>', None),
    ],
)
def test_the_link_to_the_following_page(markup: str, address: str | None) -> None:
    wanted = A + address if address and address.startswith("/") else address
    assert found(markup, f"{A}/ferry") == wanted


def test_relative_addresses_are_meant_from_the_base() -> None:
    assert found('<a rel="next" href="ferry/2">on</a>', f"{A}/ferry", head='<base href="/">') == f"{A}/ferry/2"
    assert found('<a rel="next" href="ferry/2">on</a>', f"{A}/ferry", head='<base href="/b/">') is None


def test_from_page_to_page() -> None:
    head = '<link rel="prev" href="/ferry"><link rel="next" href="/ferry/3">'
    assert found("", f"{A}/ferry/2", f"{A}/ferry", head) == f"{A}/ferry/3"
    assert found("", f"{A}/ferry/3", f"{A}/ferry", head) is None
    assert found("", f"{A}/harbour", f"{A}/ferry", head) is None


@pytest.mark.parametrize("url", ["", "nonsense", "http://[half/", "file:///a/b", "https://a.example/" + "1/" * 5000])
def test_addresses_that_are_none(url: str) -> None:
    assert found('<base href="http://[x"><a rel="next" href="2">2</a>', url) is None
    assert page_number(url, url) in (None, 1)
