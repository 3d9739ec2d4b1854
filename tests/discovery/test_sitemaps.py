from __future__ import annotations

import gzip
from datetime import date

import pytest

from newscrawl.discovery.found import Found, SourceError
from newscrawl.discovery.sitemaps import Child, parse_sitemap
from newscrawl.discovery.window import Window, day_of, read_day

URL = "https://a.example/sitemap.xml"
NEWS = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
    "<url><loc>https://a.example/1</loc><lastmod>2024-05-04</lastmod>"
    "<image:image><image:loc>https://a.example/1.jpg</image:loc><image:title>Picture</image:title></image:image>"
    "<news:news><news:publication><news:name>L</news:name><news:language>fr</news:language></news:publication>"
    "<news:publication_date>2024-05-03T18:19:08+02:00</news:publication_date><news:title>R&D &amp; port</news:title>"
    "</news:news></url>"
    "<url><loc>file:///etc/passwd</loc></url></urlset>"
)


@pytest.mark.parametrize("body", [NEWS.encode(), gzip.compress(NEWS.encode(), mtime=0), b"\n" + NEWS.encode()])
def test_a_news_sitemap(body: bytes) -> None:
    found = parse_sitemap(body, URL)
    assert found.is_news
    assert found.entries == [
        Found("https://a.example/1", "R&D & port", "2024-05-03T18:19:08+02:00", "2024-05-04", "fr")
    ]
    assert found.entries[0].facts("sitemap")["sitemap_published"] == "2024-05-03T18:19:08+02:00"


def test_an_index() -> None:
    body = "<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2024-05-03</lastmod></sitemap>"
    body += "<sitemap><loc>ftp://b/</loc></sitemap></sitemapindex>"
    assert parse_sitemap(body.encode(), URL).children == [Child("https://a.example/a.xml", "2024-05-03")]


def test_a_list_of_lines_and_a_feed_are_sitemaps_too() -> None:
    lines = parse_sitemap(b"\xef\xbb\xbfhttps://a.example/1\r\n\r\nnonsense\r\nhttps://a.example/2", URL)
    assert [entry.url for entry in lines.entries] == ["https://a.example/1", "https://a.example/2"]
    feed = parse_sitemap(b"<rss><channel><item><link>https://a.example/1</link></item></channel></rss>", URL)
    assert [entry.url for entry in feed.entries] == ["https://a.example/1"]


def test_an_empty_one_is_no_fault() -> None:
    assert parse_sitemap(b"<urlset></urlset>", URL).entries == []
    assert parse_sitemap(b'<urlset xmlns="x"/>', URL).damaged is False


def test_a_cut_one_gives_what_stands_before() -> None:
    body = NEWS[: NEWS.index("file:")].replace("</url><url>", "</url><url><loc>https://a.example/2</loc></url><url>")
    found = parse_sitemap(body.encode(), URL)
    assert [entry.url for entry in found.entries][:1] == ["https://a.example/1"]
    assert found.damaged


def test_one_without_its_closing_tag_gives_all_entries() -> None:
    body = "<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</loc></url>"
    found = parse_sitemap(body.encode(), URL)
    assert [entry.url for entry in found.entries] == ["https://a.example/1", "https://a.example/2"]
    assert found.damaged
    cut = parse_sitemap((body + "<url><loc>https://a.example/3").encode(), URL)
    assert cut.entries == found.entries


def test_a_comment_before_and_behind() -> None:
    body = f"<!-- <a@b.example> --><urlset><url><loc>/1</loc></url></urlset><!-- {'x ' * 600} -->"
    found = parse_sitemap(body.encode(), URL)
    assert ([entry.url for entry in found.entries], found.damaged) == (["https://a.example/1"], False)


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"", "empty"), (b"<html></html>", "html"), (b"<svg/>", "no-sitemap"), (b"<urlset><url><loc>h", "truncated")],
)
def test_what_is_no_sitemap_says_so(body: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as error:
        parse_sitemap(body, URL)
    assert error.value.reason == reason


MAY = Window(date(2024, 5, 1), date(2024, 5, 31))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (Found("u", published="2024-05-31T23:59:00+02:00"), True),
        (Found("u", published="2024-06-01"), False),
        (Found("u", published="Tue, 30 Apr 2024 10:00:00 GMT"), False),
        (Found("u", modified="2024-06-20"), True),  # published in May, perhaps
        (Found("u", modified="2024-04-20"), False),
        (Found("u"), True),
        (Found("u", published="soon"), True),
        (Found("https://a.example/2024/05/31/ferry/"), True),
        (Found("https://a.example/2024/06/01/ferry/"), False),
        (Found("https://a.example/2024/5/ferry"), True),
        (Found("https://a.example/2019/ferry-of-2018-01-01"), True),
        (Found("https://a.example/2019/03/ferry", modified="2024-05-20"), True),
        (Found("https://a.example/2024/06/ferry", published="2024-05-31"), True),
    ],
)
def test_days(entry: Found, expected: bool) -> None:
    assert MAY.admits(entry) is expected
    assert Window().admits(entry)


@pytest.mark.parametrize(
    ("name", "modified", "expected"),
    [
        ("sitemap-2024-05.xml", None, True),
        ("sitemap_201903.xml", None, False),
        ("2024/06/01.xml", None, False),
        ("part-17.xml", "2024-04-01", False),
        ("part-17.xml", "2025-01-01", True),
        ("part-2012.xml", None, True),  # the number of a part, not a year
    ],
)
def test_parts_of_an_index(name: str, modified: str | None, expected: bool) -> None:
    assert MAY.admits_child(Child(f"https://a.example/{name}", modified)) is expected


def test_reading_days() -> None:
    assert read_day("2024-05-03T10:00:00Z") == date(2024, 5, 3)
    with pytest.raises(ValueError, match="ISO date"):
        read_day("3 May")
    assert [day_of(text) for text in ("2024-13-99", "2024-05", "", None, "x" * 300)] == [None] * 5
