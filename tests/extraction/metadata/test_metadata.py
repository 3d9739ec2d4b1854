# ruff: noqa: E501  (tables of markup)
"""Canonical address, section, keywords, pictures, access, rights, description, publisher."""

import pickle

import pytest

from newscrawl.extraction.metadata import rights
from newscrawl.extraction.metadata.captions import clean_credit, split_credit
from newscrawl.extraction.metadata.lexicon import load
from newscrawl.extraction.metadata.metadata import describe
from newscrawl.parsing.structured import read
from newscrawl.parsing.tree import parse

URL = "https://www.example.org/2024/bridge?utm=1"


def of(head="", body="", url=URL, final_url=None, title="Old bridge closed", facts=None):
    tree = parse(f"<html><head><title>{title}</title>{head}</head><body><h1>Old bridge closed</h1>{body}</body></html>")
    return describe(tree, read(tree), url, facts=facts or {}, final_url=final_url)


def ld(more):
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Old bridge closed", {more}}}</script>'


CANONICAL = [
    ('<link rel="canonical" href="https://example.org/bridge">', None, "https://example.org/bridge"),
    ('<link rel="canonical" href="/bridge">', None, "https://www.example.org/bridge"),
    ('<link rel="Canonical" href=" /bridge ">', None, "https://www.example.org/bridge"),
    ('<meta property="og:url" content="https://example.org/og">', None, "https://example.org/og"),
    ('<link rel="canonical" href="/a"><meta property="og:url" content="/b">', None, "https://www.example.org/a"),
    (
        '<link rel="canonical" href="https://www.example.org/"><meta property="og:url" content="/b">',
        None,
        "https://www.example.org/b",
    ),
    ('<link rel="canonical" href="https://www.example.org">', None, None),
    ('<link rel="canonical" href="https://www.example.org/index.html">', None, None),
    ('<link rel="canonical" href="https://www.example.org/?p=12">', None, "https://www.example.org/?p=12"),
    ('<link rel="canonical" href="javascript:void(0)">', None, None),
    ('<link rel="canonical" href="http://[">', None, None),
    ('<link rel="canonical" href="">', None, None),
    (ld('"url": "https://example.org/ld"'), None, "https://example.org/ld"),
    (ld('"mainEntityOfPage": {"@id": "https://example.org/ld"}'), None, "https://example.org/ld"),
    ("", "https://www.example.org/after", "https://www.example.org/after"),
    ("", URL, None),
    ("", "https://www.example.org/", None),
    ('<link rel="canonical" href="bridge">', "https://m.example.org/x/", "https://m.example.org/x/bridge"),
]


@pytest.mark.parametrize(("head", "final_url", "expected"), CANONICAL)
def test_canonical_url(head, final_url, expected):
    assert of(head, final_url=final_url).canonical_url == expected


FREE = [
    (ld('"isAccessibleForFree": true'), "", True),
    (ld('"isAccessibleForFree": "False"'), "", False),
    (ld('"isAccessibleForFree": "http://schema.org/True"'), "", True),
    (ld('"isAccessibleForFree": true, "hasPart": {"isAccessibleForFree": "false"}'), "", False),
    (ld('"hasPart": [{"isAccessibleForFree": false}]'), "", False),
    ('<meta property="article:content_tier" content="free">', "", True),
    ('<meta property="article:content_tier" content="metered">', "", False),
    ('<meta property="article:content_tier" content="locked">', "", False),
    ("", '<div class="paywall"><p>Subscribe to continue reading</p></div>', False),
    ("", '<div id="article-paywall"><p>La suite est réservée aux abonnés</p></div>', False),
    ("", '<div class="paywall"><p>The river has risen.</p></div>', None),
    ("", "<p>Subscribe to continue reading</p>", None),
    ("", "", None),
    ('<script type="application/ld+json">{"@type": "WebPage", "isAccessibleForFree": false}</script>', "", None),
]


@pytest.mark.parametrize(("head", "body", "expected"), FREE)
def test_is_accessible_for_free(head, body, expected):
    assert of(head, body).is_accessible_for_free is expected


@pytest.mark.parametrize("entry", load("paywall")["phrase"], ids=lambda entry: entry["language"])
def test_paywall_phrases(entry):
    assert set(entry) == {"language", "words", "reason", "case"}
    assert of(body=f'<div class="c-paywall">{entry["case"]}</div>').is_accessible_for_free is False


SECTIONS = [
    (ld('"articleSection": "Politics"'), "Politics"),
    (ld('"articleSection": ["Politics", "Europe"]'), "Politics"),
    ('<meta property="article:section" content="Politics">', "Politics"),
    ('<meta property="article:section" content="Home"><meta name="section" content="Sport">', "Sport"),
    (
        '<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": [{"position": 2, "name": "Sport"}, {"position": 1, "item": {"name": "Startseite"}}, {"position": 3, "name": "Old bridge closed"}]}</script>',
        "Sport",
    ),
    ('<meta property="og:site_name" content="Times"><meta name="section" content="Times">', None),
    ("", None),
]


@pytest.mark.parametrize(("head", "expected"), SECTIONS)
def test_section(head, expected):
    assert of(head).article_section == expected


KEYWORDS = [
    (ld('"keywords": "flood, bridge,  Flood"'), ["flood", "bridge"]),
    (ld('"keywords": ["flood", "bridge; river"]'), ["flood", "bridge", "river"]),
    (
        '<meta property="article:tag" content="flood"><meta property="article:tag" content="bridge">',
        ["flood", "bridge"],
    ),
    ('<meta name="news_keywords" content="flood"><meta name="keywords" content="other">', ["flood"]),
    ('<meta name="keywords" content="洪水，橋、川">', ["洪水", "橋", "川"]),
    (
        '<meta name="keywords" content="id:123, type=news, 20240503, 8f507083-bac4-423a-9015-2eb31e1bce50, flood">',
        ["flood"],
    ),
    ('<meta name="keywords" content="">', []),
]


@pytest.mark.parametrize(("head", "expected"), KEYWORDS)
def test_keywords(head, expected):
    assert of(head).keywords == expected


def urls(*args, **kwargs):
    return [image["url"] for image in of(*args, **kwargs).images]


def test_pictures_of_json_ld_are_one_picture_in_several_crops():
    head = ld('"image": ["https://i.example.org/4711223344/16x9.jpg", "https://i.example.org/4711223344/1x1.jpg"]')
    assert urls(head) == ["https://i.example.org/4711223344/16x9.jpg"]


def test_a_figure_lends_its_caption_to_the_lead_picture():
    head = '<meta property="og:image" content="https://i.example.org/bridge-flood-1200x630.jpg">'
    body = '<article><figure><img src="https://i.example.org/bridge-flood-640x480.jpg"><figcaption>The bridge. Photo: Anna Sample/AFP</figcaption></figure></article>'
    assert of(head, body).images == [
        {
            "url": "https://i.example.org/bridge-flood-1200x630.jpg",
            "caption": "The bridge.",
            "credit": "Anna Sample/AFP",
        }
    ]


def test_addresses_are_absolute():
    assert urls('<meta property="og:image" content="//i.example.org/a.jpg">') == ["https://i.example.org/a.jpg"]
    assert urls(body='<article><figure><img src="data:image/gif;base64,x" data-src="/a.jpg"></figure></article>') == [
        "https://www.example.org/a.jpg"
    ]


NO_PICTURES = [
    '<article><figure><img src="data:image/gif;base64,x"></figure></article>',
    '<article><figure class="author-avatar"><img src="/a.jpg"></figure></article>',
    '<article><figure><img src="/pixel.gif" width="1" height="1"></figure></article>',
    '<article><a href="/other"><figure><img src="/teaser.jpg"></figure></a></article>',
    '<article><figure><a href="/other"><img src="/teaser.jpg"></a></figure></article>',
    '<article><aside><figure><img src="/a.jpg"></figure></aside></article>',
    '<article><p>x</p></article><figure><img src="/outside.jpg"></figure>',
    '<article><figure><img src="/a.svg"></figure></article>',
]


@pytest.mark.parametrize("body", NO_PICTURES)
def test_no_picture_of_the_article(body):
    assert urls(body=body) == []


CAPTIONS = [
    ("The bridge. Photo: Anna Sample", "The bridge.", "Anna Sample"),
    ("Die Brücke am Montag. (Foto: Max Muster/dpa)", "Die Brücke am Montag.", "Max Muster/dpa"),
    ("Le pont, lundi. © Jeanne Modèle / AFP", "Le pont, lundi.", "Jeanne Modèle / AFP"),
    ("El puente (Juan Modelo)", "El puente", "Juan Modelo"),
    ("The bridge | Reuters", "The bridge", "Reuters"),
    ("The bridge (left) and the old mill", "The bridge (left) and the old mill", ""),
    ("The bridge was built by Anna Sample", "The bridge was built by Anna Sample", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "caption", "credit"), CAPTIONS)
def test_split_credit(text, caption, credit):
    assert split_credit(text) == (caption, credit)


def test_clean_credit():
    assert clean_credit("(Foto: © Max Muster/dpa)") == "Max Muster/dpa"
    assert clean_credit("Anna Sample (Getty)") == "Anna Sample (Getty)"


def test_rights():
    head = '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://example.org/tdm.json"><meta name="robots" content="max-image-preview:large, NOAI, noimageai">'
    assert of(head).rights == [
        {"source": "meta tdm-reservation", "value": "1"},
        {"source": "meta tdm-policy", "value": "https://example.org/tdm.json"},
        {"source": "meta robots", "value": "noai"},
        {"source": "meta robots", "value": "noimageai"},
    ]
    assert of('<meta name="tdm-reservation" content="0"><meta name="robots" content="index, follow">').rights == []


def test_rights_of_headers():
    headers = {"TDM-Reservation": "1", "X-Robots-Tag": ["noindex", "somebot: noai, noarchive"], "Server": "x"}
    assert rights.from_headers(headers) == [
        {"source": "http tdm-reservation", "value": "1"},
        {"source": "http x-robots-tag", "value": "noai"},
        {"source": "http x-robots-tag", "value": "noarchive"},
    ]
    assert rights.from_headers({}) == []


PUBLISHERS = [
    (ld('"publisher": {"name": "Example Times"}'), "x", "Example Times"),
    (
        ld('"publisher": {"name": "Example Media AG"}') + '<meta property="og:site_name" content="Example Times">',
        "x",
        "Example Times",
    ),
    (ld('"publisher": {"name": "Example Media AG"}'), "x", "Example Media AG"),
    ('<meta property="og:site_name" content="Example &amp;amp; Times">', "x", "Example & Times"),
    ('<script type="application/ld+json">{"@type": "WebSite", "name": "Example Times"}</script>', "x", "Example Times"),
    ('<meta property="og:site_name" content="https://example.org">', "x", None),
    ("", "Old bridge closed | Example", "Example"),
    ("", "Old bridge closed | Politics", None),
]


@pytest.mark.parametrize(("head", "title", "expected"), PUBLISHERS)
def test_publisher(head, title, expected):
    assert of(head, title=title).publisher == expected


DESCRIPTIONS = [
    (ld('"description": "The river &amp; the <b>rain</b>."'), "The river & the rain."),
    ('<meta property="og:description" content="The river."><meta name="description" content="Other.">', "The river."),
    ('<meta name="description" content="Old bridge closed">', None),
    ('<meta name="description" content="By Anna Sample">', None),
    ("", None),
]


@pytest.mark.parametrize(("head", "expected"), DESCRIPTIONS)
def test_description(head, expected):
    assert of(head).description == expected


def test_facts_fill_gaps_only():
    facts = {"headline": "From the feed", "in_language": "fr"}
    assert of(facts=facts).headline == "Old bridge closed"
    tree = parse("<p>x</p>")
    bare = describe(tree, read(tree), URL, facts=facts, final_url=None)
    assert (bare.headline, bare.in_language) == ("From the feed", "fr")


@pytest.mark.parametrize("html", ["", "\ud800", "<html lang='" + "x" * 9999 + "'>", "<meta name=author content='" + "a, " * 9999 + "'>", "<h1>" * 3000, "<figure><img>" * 3000,
                                  "<base href='http://['><figure><img src='http://['></figure>", "<p class=byline>By " + "A " * 9999, "<title>" + " | " * 9999])  # fmt: skip
@pytest.mark.parametrize("url", [URL, "", "http://[", "file:///x"])
def test_any_page_is_described_and_travels(html, url):
    tree = parse(html)
    assert pickle.loads(pickle.dumps(describe(tree, read(tree), url, facts={"headline": None}, final_url=url or None)))
