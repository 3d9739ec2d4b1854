"""What must hold whatever comes: one function a target, which asserts it for one input."""

from __future__ import annotations

import html
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from newscrawl.api import clean_document, clean_text
from newscrawl.dates import collect_text, is_date_line, parse_date
from newscrawl.discovery.feeds import MAX_ENTRIES, parse_feed
from newscrawl.discovery.found import SourceError, web_url
from newscrawl.discovery.links import page_links
from newscrawl.discovery.reservations import parse_tdmrep
from newscrawl.discovery.sitemaps import parse_sitemap
from newscrawl.exporters.json_lines import ArticleLinesExporter
from newscrawl.extraction import Document, extract
from newscrawl.items import Article
from newscrawl.network.public_hosts import is_public, literal, refusal
from newscrawl.parsing import json_ld
from newscrawl.parsing.encoding import decode
from newscrawl.parsing.structured import read
from newscrawl.parsing.tree import parse
from newscrawl.readers.corpus import read_corpus
from newscrawl.readers.record import Record
from newscrawl.readers.warc import read_warc
from newscrawl.sites.filter_list import parse_filter_list
from newscrawl.sites.selectors import SelectorIndex
from newscrawl.sites.site_rules import faults_of, plain
from newscrawl.text.patterns import PatternError, compile_pattern
from newscrawl.text.plain import one_line
from newscrawl.urls.canonical import canonical
from tests.fuzz import strategies as given

FETCHED = "2026-11-11T00:00:00Z"
URL = "https://news.example/2024/05/03/ferry.html"


@dataclass(frozen=True)
class Target:
    """What is fed with what; ``examples``: inputs of the short run, the quicker the more."""

    inputs: st.SearchStrategy[Any]
    check: Callable[[Any], None]
    examples: int = 100


def assert_no_more(out: str, source: str) -> None:
    """No more text comes out than went in: neither in all, nor of any letter or digit of ASCII.

    Others may be mended on the way (text that was encoded twice), which only ever makes them fewer.
    """
    given, found = (unicodedata.normalize("NFKC", text) for text in (source + html.unescape(source), out))
    assert sum(map(str.isalnum, found)) <= sum(map(str.isalnum, given))
    plain, known = Counter(filter(str.isascii, found)), Counter(given)
    assert not [c for c in plain if c.isalnum() and plain[c] > known[c]]


def given_out(article: Article) -> str:
    """All text that an article gives back: what stays, and what was taken."""
    return "\n".join([b["text"] for b in article.blocks] + [r["text"] for r in article.removed])


def sound(article: Article) -> None:
    """What the contract says of every record."""
    line = ArticleLinesExporter(file=None).line(article)
    assert line.count(b"\n") == 1
    line.decode("utf-8")
    assert article.article_body is None or article.article_body == "\n".join(b["text"] for b in article.blocks)
    for block in article.blocks:
        assert block["text"].strip()
        assert not re.search(r"[\r\n]", block["text"])
    for removal in article.removed:
        assert 0 <= removal["before"] <= len(article.blocks)


def check_page(data: tuple[bytes, str | None]) -> None:
    """A page: no error, the same twice, nothing that was not there, the record sound."""
    body, content_type = data
    document = Document(URL, body, content_type=content_type, fetched_at=FETCHED)
    article = clean_document(document)
    assert article == clean_document(document)
    sound(article)
    text, _ = decode(body, content_type)
    assert_no_more(given_out(article), text)


def check_cleaned_page(markup: str) -> None:
    """A page of sound markup that was cleaned is not changed by cleaning it again."""
    first = extract(Document(URL, markup.encode("utf-8", "replace"), content_type="text/html; charset=utf-8"))
    again = extract(Document(URL, first.body, content_type="text/html; charset=utf-8"))
    assert [b["text"] for b in again.article.blocks] == [b["text"] for b in first.article.blocks]


def check_text(data: tuple[str, bool]) -> None:
    """A text: no error, the same twice, nothing that was not there, the record sound."""
    text, markdown = data
    article = clean_text(text, markdown=markdown)
    assert article == clean_text(text, markdown=markdown)
    sound(article)
    assert_no_more(given_out(article), text)


def check_date(text: str) -> None:
    """A date: a valid one or none, and the same when it is read again."""
    found = parse_date(text, language="en", fetched_at=FETCHED, zone="Europe/Paris")
    assert found == parse_date(text, language="en", fetched_at=FETCHED, zone="Europe/Paris")
    is_date_line(text)
    collect_text([text] * 2)
    if found is not None:
        value = found.isoformat()
        (date if len(value) == 10 else datetime).fromisoformat(value)
        again = parse_date(value, fetched_at=FETCHED)
        assert again is not None
        assert again.isoformat() == value


def _web(url: str) -> None:
    assert url.lower().startswith(("http://", "https://")), url


def check_feed(body: bytes) -> None:
    """A feed: entries with addresses of the web, or a `SourceError`; no entity is opened."""
    try:
        content = parse_feed(body, "https://news.example/feed", "application/rss+xml")
    except SourceError:
        return
    assert content == parse_feed(body, "https://news.example/feed", "application/rss+xml")
    assert len(content.entries) <= MAX_ENTRIES
    for found in content.entries:
        _web(found.url)
        assert "root:" not in (found.headline or "")
        assert len(found.headline or "") <= 500


def check_sitemap(body: bytes) -> None:
    """A sitemap: the same."""
    try:
        content = parse_sitemap(body, "https://news.example/sitemap.xml")
    except SourceError:
        return
    assert content == parse_sitemap(body, "https://news.example/sitemap.xml")
    for url in [found.url for found in content.entries] + [child.url for child in content.children]:
        _web(url)


def check_links(data: tuple[bytes, str | None]) -> None:
    """A section page: links to the web only."""
    body, content_type = data
    try:
        content = page_links(body, URL, content_type)
    except SourceError:
        return
    for found in content.articles:
        _web(found.url)


def _both(body: bytes, name: str, reader: Callable[[Path, int], Any]) -> list[Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(body)
        first = list(reader(path, 100_000))
        assert first == list(reader(path, 100_000))
    return first


def check_warc(body: bytes) -> None:
    """A WARC file, damaged: records or problems, each page below the limit."""
    for found in _both(body, "a.warc.gz", read_warc):
        if isinstance(found, Record):
            assert len(found.body) <= 100_000
            _web(found.url)


def check_corpus(body: bytes) -> None:
    """Rows of a corpus, damaged: the same."""
    for found in _both(body, "a.jsonl", read_corpus):
        assert isinstance(found, Record) or found.reason


def check_json_ld(script: str) -> None:
    """JSON-LD: no error alone or on a page, and nothing of it in the text."""
    for node in json_ld.flatten(json_ld.parse(script)):
        json_ld.types(node)
    page = given.page(head=f'<script type="application/ld+json">{script}</script>')
    read(parse(page))
    sound(clean_document(Document(URL, page.encode("utf-8", "replace"), content_type="text/html", fetched_at=FETCHED)))


def check_site_file(table: dict[str, Any]) -> None:
    """A site file: its faults are said; one without any works on a page."""
    if faults_of(table, "news.example"):
        return
    site = plain(table, "news.example")
    sound(clean_document(Document(URL, given.page().encode(), content_type="text/html", site=site)))


def check_filter_list(text: str) -> None:
    """A filter list: what cannot be used is counted."""
    found = parse_filter_list(text, "list")
    for rules in (found.general, *found.by_host.values()):
        list(SelectorIndex(rules).match(parse(given.page(extra='<p class="a" id="b" c="d">x</p>'))))


def check_pattern(pattern: str) -> None:
    """A pattern of a user: refused with a sentence, or one that works."""
    with suppress(PatternError):
        compile_pattern(pattern).search("a" * 2000)


def check_address(url: str) -> None:
    """An address: one key however often it is asked for, and never one of this machine that passes."""
    assert canonical(canonical(url)) == canonical(url)
    found = web_url(url, "https://news.example/a/b")
    if found is not None:
        _web(found)
    address = literal(url)
    assert address is None or bool(refusal(url)) != is_public(address)
    assert len(one_line(url).splitlines()) <= 1
    parse_tdmrep(url.encode("utf-8", "replace"))


TARGETS: dict[str, Target] = {
    "pages": Target(st.tuples(given.page_bytes, given.content_types), check_page, 60),
    "cleaned-pages": Target(given.neat_pages, check_cleaned_page, 60),
    "texts": Target(st.tuples(given.documents, st.booleans()), check_text, 100),
    "dates": Target(given.date_texts, check_date, 200),
    "feeds": Target(given.as_bytes(given.feeds), check_feed, 200),
    "sitemaps": Target(given.as_bytes(given.sitemaps), check_sitemap, 200),
    "links": Target(st.tuples(given.page_bytes, given.content_types), check_links, 80),
    "warc": Target(given.archives, check_warc, 150),
    "corpus": Target(given.damaged_bytes(given.scripts.map(lambda s: s.encode("utf-8", "replace"))), check_corpus, 100),
    "json-ld": Target(given.scripts, check_json_ld, 60),
    "site-files": Target(given.site_tables, check_site_file, 150),
    "filter-lists": Target(given.filter_lists, check_filter_list, 100),
    "patterns": Target(
        st.one_of(given.selectors, st.text(alphabet="ab.*+?{}(),|[]^$\\1234567890", max_size=30)), check_pattern, 200
    ),
    "addresses": Target(
        st.one_of(given.links, given.full_addresses, given.damaged(given.links, given.small_text)), check_address, 200
    ),
}
