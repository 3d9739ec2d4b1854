# ruff: noqa: E501  (tables of markup)
"""Structured data as it stands on real pages."""

import json

import pytest

from newscrawl.parsing.structured import read
from newscrawl.parsing.tree import parse

NEWS = {"@type": "NewsArticle", "headline": "Old bridge closed", "datePublished": "2024-05-03T10:00:00+02:00"}


def data_of(*scripts, head="", body="<h1>Old bridge closed</h1>"):
    tags = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return read(
        parse(f"<html><head><title>Old bridge closed | Times</title>{head}{tags}</head><body>{body}</body></html>")
    )


PLAIN = json.dumps(NEWS)
SHAPES = {
    "plain": PLAIN,
    "a list": f"[{PLAIN}]",
    "nested lists": f"[[{PLAIN}]]",
    "a graph": f'{{"@graph": [{{"@type": "WebPage", "name": "x"}}, {PLAIN}]}}',
    "HTML comment": f"<!-- {PLAIN} -->",
    "CDATA": f"//<![CDATA[\n{PLAIN}\n//]]>",
    "CDATA in comments": f"/*<![CDATA[*/{PLAIN}/*]]>*/",
    "trailing comma": PLAIN[:-1] + ",}",
    "doubled comma": PLAIN.replace('", "', '",, "', 1),
    "semicolon": PLAIN + ";",
    "two objects glued": '{"@type": "WebSite"}' + PLAIN,
    "two objects with a comma": '{"@type": "WebSite"},\n' + PLAIN,
    "escaped as HTML": PLAIN.replace('"', "&quot;"),
    "raw line break in a string": PLAIN.replace("}", ', "description": "a\nb\tc"}'),
    "bad escape": PLAIN.replace("}", ', "description": "it\\\'s"}'),
    "missing value": PLAIN.replace("}", ', "image": }'),
    "byte order mark": "\ufeff" + PLAIN,
    "type with address": PLAIN.replace("NewsArticle", "http://schema.org/NewsArticle"),
    "several types": PLAIN.replace('"NewsArticle"', '["Thing", "NewsArticle"]'),
    "below mainEntity": f'{{"@type": "WebPage", "mainEntity": {PLAIN}}}',
    "below mainEntityOfPage": f'{{"@type": "WebPage", "mainEntityOfPage": {PLAIN}}}',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_article_is_found(shape):
    article = data_of(SHAPES[shape]).article
    assert article is not None
    assert article["headline"] == "Old bridge closed"


NOT_OWN = {
    "a teaser": {"@type": "NewsArticle", "headline": "Snow in the hills", "url": "https://example.org/snow"},
    "a list's entry": {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": NEWS}]},
    "a part": {"@type": "WebPage", "hasPart": [NEWS]},
    "a video": {**NEWS, "@type": "VideoObject"},
    "the page": {**NEWS, "@type": "WebPage"},
    "an organisation": {"@type": "Organization", "name": "Old bridge closed"},
}


@pytest.mark.parametrize("name", NOT_OWN)
def test_not_the_pages_article(name):
    link = '<link rel="canonical" href="https://example.org/bridge">'
    assert data_of(json.dumps(NOT_OWN[name]), head=link).article is None


def test_own_article_among_teasers():
    teasers = [{"@type": "NewsArticle", "headline": f"Other news {i}", "author": "x"} for i in range(5)]
    assert data_of(json.dumps([*teasers, NEWS, *teasers])).article == NEWS


def test_own_article_by_its_address():
    node = {"@type": "Article", "headline": "A quite different wording", "url": "https://example.org/bridge"}
    head = '<link rel="canonical" href="https://example.org/bridge/">'
    assert data_of(json.dumps([NOT_OWN["a teaser"], node]), head=head).article == node


def test_gaps_are_filled_from_a_node_of_the_same_headline():
    article = data_of(json.dumps(NEWS), json.dumps({**NEWS, "author": "A", "datePublished": "1999-01-01"})).article
    assert article == {**NEWS, "author": "A"} or article["datePublished"] == "1999-01-01"
    assert article["author"] == "A"


def test_live_blog_entries_are_not_the_article():
    update = {"@type": "BlogPosting", "headline": "Old bridge closed again", "datePublished": "2024-05-04"}
    blog = {**NEWS, "@type": "LiveBlogPosting", "liveBlogUpdate": [update]}
    assert data_of(json.dumps(blog)).article == blog


def test_meta_dialects():
    data = data_of(
        head='<meta name="Author" content=" A  B "><meta property="og:title article:x" content="T">'
        '<meta itemprop="datePublished" content="2024"><meta http-equiv="Content-Language" content="de">'
        '<meta name="author" content="C"><meta name="empty" content=""><meta content="x"><meta name="y">'
    )
    assert data.meta["author"] == ["A B", "C"]
    assert data.meta["og:title"] == data.meta["article:x"] == ["T"]
    assert data.meta["datepublished"] == ["2024"]
    assert data.first("empty", "content-language") == "de"
    assert data.first("nothing") is None


def test_microdata_of_the_article_alone():
    body = """<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">Old bridge closed</h1>
      <time itemprop="datePublished" datetime="2024-05-03">3 May</time><span itemprop="author">A B</span>
      <div itemscope itemtype="http://schema.org/Comment"><span itemprop="author">Troll</span></div></div>
      <div itemscope itemtype="http://schema.org/NewsArticle"><time itemprop="datePublished" datetime="1999-01-01"></time></div>"""
    data = data_of(body=body)
    assert data.microdata["datePublished"] == ["2024-05-03"]
    assert data.microdata["author"] == ["A B"]


def test_references_are_resolved():
    data = data_of('{"@graph": [{"@id": "#a", "@type": "Person", "name": "A B"}, {"@type": "WebPage"}]}')
    assert data.resolve({"@id": "#a"})["name"] == "A B"
    assert data.resolve({"@id": "#b"}) == {"@id": "#b"}
    assert data.resolve("x") == "x"


def test_lone_surrogates_and_nuls_are_scrubbed():
    assert (
        data_of('{"@type": "NewsArticle", "headline": "Old bridge \\ud800closed\\u0000"}').article["headline"]
        == "Old bridge closed"
    )


HOSTILE = ["{", "[[[[", '{"a":' * 1000, "[" * 100_000, '{"@graph": ' * 900 + "1" + "}" * 900, "null", "1", '"x"', "{}", "[]", "{" * 5000 + "}" * 5000,
           '{"@type": 1}', '{"@type": [null, {}]}', '{"@type": "NewsArticle", "headline": {"a": []}, "url": 5}', ",,,,", "\\", '{"a": "' + "\\" * 9999]  # fmt: skip


@pytest.mark.parametrize("script", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_scripts_do_no_harm(script):
    data_of(script, PLAIN)


@pytest.mark.parametrize(
    "script",
    [
        '{"a": "' + "x" * 10_000_000 + '"}',
        '{"@type":"Thing"},' * 100_000,
        "," * 1_000_000,
        '{"a" :' * 200_000,
        '"' * 1_000_000,
    ],
)
def test_huge_scripts_are_bounded(script):
    assert len(data_of(script).nodes) <= 20_000
