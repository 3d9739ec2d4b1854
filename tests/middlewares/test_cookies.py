"""A subscriber's cookies: who gets them, who does not, and what a file must be. Read from the server's side."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from newscrawl.exceptions import CookieFileError
from newscrawl.sites.cookies import SiteCookies
from newscrawl.sites.site_files import SiteFiles
from tests.support import HTML, crawl, page, run_scrapy

SECRET = "s3cret-Of-A-subscriber"
NETSCAPE = "# Netscape HTTP Cookie File\n"
FILE = NETSCAPE + (
    f"#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t4102444800\tsession\t{SECRET}\n"
    f"127.0.0.1\tFALSE\t/members\tFALSE\t0\tmember\t{SECRET}-2\n"
    f"127.0.0.1\tFALSE\t/\tTRUE\t4102444800\tsafe\t{SECRET}-3\n"
    f"127.0.0.1\tFALSE\t/\tFALSE\t978307200\tgone\t{SECRET}-4\n"
    f"tracker.example\tFALSE\t/\tFALSE\t4102444800\tother\t{SECRET}-5\n"
)


class _Paper(BaseHTTPRequestHandler):
    log: ClassVar[list[tuple[str, str, str | None]]]

    def do_GET(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        self.log.append((host, self.path, self.headers["Cookie"]))
        port = self.server.server_address[1]
        leads = {"/to-other": f"http://localhost:{port}/story?from", "/to-own": "/story?own"}.get(self.path)
        if self.path == "/back" and host == "127.0.0.1":
            leads = f"http://localhost:{port}/and-back"
        if self.path == "/and-back":
            leads = f"http://127.0.0.1:{port}/story?back"
        body = b"User-agent: *\nAllow: /\n" if self.path == "/robots.txt" else page(f"News of {self.path}").encode()
        self.send_response(302 if leads else 200)
        self.send_header("Content-Type", HTML)
        self.send_header("Set-Cookie", "theirs=1; Path=/")
        if leads:
            self.send_header("Location", leads)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def paper() -> Iterator[tuple[int, list[tuple[str, str, str | None]]]]:
    """A server that keeps the cookies of each request; ``127.0.0.1`` and ``localhost`` are two sites to a crawler."""
    log: list[tuple[str, str, str | None]] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Paper", (_Paper,), {"log": log})) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server.server_address[1], log
        finally:
            server.shutdown()


def site_file(folder: Path, cookies: str = FILE, name: str = "subscriber.txt") -> None:
    (folder / "sites").mkdir()
    (folder / f"sites/{name}").write_text(cookies)
    (folder / "sites/127.0.0.1.toml").write_text(f'cookies = "{name}"\n')


def test_who_gets_them(tmp_path: Path) -> None:
    site_file(tmp_path)
    with paper() as (port, log):
        paths = ["/story", "/members/story", "/to-own", "/to-other", "/back"]
        urls = [f"http://127.0.0.1:{port}{path}" for path in paths] + [f"http://localhost:{port}/plain"]
        run = crawl(
            tmp_path, "article", f"url={','.join(urls)}", "-s", "NEWSCRAWL_SITES_DIR=sites", "-s", "LOG_LEVEL=DEBUG"
        )
    assert run.code == 0, run.err
    assert len(run.lines) == 6
    got = {(host, path): cookie for host, path, cookie in log}
    mine, member = f"session={SECRET}", f"member={SECRET}-2"
    assert got.pop(("127.0.0.1", "/members/story")) == f"{member}; {mine}"
    own = {(host, path) for host, path in got if host == "127.0.0.1"} - {("127.0.0.1", "/robots.txt")}
    assert {path for _, path in own} == {"/story", "/to-own", "/story?own", "/to-other", "/back", "/story?back"}
    assert {got[place] for place in own} == {mine}
    assert {got[place] for place in set(got) - own} == {None}  # the other host, robots.txt
    assert ("localhost", "/story?from") in got
    assert SECRET not in run.err + run.out
    for file in tmp_path.rglob("*"):
        if file.is_file() and file.name != "subscriber.txt":
            assert SECRET.encode() not in file.read_bytes(), file


@pytest.mark.parametrize(
    ("cookies", "message"),
    [
        (None, "No such file"),
        (f'[{{"name": "session", "value": "{SECRET}"}}]', "is no file of cookies in Netscape's format"),
        (NETSCAPE + f"127.0.0.1 session {SECRET}\n", "is no file of cookies in Netscape's format"),
        (NETSCAPE, "there is no cookie in"),
        ("\udcff", "is no file of cookies in Netscape's format"),
    ],
    ids=["missing", "json", "torn", "empty", "binary"],
)
def test_file_that_cannot_be_used(tmp_path: Path, cookies: str | None, message: str) -> None:
    path = tmp_path / "cookies.txt"
    if cookies is not None:
        path.write_text(cookies, errors="surrogateescape")
    with pytest.raises(CookieFileError, match=message) as raised:
        SiteCookies(path, "paper.example")
    assert SECRET not in str(raised.value)
    assert str(path) in str(raised.value)


def test_file_is_looked_at_before_the_crawl(tmp_path: Path) -> None:
    site_file(tmp_path, NETSCAPE + f"no cookie {SECRET}\n")
    options = ("-s", "NEWSCRAWL_SITES_DIR=sites", "-s", "LOG_ENABLED=False")
    run = run_scrapy(tmp_path, "crawl", "article", "-a", "url=http://a.example/", *options)
    assert run.code == 2
    (line,) = run.err.strip().splitlines()
    assert "sites/127.0.0.1.toml: " in line
    assert "subscriber.txt is no file of cookies in Netscape's format" in line
    check = run_scrapy(tmp_path, "checkrules", *options)
    assert check.code == 2
    assert "subscriber.txt is no file of cookies" in check.out
    assert SECRET not in run.err + check.out


def test_what_a_browser_gets(tmp_path: Path) -> None:
    path = tmp_path / "cookies.txt"
    rows = [(".paper.example", "a"), ("www.paper.example", "b"), (".example", "c"), (".tracker.net", "d")]
    path.write_text(NETSCAPE + "".join(f"{d}\tTRUE\t/\tTRUE\t4102444800\t{n}\tv\n" for d, n in rows))
    found = {cookie["name"]: cookie["domain"] for cookie in SiteCookies(path, "paper.example").for_browser()}
    assert found == {"a": ".paper.example", "b": ".www.paper.example", "c": ".paper.example"}


def test_expired_cookies_are_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    site_file(tmp_path, NETSCAPE + f"127.0.0.1\tTRUE\t/\tFALSE\t978307200.5\ta\t{SECRET}\r\n")
    sites = SiteFiles([tmp_path / "sites"])
    assert [sites.cookies_of("http://127.0.0.1/") is None for _ in range(2)] == [False, False]
    assert caplog.text.count("have expired") == 1
    assert SECRET not in caplog.text


def test_nothing_of_it_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "cookies.txt"
    path.write_text(FILE)
    with caplog.at_level(logging.DEBUG):
        cookies = SiteCookies(path, "127.0.0.1")
        assert cookies.header("http://127.0.0.1/") == f"session={SECRET}"
        assert cookies.header("http://[") is None
    assert SECRET not in caplog.text + repr(cookies)
