"""One crawl of addresses whose answers are made to harm: each costs itself, with its reason, and nothing else."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from tests.hostile.server import Hostile, answer, endless, hostile, raw, reset, silent
from tests.support import Run, crawl, page

STORY = page().encode()
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
BIG = 30 * 1024 * 1024


def deep(levels: int, opening: str = "<div>", closing: str = "") -> str:
    return page(extra=opening * levels + "deep" + closing * levels)


def data(script: str) -> str:
    return page(head=f'<script type="application/ld+json">{script}</script>')


def bomb(rounds: int = 1) -> bytes:
    packed = zlib.compressobj(9, wbits=31)
    body = b"".join([packed.compress(b" " * (1 << 20)) for _ in range(BIG >> 20)]) + packed.flush()
    for _ in range(rounds - 1):
        body = gzip.compress(body)
    return body


REFUSED = {
    # sizes
    "/gzip-bomb": ("too-large", answer(bomb(), "Content-Encoding: gzip")),
    "/gzip-in-gzip": ("too-large", answer(bomb(2), "Content-Encoding: gzip, gzip")),
    "/brotli-bomb": ("too-large", answer(brotli.compress(b" " * BIG, quality=5), "Content-Encoding: br")),
    "/deflate-bomb": ("too-large", answer(zlib.compress(b" " * BIG, 9), "Content-Encoding: deflate")),
    "/says-a-terabyte": ("too-large", raw(OK + b"Content-Length: 1099511627776\r\n\r\n" + STORY)),
    "/endless-body": ("too-large", endless(OK + b"\r\n", b"<p>more of it</p>" * 4096)),
    "/endless-chunks": ("too-large", endless(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n")),
    # heads
    "/endless-headers": ("too-large", endless(OK, b"X-More: %s\r\n" % (b"x" * 4096))),
    "/endless-cookies": ("too-large", endless(OK, b"Set-Cookie: a%s=1\r\n" % (b"x" * 4096))),
    "/endless-header-line": ("connection", endless(OK + b"X-More: ", b"x" * 65536)),
    "/endless-interim-answers": ("too-large", endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n" * 1000)),
    "/no-status": ("connection", raw(b"<html>I am no HTTP</html>\r\n\r\n")),
    "/status-of-words": ("connection", raw(b"HTTP/1.1 fine thanks\r\n\r\n" + STORY)),
    "/two-lengths": ("connection", raw(OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello")),
    "/length-below-zero": ("connection", raw(OK + b"Content-Length: -5\r\n\r\nhello")),
    "/unknown-transfer": ("connection", raw(OK + b"Transfer-Encoding: zebra\r\n\r\nhello")),
    # ends
    "/reset": ("connection", reset),
    "/no-answer": ("connection", raw(b"")),
    "/cut-short": ("cut-short", raw(OK + b"Content-Length: 90000\r\n\r\n" + STORY)),
    "/chunk-of-garbage": ("cut-short", raw(CHUNKED + b"zz\r\nhello\r\n")),
    "/cut-in-chunk": ("cut-short", raw(CHUNKED + b"ffff\r\nhello")),
    # redirects
    "/redirect-to-itself": ("redirects", answer("", "Location: /redirect-to-itself", status="302 Found")),
    "/redirect-to-file": ("http-302", answer("", "Location: file:///etc/passwd", status="302 Found")),
    "/redirect-to-data": ("http-302", answer("", "Location: data:text/html,x", status="302 Found")),
    "/redirect-with-password": ("refused", answer("", "Location: http://u:hunter2@127.0.0.1/", status="302 Found")),
    "/refresh-to-file": ("not-article", answer('<meta http-equiv="refresh" content="0; url=file:///etc/passwd">')),
    # what is no page
    "/gzip-that-is-none": ("damaged", answer(STORY, "Content-Encoding: gzip")),
    "/says-html-is-zip": ("not-html", answer(b"PK\x03\x04" + bytes(2000), kind="application/zip")),
    "/nothing-at-all": ("not-article", answer("")),
    "/only-nul": ("not-article", answer(bytes(50_000))),
}  # fmt: skip
"""Path → the reason of its failure, and what is done."""

SLOW = {
    "/silence": silent,
    "/dripping-head": endless(OK, b"X-Slow: 1\r\n", pause=0.2),
    "/dripping-body": endless(OK + b"Content-Length: 90000\r\n\r\n", b"<p>", pause=0.2),
}
"""Path → what is done, for longer than the crawl waits."""

LDJSON = json.dumps(
    {"@type": "NewsArticle", "headline": "Ferry <script>alert(1)</script> returns", "articleBody": "<b>x"}
)
READ = {
    # markup
    "/deep-divs": answer(deep(50_000)),
    "/deep-inline": answer(deep(20_000, "<b>")),
    "/deep-tables": answer(deep(2_000, "<table><tr><td>")),
    "/deep-svg": answer(deep(5_000, "<svg>")),
    "/huge-attribute": answer(page(extra=f"<p title='{'x' * 900_000}'>end</p>")),
    "/many-attributes": answer(page(extra="<p " + " ".join(f"a{n}=1" for n in range(40_000)) + ">end</p>")),
    "/entity-bomb": answer('<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + page(extra="<p>&b;&b;</p>")),
    "/open-comment": answer(page() + "<!-- " * 5_000),
    "/nul-in-the-text": answer(page(extra="<p>be\x00fore</p>")),
    "/control-characters": answer(page("Ferry \x1b[31mreturns\x07 \x9b2J", extra="<p>a\x01b\x0bc&#1;d\ufffee</p>")),
    "/bidi": answer(page("Ferry \u202esnruter\u202c", extra="<p>\u2066\u2067\u2069 end</p>")),
    "/lone-surrogates": answer(page("Ferry \ud800 returns", extra="<p>\udfff end</p>")),
    "/mixed-line-ends": answer(page(extra="<p>one\rtwo\r\nthree\n\rfour\x85five\u2028six</p>")),
    "/invalid-utf-8": answer(STORY.replace(b"Wexmouth", b"W\xffexm\xc3\x28outh")),
    "/wrong-charset": answer(STORY, kind="text/html; charset=utf-32"),
    "/unknown-charset": answer(STORY, kind="text/html; charset=../../etc/passwd"),
    # data
    "/html-in-json-ld": answer(data(LDJSON.replace("</", "<\\/"))),
    "/deep-json-ld": answer(data('{"a":' * 1_000 + "1" + "}" * 1_000)),
    "/endless-json-ld": answer(data('{"a":' * 60_000)),
    "/json-ld-of-10-mb": answer(data(json.dumps({"@type": "NewsArticle", "articleBody": "word " * 2_000_000}))),
    "/many-json-ld": answer(page(head='<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * 5_000)),
    "/json-ld-of-numbers": answer(
        data('{"@type": 7, "headline": [[]], "author": {"name": {}}, "datePublished": 1e999}')
    ),
    # heads that are odd, and pages that are there
    "/forged-header": answer(STORY, "X-A: b\x0bINFO: forged", "Last-Modified: \x1b[31mnow"),
    "/header-without-colon": raw(OK + b"nonsense\r\nContent-Length: %d\r\n\r\n" % len(STORY) + STORY),
    "/set-cookies": answer(STORY, *(f"Set-Cookie: a{n}={'x' * 300}" for n in range(100))),
}
"""Path → what is done; a line comes of each."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Hostile]]:
    folder = tmp_path_factory.mktemp("answers")
    acts = {path: act for path, (_, act) in REFUSED.items()} | READ
    with hostile(acts) as server:
        (folder / "urls.txt").write_text("\n".join(server.url(path) for path in acts))
        settings = {
            "DOWNLOAD_MAXSIZE": 12 * 1024 * 1024,
            "DOWNLOAD_TIMEOUT": 300,  # nothing but a size ends what is endless, on a slow machine too
            "RETRY_TIMES": 0,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        }
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        yield crawl(folder, "article", "urls_file=urls.txt", *options), server


@pytest.mark.parametrize("path", REFUSED)
def test_is_refused_with_its_reason(path: str, crawled: tuple[Run, Hostile]) -> None:
    run, server = crawled
    found = [failure for failure in run.failures if failure["url"] == server.url(path)]
    assert [failure["reason"] for failure in found] == [REFUSED[path][0]]
    assert server.url(path) not in [line["url"] for line in run.lines]


def test_what_takes_for_ever_is_given_up(tmp_path: Path) -> None:
    with hostile(SLOW) as server:
        urls = {server.url(path) for path in SLOW}
        settings = {"DOWNLOAD_TIMEOUT": 2, "RETRY_TIMES": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 3, "ROBOTSTXT_OBEY": 0}
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        run = crawl(tmp_path, "article", f"url={','.join(urls)}", *options)
    assert (run.code, run.lines) == (3, [])
    assert {failure["url"]: failure["reason"] for failure in run.failures} == dict.fromkeys(urls, "timeout")
    assert len(run.failures) == len(SLOW)


@pytest.mark.parametrize("path", READ)
def test_is_read(path: str, crawled: tuple[Run, Hostile]) -> None:
    run, server = crawled
    (line,) = [line for line in run.lines if line["url"] == server.url(path)]
    assert "met on day 12 and agreed that the ferry" in line["article_body"]
    assert "alert(1)" not in line["article_body"]


def test_every_address_is_accounted_for(crawled: tuple[Run, Hostile]) -> None:
    run, _ = crawled
    assert len(run.lines) == len(READ)
    assert len(run.failures) == len(REFUSED)
    assert run.code == 3
    assert run.summary["finish_reason"] == "finished"


def test_no_line_of_the_log_is_forged(crawled: tuple[Run, Hostile]) -> None:
    run, _ = crawled
    assert "\x1b" not in run.err
    assert "\u202e" not in run.err
    assert "hunter2" not in run.err + json.dumps(run.failures) + json.dumps(run.lines)


def test_nothing_of_this_machine_was_read(crawled: tuple[Run, Hostile]) -> None:
    run, _ = crawled
    assert "root:x:" not in json.dumps(run.lines)
