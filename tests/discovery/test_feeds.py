"""Feeds as they are found: every format, and malformed ones that browsers and readers read."""

from __future__ import annotations

import contextlib
import gzip
import json

import pytest

from newscrawl.discovery.feeds import parse_feed
from newscrawl.discovery.found import Found, SourceError, plain, web_url

URL = "https://a.example/feed"


def rss(items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{head}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>L</title>{items}</channel></rss>'


FORMATS = {
    "rss 2.0": (
        rss(
            "<item><title>Ferry &amp;amp; harbour</title><link> https://a.example/1?a=1&amp;b=2 </link>"
            "<pubDate>Fri, 03 May 2024 18:19:08 GMT</pubDate></item>"
        ),
        Found("https://a.example/1?a=1&b=2", "Ferry & harbour", "Fri, 03 May 2024 18:19:08 GMT"),
    ),
    "rss 0.91": (
        '<rss version="0.91"><channel><item><title>Ferry</title><link>/1</link></item></channel></rss>',
        Found("https://a.example/1", "Ferry"),
    ),
    "rss 1.0": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://a.example/1"><title>Ferry</title>'
        "<link>https://a.example/1</link><dc:date>2024-05-03T18:19:08Z</dc:date></item></rdf:RDF>",
        Found("https://a.example/1", "Ferry", "2024-05-03T18:19:08Z"),
    ),
    "rss 0.90": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
        "<item><title>Ferry</title><link>https://a.example/1</link></item></rdf:RDF>",
        Found("https://a.example/1", "Ferry"),
    ),
    "atom 1.0": (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">&lt;b>Ferry&lt;/b></title>'
        '<link rel="self" href="/self"/><link rel="alternate" type="text/html" href="/1"/>'
        "<published>2024-05-03T18:00:00Z</published><updated>2024-05-04T18:00:00Z</updated></entry></feed>",
        Found("https://a.example/1", "Ferry", "2024-05-03T18:00:00Z", "2024-05-04T18:00:00Z"),
    ),
    "atom 0.3": (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Ferry</title>'
        '<link rel="alternate" href="https://a.example/1"/><issued>2024-05-03T18:00:00Z</issued></entry></feed>',
        Found("https://a.example/1", "Ferry", "2024-05-03T18:00:00Z"),
    ),
    "json feed": (
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "items": [{"id": "7", "url": "https://a.example/1", "title": "Ferry", "date_published": "2024-05-03"}],
            }
        ),
        Found("https://a.example/1", "Ferry", "2024-05-03"),
    ),
    "address only in the guid": (
        rss("<item><title>Ferry</title><guid>https://a.example/1</guid></item>"),
        Found("https://a.example/1", "Ferry"),
    ),
    "address behind a counter": (
        rss(
            "<item><title>Ferry</title><link>https://count.example/x</link>"
            '<f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">https://a.example/1</f:origLink></item>'
        ),
        Found("https://a.example/1", "Ferry"),
    ),
}


@pytest.mark.parametrize("case", FORMATS)
def test_formats(case: str) -> None:
    text, expected = FORMATS[case]
    assert parse_feed(text.encode(), URL).entries == [expected]


ONE = "<item><title>Ferry</title><link>https://a.example/1</link></item>"
MALFORMED = {
    "white space before the declaration": ("\n\n  " + rss(ONE)).encode(),
    "byte order mark": b"\xef\xbb\xbf" + rss(ONE).encode(),
    "bare ampersand": rss(ONE.replace("/1<", "/1?a=1&b=2<")).encode(),
    "entity of HTML": rss(ONE.replace("Ferry", "Ferry&nbsp;&eacute;")).encode(),
    "undeclared prefix": rss(ONE.replace("<title>", "<media:title>Picture</media:title><title>")).encode(),
    "control character": rss(ONE.replace("Ferry", "Fer\x0bry")).encode(),
    "unclosed tag": rss(ONE.replace("<link>", "<description><b>x</description><link>")).encode(),
    "declared UTF-8, written in Latin-1": rss(ONE.replace("Ferry", "Fährschiff")).encode("latin-1"),
    "UTF-16": rss(ONE, '<?xml version="1.0" encoding="utf-16"?>').encode("utf-16"),
    "gzip": gzip.compress(rss(ONE).encode()),
    "document type": rss(ONE, '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://b.example/rss.dtd">').encode(),
    "comment with an element before the root": (
        "<?xml version='1.0'?><!-- <staff@a.example> -->" + rss(ONE, "")
    ).encode(),
    "warning of a script before the declaration": (
        "<br />\n<b>Notice</b>: Undefined index: page in <b>/srv/news.php</b> on line <b>3</b><br />\n" + rss(ONE)
    ).encode(),
    "warning of a script, no declaration": ("<p>Deprecated: date() in x.php</p>" + rss(ONE, "")).encode(),
    "reference with a capital X": rss(ONE.replace("/1<", "/1?a=1&#X26;b=2<")).encode(),
    "UTF-16 without a byte order mark": rss(ONE, '<?xml version="1.0" encoding="utf-16"?>').encode("utf-16-le"),
    "text behind the end": rss(ONE).encode() + b"\n<!-- cached -->\n<script>x</script>",
}


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_feeds_that_readers_read(case: str) -> None:
    (entry,) = parse_feed(MALFORMED[case], URL).entries
    assert entry.url.startswith("https://a.example/1")
    assert entry.headline
    assert entry.headline.startswith("F")
    assert "Picture" not in entry.headline
    if "reference" in case:
        assert entry.url == "https://a.example/1?a=1&b=2"


def test_an_encoding_of_the_header_is_read() -> None:
    feed = parse_feed(rss(ONE.replace("Ferry", "Паром"), "").encode("koi8-r"), URL, "text/xml; charset=koi8-r")
    assert feed.entries[0].headline == "Паром"


def test_a_cut_feed_gives_all_but_its_last_entry() -> None:
    text = rss(ONE + ONE.replace("/1", "/2") + ONE.replace("/1", "/333333"))
    feed = parse_feed(text[: text.index("/333333") + 3].encode(), URL)
    assert [entry.url for entry in feed.entries] == ["https://a.example/1", "https://a.example/2"]
    assert feed.damaged


SECOND = ONE.replace("/1", "/2").replace("Ferry", "Quay")


def test_a_feed_without_its_closing_tags_gives_all_entries() -> None:
    feed = parse_feed(rss(ONE + SECOND).removesuffix("</channel></rss>").encode(), URL)
    assert [entry.headline for entry in feed.entries] == ["Ferry", "Quay"]
    assert feed.damaged


def test_a_long_comment_behind_the_end_costs_no_entry() -> None:
    feed = parse_feed((rss(ONE + SECOND) + f"<!-- {'served by node 4; ' * 90} -->").encode(), URL)
    assert [entry.headline for entry in feed.entries] == ["Ferry", "Quay"]
    assert not feed.damaged


def test_a_broken_byte_garbles_no_other_entry() -> None:
    body = rss(ONE.replace("Ferry", "Fähre").replace("/1", "/fähre") + SECOND.replace("Quay", "Küste")).encode()
    for broken in (body.replace(b"<title>L<", b"<title>\xe9<"), body.replace(b"K\xc3\xbc", b"K\xfc\xc3\xbc")):
        found = parse_feed(broken, URL, "application/rss+xml; charset=utf-8").entries
        assert (found[0].url, found[0].headline) == ("https://a.example/fähre", "Fähre")


def test_chinese_that_calls_itself_gb2312() -> None:
    body = rss(ONE.replace("Ferry", "渡輪鎔"), '<?xml version="1.0" encoding="gb2312"?>').encode("gbk")
    assert parse_feed(body, URL).entries[0].headline == "渡輪鎔"


ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
BASES = {
    "of the feed": (
        f'<feed {ATOM} xml:base="https://b.example/x/"><entry><link href="1"/></entry></feed>',
        "b.example/x/1",
    ),
    "of the entry, relative to that of the feed": (
        f'<feed {ATOM} xml:base="https://b.example/"><entry xml:base="news/"><link href="1"/></entry></feed>',
        "b.example/news/1",
    ),
    "of the link, relative to the feed's URL": (
        f'<feed {ATOM}><entry><link xml:base="/news/" href="1"/></entry></feed>',
        "a.example/news/1",
    ),
    "no URL of the web": (
        f'<feed {ATOM} xml:base="tag:b.example,2024:x"><entry><link href="/1"/></entry></feed>',
        "a.example/1",
    ),
}


@pytest.mark.parametrize("case", BASES)
def test_base_urls(case: str) -> None:
    text, expected = BASES[case]
    assert [entry.url for entry in parse_feed(text.encode(), URL).entries] == [f"https://{expected}"]


@pytest.mark.parametrize("prefix", ["ns0", "x"])
def test_a_prefix_of_any_name_for_the_feed_s_own_namespace(prefix: str) -> None:
    text = (
        f'<{prefix}:feed xmlns:{prefix}="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<{prefix}:entry><media:title>Picture</media:title><{prefix}:title>Ferry</{prefix}:title>"
        f'<{prefix}:link href="/1"/><{prefix}:updated>2024-05-04T18:00:00Z</{prefix}:updated>'
        f"</{prefix}:entry></{prefix}:feed>"
    )
    expected = Found("https://a.example/1", "Ferry", None, "2024-05-04T18:00:00Z")
    assert parse_feed(text.encode(), URL).entries == [expected]


@pytest.mark.parametrize("name", ["source", "image", "author"])
def test_the_link_of_something_else_is_not_the_entry_s(name: str) -> None:
    other = f"<{name}><title>Agency</title><link>https://b.example/</link></{name}>"
    assert parse_feed(rss(f"<item><title>Ferry</title>{other}</item>").encode(), URL).entries == []
    assert (
        parse_feed(rss(ONE.replace("<link>", other + "<link>")).encode(), URL).entries[0].url == "https://a.example/1"
    )


def test_a_counter_s_target_that_is_no_url() -> None:
    text = ONE.replace(
        "</item>", "<f:origLink xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'>n/a</f:origLink></item>"
    )
    assert parse_feed(rss(text).encode(), URL).entries[0].url == "https://a.example/1"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"<!-- <rss> --><!doctype html><html><body>", "html"),
        (b"<br><b>Fatal error</b>: out of memory", "no-feed"),
        (b"  \n ", "empty"),
        (b"<!doctype html><p>Sign in</p>", "html"),
        (b"<html><body>", "html"),
        (b"not found", "no-feed"),
        (b"<urlset></urlset>", "no-feed"),
        (b"<svg></svg>", "no-feed"),
        (b'{"items": 3}', "no-feed"),
        (b'{"items": [', "damaged"),
        (b"<rss><channel><title>Le", "truncated"),
        (b"\x1f\x8bgarbage", "damaged"),
        (gzip.compress(b"<rss>" + b" " * (30 * 1024 * 1024), mtime=0), "too-large"),
    ],
)
def test_what_is_no_feed_says_so(body: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as error:
        parse_feed(body, URL)
    assert error.value.reason == reason


def test_only_addresses_of_the_web_each_once() -> None:
    links = ["file:///etc/passwd", "javascript:x", "https://a.example/1", "https://a.example/1", "//b.example/2", ""]
    text = rss("".join(f"<item><link>{link}</link></item>" for link in links))
    assert [entry.url for entry in parse_feed(text.encode(), URL).entries] == [
        "https://a.example/1",
        "https://b.example/2",
    ]


@pytest.mark.parametrize("url", ["https://[::1", "https://a.example:99999/x", "http://", "x" * 9000])
def test_addresses_that_are_none(url: str) -> None:
    assert web_url(url, "https://[bad") is None


def test_hostile_bodies_end_in_a_feed_or_a_reason() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    bodies = [
        rss("<item>" * 20_000).encode(),
        rss(ONE.replace("Ferry", "&b;"), bomb).encode(),
        rss(ONE.replace("Ferry", "<" * 100_000)).encode(),
        b"<rss>" + b"&" * 300_000,
        b"[" * 100_000,
        b'{"items": ' + b"[" * 100_000,
        "<rss>\ud800\x00</rss>".encode("utf-8", "surrogatepass"),
    ]
    for body in bodies:
        with contextlib.suppress(SourceError):
            assert len(parse_feed(body, URL).entries) <= 1


def test_plain() -> None:
    assert plain("  <i>Two</i>\nlines ") == "Two lines"
    assert plain(" ") is None
