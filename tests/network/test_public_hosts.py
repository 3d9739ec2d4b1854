from __future__ import annotations

import ipaddress

import pytest
from scrapy import Request

from newscrawl.exceptions import RefusedUrlError
from newscrawl.middlewares.guard import UrlGuard
from newscrawl.network.public_hosts import is_public, literal, refusal

PRIVATE = [
    "127.0.0.1", "127.1", "127.0.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1",
    "127.0.0.1.", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "%31%32%37.0.0.1",
    "①②⑦.⓪.⓪.①", "127。0。0。1", "0", "0x", "0.0.0.0", "10.1.2.3", "10.66051", "192.168.1.1", "172.16.0.9",
    "169.254.169.254", "0xa9fea9fe", "[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]", "[fd12::9]", "[ff02::1]",
    "224.0.0.1", "100.64.0.1", "255.255.255.255", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::127.0.0.1]", "[::]",
    "localhost", "LOCALHOST.", "foo.localhost", "printer.local", "metadata.google.internal", "router.home.arpa",
]  # fmt: skip
PUBLIC = [
    "example.org", "8.8.8.8", "0x08080808", "134744072", "[2606:4700::1111]", "[::ffff:8.8.8.8]", "news.example",
    "127.example.org", "1.2.3.4.example", "localhost.example.org", "deadbeef.example", "internal.example",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_private_in_every_spelling(host: str) -> None:
    assert refusal(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_public_passes(host: str) -> None:
    assert refusal(host) is None


def test_no_host() -> None:
    assert refusal("")


@pytest.mark.parametrize("host", ["1.2.3.4.5", "256.1.1.1", "1..2", "09.1.1.1", "999999999999", "a.b.c.d"])
def test_what_spells_no_address(host: str) -> None:
    assert literal(host) is None


def test_carried_addresses_are_looked_into() -> None:
    assert not is_public(ipaddress.ip_address("2002:a00:1::"))
    assert is_public(ipaddress.ip_address("64:ff9b::808:808"))


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/x", "data:text/html,x", "gopher://example.org/", "s3://bucket/key"],
)
def test_only_http_leaves_the_machine(url: str) -> None:
    with pytest.raises(RefusedUrlError, match="only http and https"):
        UrlGuard(allow_private=True).process_request(Request(url))


def test_guard_allows_private_when_told() -> None:
    UrlGuard(allow_private=True).process_request(Request("http://127.0.0.1/"))
    with pytest.raises(RefusedUrlError, match="NEWSCRAWL_ALLOW_PRIVATE"):
        UrlGuard().process_request(Request("http://127.0.0.1/"))


def test_a_proxy_on_this_machine_has_to_be_the_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:8899")
    guard = UrlGuard()
    guard.process_request(Request("http://example.org/", meta={"proxy": "http://127.0.0.1:8899"}))
    with pytest.raises(RefusedUrlError, match="not set by the operator"):
        guard.process_request(Request("http://example.org/", meta={"proxy": "http://127.0.0.1:9999"}))
    with pytest.raises(RefusedUrlError):  # a private target is refused before it reaches the proxy
        guard.process_request(Request("http://127.1/", meta={"proxy": "http://127.0.0.1:8899"}))
