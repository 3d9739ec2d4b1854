"""What pages, feeds, sitemaps and users name: only the public web is asked, whatever way an address is spelled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.resolver import dnscache

from newscrawl.exceptions import RefusedUrlError
from newscrawl.middlewares.guard import UrlGuard
from newscrawl.network.proxies import proxy_address
from tests.hostile.resolver import Liar, Lying
from tests.hostile.server import Hostile, answer, hostile, self_signed
from tests.network.test_public_hosts import PRIVATE
from tests.support import ROOT, Run, crawl, page

STORY = answer(page())
ROBOTS = answer("User-agent: *\nAllow: /\n", kind="text/plain")
STRANGE = [
    "file:///etc/passwd", "FILE:/etc/passwd", "data:text/html,x", "gopher://paper.example/1", "ftp://paper.example/x",
    "s3://bucket/key", "javascript:alert(1)", "view-source:http://paper.example/", "jar:http://paper.example!/", "ws://x/",
    "mailto:a@paper.example", "http:///nohost", "http://[::1", "http://:80/", "warc://record/1", "corpus://record/1",
]  # fmt: skip
"""What can stand in a link and is no address of the web."""
PORTS = [22, 25, 3306, 5432, 6379, 9200, 11211, 1]


@pytest.mark.parametrize("port", PORTS)
def test_only_ports_of_the_web(port: int) -> None:
    guard = UrlGuard(ports=[80, 443])
    with pytest.raises(RefusedUrlError, match="NEWSCRAWL_PORTS"):
        guard.process_request(Request(f"http://paper.example:{port}/"))
    UrlGuard().process_request(Request(f"http://paper.example:{port}/"))


@pytest.mark.parametrize("url", ["http://paper.example/", "https://paper.example/", "http://paper.example:443/"])
def test_ports_of_the_web_pass(url: str) -> None:
    UrlGuard(ports=[80, 443]).process_request(Request(url))


@pytest.mark.parametrize("url", ["http://u:hunter2@paper.example/", "https://www.paper.example@evil.example/"])
def test_names_and_passwords_never_leave(url: str) -> None:
    for guard in (UrlGuard(), UrlGuard(allow_private=True)):
        with pytest.raises(RefusedUrlError) as error:
            guard.process_request(Request(url))
        assert "hunter2" not in str(error.value)


@pytest.mark.parametrize("proxy", ["127.0.0.1:1", "http://u:p@10.0.0.1:8080", "http://[::1]:3128", "localhost:88"])
def test_a_proxy_that_nobody_named_is_refused(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:8899")
    with pytest.raises(RefusedUrlError, match="not set by the operator"):
        UrlGuard().process_request(Request("http://paper.example/", meta={"proxy": proxy}))


def test_a_proxy_is_read_without_its_password() -> None:
    assert proxy_address("http://u:hunter2@proxy.example:3128") == ("proxy.example", 3128)


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Hostile]]:
    """A crawl of addresses of this machine in all spellings, and of a name that means something else each time."""
    folder = tmp_path_factory.mktemp("named")
    with hostile({"/": STORY, "/robots.txt": ROBOTS}) as server:
        urls = [f"http://{host}:{server.port}/" for host in (*PRIVATE, "lies.example")]
        urls += [f"http://u:hunter2@127.0.0.1:{server.port}/", *STRANGE]
        (folder / "urls.txt").write_text("\n".join(urls))
        settings = [
            "-s", "TWISTED_DNS_RESOLVER=tests.hostile.resolver.Lying", "-s", f"NEWSCRAWL_PORTS={server.port}",
            "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "RETRY_TIMES=0", "-s", "DOWNLOAD_TIMEOUT=5",
        ]  # fmt: skip
        yield crawl(folder, "article", "urls_file=urls.txt", *settings, private=False), server


def test_no_address_of_this_machine_is_asked(named: tuple[Run, Hostile]) -> None:
    run, server = named
    assert server.asked == []
    assert run.lines == []
    assert run.code == 3


@pytest.mark.parametrize("host", PRIVATE)
def test_each_spelling_is_refused(host: str, named: tuple[Run, Hostile]) -> None:
    run, server = named
    reasons = {failure["url"]: failure["reason"] for failure in run.failures}
    assert reasons[f"http://{host}:{server.port}/"] == "refused"


def test_a_name_is_judged_by_what_is_connected_to(named: tuple[Run, Hostile]) -> None:
    run, server = named
    (failure,) = [failure for failure in run.failures if failure["url"] == f"http://lies.example:{server.port}/"]
    assert failure["reason"] == "refused"
    assert "resolves to no IP address of the public internet" in failure["detail"]


class _Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        pass

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        pass


def test_a_name_that_means_something_else_the_second_time_gains_nothing() -> None:
    resolver = Lying(type("Reactor", (), {"nameResolver": None})(), 0)
    resolver.original_resolver = Liar(["203.0.114.7"], ["127.0.0.1", "203.0.114.8"], ["169.254.169.254"])
    found = []
    for _ in range(3):
        receiver = _Receiver()
        resolver.resolveHostName(receiver, "rebind.example", 80)
        dnscache.pop("rebind.example", None)
        found.append(receiver.addresses)
    assert found == [["203.0.114.7"], ["203.0.114.8"], []]


@pytest.mark.parametrize("url", STRANGE)
def test_strange_schemes_are_refused(url: str, named: tuple[Run, Hostile]) -> None:
    run, _ = named
    assert {failure["reason"] for failure in run.failures if failure["url"] == url} == {"refused"}


def test_no_password_is_written_down(named: tuple[Run, Hostile]) -> None:
    run, _ = named
    assert "hunter2" not in run.err + run.out + json.dumps(run.failures)


LINKS = [*STRANGE, "http://127.0.0.1/in", "http://169.254.169.254/latest/meta-data", "http://2130706433/in",
         "http://[::ffff:10.0.0.1]/in", "http://paper.example:22/in", "http://u:hunter2@paper.example/in"]  # fmt: skip
RSS = "<rss version='2.0'><channel><title>L</title>{}</channel></rss>".format(
    "".join(
        f"<item><title>{n}</title><link>{link}</link></item>"
        for n, link in enumerate([*LINKS, "http://paper.example/ok"])
    )
)
MAP = "<urlset>{}</urlset>".format(
    "".join(f"<url><loc>{link}</loc></url>" for link in [*LINKS, "http://paper.example/ok"])
)
INDEX = "<sitemapindex>{}</sitemapindex>".format(
    "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in [*LINKS, "http://paper.example/map.xml"])
)
HEAD = '<link rel="canonical" href="{0}"><link rel="next" href="{0}"><link rel="amphtml" href="{0}"><base href="{0}">'
BEHIND_A_PROXY = {
    "paper.example/robots.txt": ROBOTS,
    "paper.example/feed": answer(RSS, kind="application/rss+xml"),
    "paper.example/index.xml": answer(INDEX, kind="application/xml"),
    "paper.example/map.xml": answer(MAP, kind="application/xml"),
    "paper.example/ok": STORY,
    **{f"paper.example/to/{n}": answer("", f"Location: {link}", status="302 Found") for n, link in enumerate(LINKS)},
    **{f"paper.example/says/{n}": answer(page(f"Ferry {n}", head=HEAD.format(link))) for n, link in enumerate(LINKS)},
}  # fmt: skip


@pytest.mark.parametrize("spider", ["feed", "sitemap", "article"])
def test_nothing_that_a_page_names_is_asked_but_the_web(spider: str, tmp_path: Path) -> None:
    """Behind the operator's own proxy on this machine, private targets are refused before they reach it."""
    with hostile(BEHIND_A_PROXY) as server:
        env = {
            "http_proxy": f"http://u:swordfish@127.0.0.1:{server.port}",
            "https_proxy": f"http://127.0.0.1:{server.port}",
        }
        source = {"feed": "url=http://paper.example/feed", "sitemap": "url=http://paper.example/index.xml"}.get(spider)
        if source is None:
            paths = [path for path in BEHIND_A_PROXY if "/to/" in path or "/says/" in path]
            (tmp_path / "urls.txt").write_text("\n".join(f"http://{path}" for path in paths))
            source = "urls_file=urls.txt"
        run = crawl(tmp_path, spider, source, "-s", "RETRY_TIMES=0", private=False, env=env)
    assert {url for url in server.asked if not url.startswith("http://paper.example/")} == set()
    assert "swordfish" not in run.err + run.out + json.dumps(run.failures) + json.dumps(run.lines)
    assert "hunter2" not in run.err + run.out + json.dumps(run.failures)
    if spider == "article":
        assert len(run.lines) == len(LINKS)
        assert {line["canonical_url"] for line in run.lines} & {"file:///etc/passwd", "data:text/html,x"} == set()
        assert len(run.failures) >= len(LINKS)
    else:
        assert [line["url"] for line in run.lines] == ["http://paper.example/ok"]


def test_certificates_are_verified_but_where_a_site_file_says_otherwise(tmp_path: Path) -> None:
    sites = tmp_path / "sites"
    sites.mkdir()
    (sites / "127.0.0.1.toml").write_text("verify_certificates = false\n")
    with hostile({"/": STORY, "/robots.txt": ROBOTS}, self_signed(tmp_path / "server.pem")) as server:
        lax, strict = (server.url("/", host, "https") for host in ("127.0.0.1", "localhost"))
        run = crawl(
            tmp_path, "article", f"url={lax},{strict}", "-s", f"NEWSCRAWL_SITES_DIR={sites}", "-s", "RETRY_TIMES=0"
        )
    assert [line["url"] for line in run.lines] == [lax]
    assert [(failure["url"], failure["reason"]) for failure in run.failures] == [(strict, "certificate")]
    assert "127.0.0.1: its certificate is not verified" in run.err
    assert "localhost: its certificate is not verified" not in run.err


def test_the_settings_say_so() -> None:
    from newscrawl import settings

    assert settings.DOWNLOAD_VERIFY_CERTIFICATES is True
    assert settings.TWISTED_DNS_RESOLVER == "newscrawl.network.resolver.GuardedResolver"
    assert (ROOT / "newscrawl" / "network" / "resolver.py").is_file()
