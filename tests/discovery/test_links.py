"""Article links told from section links, on pages of several make-ups."""

from __future__ import annotations

import pytest

from newscrawl.discovery.links import page_links
from newscrawl.discovery.url_shape import data, shape

HOME = "https://www.a.example/"
ARTICLES = [
    "/2024/05/03/ferry-returns-to-wexmouth/",
    "/news/world-europe-68945123",
    "/politik/wexmouth-faehre-kehrt-zurueck-a-8c1f0e0d-8c5b-4a52-9a7e-1f2a3b4c5d6e",
    "/economie/le-bac-de-wexmouth-reprend-du-service-03-05-2024-2559341_28.php",
    "/sport/wexmouth-wins-the-regatta-again.html",
    "/article/20240503-der-hafen-von-wexmouth",
    "/harbour/story.php?id=483921",
    "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/2024/05/03/%D0%BF%D0%B0%D1%80%D0%BE%D0%BC",
    "/politica/2024-05-03/el-transbordador-vuelve_4021/",
]
OTHERS = [
    "/sport/",
    "/politik/inland",
    "/about/",
    "/tag/harbour-ferry-strike-2024",
    "/newsletter",
    "/author/mary-smith",
    "/page/2",
]


@pytest.mark.parametrize("path", ARTICLES)
def test_articles(path: str) -> None:
    html = f'<main><h3><a href="{path}">The ferry returns to Wexmouth after years</a></h3></main>'
    found = page_links(html.encode(), HOME)
    assert [entry.headline for entry in found.articles] == ["The ferry returns to Wexmouth after years"]
    assert found.sections == []


@pytest.mark.parametrize("path", OTHERS)
def test_no_articles(path: str) -> None:
    html = f'<nav><a href="{path}">Sport and more</a></nav>'
    assert page_links(html.encode(), HOME).articles == []


def test_sections_of_the_menu() -> None:
    html = '<nav><a href="/sport/">Sport</a><a href="/politik/inland">Inland</a><a href="/login">Log in</a></nav>'
    sections = page_links(html.encode(), HOME).sections
    assert sections == ["https://www.a.example/sport/", "https://www.a.example/politik/inland"]


def test_other_sites_and_the_page_itself_are_left_out() -> None:
    title = "The ferry returns to Wexmouth after years"
    links = [
        "https://b.example/2024/05/03/ferry-returns-to-b/",
        "https://sport.a.example/2024/05/03/ferry-race-in-bay/",
        HOME,
    ]
    html = "".join(f'<h2><a href="{url}#top">{title}</a></h2>' for url in links)
    assert [entry.url for entry in page_links(html.encode(), HOME).articles] == [links[1]]


def test_a_picture_and_a_headline_are_one_link() -> None:
    url = "/2024/05/03/ferry-returns-to-wexmouth/"
    html = f'<article><a href="{url}"><img src=x></a><h2><a href="{url}">Ferry returns to Wexmouth</a></h2></article>'
    (entry,) = page_links(html.encode(), HOME).articles
    assert entry.headline == "Ferry returns to Wexmouth"


def test_feeds_without_those_of_comments() -> None:
    link = '<link rel="{}" type="application/{}" title="{}" href="{}">'
    html = link.format("alternate", "rss+xml", "Ledger &raquo; Feed", "/feed/")
    html += link.format("ALTERNATE home", "atom+xml", "", "/atom.xml") + link.format(
        "alternate", "rss+xml", "Comments", "/c/"
    )
    html += '<link rel="alternate" type="text/html" hreflang="fr" href="/fr">'
    assert [feed.url for feed in page_links(html.encode(), HOME).feeds] == [f"{HOME}feed/", f"{HOME}atom.xml"]


def test_base_address_and_hostile_pages() -> None:
    html = '<base href="https://www.a.example/x/"><h2>'
    html += '<a href="2024/05/03/ferry-is-back-in-port">Ferry is back in port</a></h2>'
    assert page_links(html.encode(), HOME).articles[0].url == "https://www.a.example/x/2024/05/03/ferry-is-back-in-port"
    for body in (
        b"",
        b"\x00",
        b"<a href='http://[::1'>x</a>",
        b"<div>" * 50_000,
        "<a href='/\ud800'>x".encode("utf-8", "surrogatepass"),
    ):
        assert page_links(body, HOME).articles == []


@pytest.mark.parametrize("rule", data()["not_article"], ids=lambda rule: rule["segments"][0])
def test_rules_have_a_reason_and_a_case_that_is_no_article(rule: dict[str, object]) -> None:
    assert rule["reason"]
    assert shape(str(rule["case"])).score <= 1
    assert any(f"/{segment}/" in f"{rule['case']}/" for segment in rule["segments"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["feed_place", "sitemap_place"])
def test_places_are_paths(kind: str) -> None:
    for rule in data()[kind]:
        assert rule["reason"]
        assert rule["case"]
        assert all(path.startswith("/") for path in rule["paths"])


@pytest.mark.parametrize(
    ("declared", "written"), [("gb2312", "gbk"), ("windows-1251", "cp1251"), ("shift_jis", "cp932")]
)
def test_a_page_is_decoded_by_its_meta_element(declared: str, written: str) -> None:
    path = {"gbk": "/2024/05/03/渡船/", "cp1251": "/2024/05/03/паром/", "cp932": "/2024/05/03/渡し船①/"}[written]
    html = f'<meta charset="{declared}"><h2><a href="{path}">Ferry returns to Wexmouth after years</a></h2>'
    assert [entry.url for entry in page_links(html.encode(written), HOME).articles] == [HOME[:-1] + path]
