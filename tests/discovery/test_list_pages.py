from __future__ import annotations

import doctest

import pytest

from newscrawl.discovery import list_pages
from newscrawl.discovery.links import page_links
from newscrawl.discovery.list_pages import holds_no_articles, is_list_page, page_number
from newscrawl.discovery.url_shape import data


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/sport/page/2/", 2),
        ("/sport?page=14", 14),
        ("/sport?order=new&page=3&x=1", 3),
        ("/politik/seite-5.html", 5),
        ("/sport/page/", None),
        ("/front-page/2024", None),
        ("/news/page-turners-of-2024", None),
        ("/show?id=77", None),
        ("/?p=118", 118),
    ],
)
def test_page_numbers(path: str, expected: int | None) -> None:
    assert page_number(f"https://a.example{path}") == expected


def test_lists_of_a_page() -> None:
    links = ["/tag/harbour-ferry/", "/sport/page/2/", "/sport/", "/2024/05/03/ferry-returns-to-wexmouth/", "/login"]
    html = "".join(f'<a href="{link}">Read on</a>' for link in links)
    assert page_links(html.encode(), "https://a.example/").lists == [f"https://a.example{link}" for link in links[:2]]
    assert not is_list_page("https://a.example/tag")
    assert not is_list_page("https://[bad/tag/x")


@pytest.mark.parametrize("kind", ["pagination", "other_sitemap"])
def test_data_has_a_reason_and_a_case(kind: str) -> None:
    tell = {"pagination": is_list_page, "other_sitemap": holds_no_articles}[kind]
    for rule in data()[kind]:
        assert rule["reason"]
        assert tell(rule["case"])


def test_names_of_sitemaps() -> None:
    names = {
        "post-sitemap2.xml": False,
        "tag-sitemap.xml": True,
        "sitemap-page-3.xml": False,
        "wp-sitemap-users-1.xml": True,
    }
    assert {name: holds_no_articles(f"https://a.example/{name}") for name in names} == names
    assert doctest.testmod(list_pages).failed == 0
