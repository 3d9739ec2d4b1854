"""One notion of a site, and what depends on it: shards and download slots."""

from __future__ import annotations

import pytest

from newscrawl.network.requests import article_request
from newscrawl.network.shards import Shard, in_shard
from newscrawl.urls.public_suffixes import registrable_domain
from newscrawl.urls.site import site_name, site_of, site_of_host


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.wexmouth.example", "wexmouth.example"),
        ("www2.wexmouth.example", "wexmouth.example"),
        ("m.wexmouth.example", "wexmouth.example"),
        ("mobile.wexmouth.example", "wexmouth.example"),
        ("amp.wexmouth.example", "wexmouth.example"),
        ("www.m.wexmouth.example", "wexmouth.example"),
        ("WWW.Wexmouth.Example.", "wexmouth.example"),
        ("sport.wexmouth.example", "sport.wexmouth.example"),
        ("m.sport.wexmouth.example", "sport.wexmouth.example"),
        ("www.gazette.co.uk", "gazette.co.uk"),
        ("www.co.uk", "www.co.uk"),
        ("m.com", "m.com"),
        ("amp.github.io", "amp.github.io"),
        ("m.harbour.github.io", "harbour.github.io"),
        ("www.кипа.укр", "кипа.укр"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("::1", "::1"),
    ],
)
def test_site_of_host(host: str, site: str) -> None:
    assert site_of_host(host) == site
    assert site_of_host(site) == site


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("a.b.wexmouth.example", "wexmouth.example"),
        ("www.ck", "www.ck"),
        ("a.www.ck", "www.ck"),
        ("a.b.c.ck", "b.c.ck"),
        ("xn--80a3cw.xn--j1amh", "xn--80a3cw.xn--j1amh"),
        ("co.uk", "co.uk"),
    ],
)
def test_registrable_domain(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


@pytest.mark.parametrize(
    "url",
    [
        "https://www.wexmouth.example/1",
        "http://m.wexmouth.example:8080/1",
        "https://amp.wexmouth.example/1",
        "https://web.archive.org/web/2019*/https://www.wexmouth.example/1",
        "https://www-wexmouth-example.cdn.ampproject.org/c/s/www.wexmouth.example/1",
    ],
)
def test_all_forms_are_one_site(url: str) -> None:
    assert site_of(url) == site_name(url) == "wexmouth.example"
    assert [in_shard(url, Shard(n, 5)) for n in range(1, 6)] == [
        in_shard("https://wexmouth.example/", Shard(n, 5)) for n in range(1, 6)
    ]
    assert article_request(url).meta["download_slot"] == "wexmouth.example"


def test_what_is_no_site() -> None:
    assert (site_of("no url"), site_of("http://["), site_name("file:///corpus/1.txt")) == (None, None, "")
    assert site_of("file:///corpus/1.txt") == "file:/corpus"
