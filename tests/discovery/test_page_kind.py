from __future__ import annotations

import doctest
import gzip
from importlib import import_module

import pytest

from newscrawl.discovery.page_kind import page_kind, source_kind

URLSET = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
LINKS = "".join(
    f'<h3><a href="/2024/05/0{n}/the-ferry-returns-to-the-harbour">The ferry returns to the harbour {n}</a></h3>'
    for n in range(1, 8)
)
LISTING = f"<html><body>{LINKS}</body></html>".encode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'\xef\xbb\xbf\n<?xml version="1.0"?>\n<!-- made by <html> makers --><rss version="2.0">', "feed"),
        (b'<?xml-stylesheet href="a.xsl"?><feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
        (b'<rdf:RDF xmlns:rdf="x">', "feed"),
        (b'{ "version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        (URLSET, "sitemap"),
        (gzip.compress(URLSET, mtime=0), "sitemap"),
        (b'<sm:sitemapindex xmlns:sm="x">', "sitemap"),
        (b"https://a.example/1\nhttps://a.example/2\n", "sitemap"),
        (b"<!DOCTYPE html><html><body><feed>", None),
        (b"https://a.example/1 says so in a sentence", None),
        (b"", None),
        (b"\x1f\x8bdamaged", None),
    ],
)
def test_sources_by_their_root(body: bytes, kind: str | None) -> None:
    assert source_kind(body) == kind


@pytest.mark.parametrize(
    ("url", "is_article", "is_dated", "kind"),
    [
        ("https://a.example/", True, True, "section"),
        ("https://a.example/sport/", True, False, "section"),
        ("https://a.example/sport/", True, True, "article"),
        ("https://a.example/2024/05/03/a-long-story-of-ferries", True, False, "article"),
        ("https://a.example/2024/05/03/all-stories-of-that-day", False, False, "section"),
    ],
)
def test_pages_with_links(url: str, is_article: bool, is_dated: bool, kind: str) -> None:
    assert page_kind(LISTING, url, is_article=is_article, is_dated=is_dated) == kind


def test_a_page_without_links_is_no_section() -> None:
    assert page_kind(b"<html><body><p>Nothing.</p></body></html>", "https://a.example/", is_article=False) == "article"


@pytest.mark.parametrize("name", ["newscrawl.discovery.page_kind", "newscrawl.urls.typed", "newscrawl.spiders.kind"])
def test_examples(name: str) -> None:
    result = doctest.testmod(import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
