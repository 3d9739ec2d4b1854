from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawl.api import clean_html
from newscrawl.extraction import Document, extract
from newscrawl.extraction.body.live_blog_times import Clocks, is_clock
from newscrawl.extraction.metadata.lexicon import load
from newscrawl.items import Article

TEXTS = [
    "The crane has been lifted from the quay, and the first of the eleven ships may enter the harbour this evening.",
    "Engineers from the mainland have arrived. They say that the northern quay has to be rebuilt from the ground.",
    "The mayor speaks of the second accident within a year, and asks the unions to come to the town hall tonight.",
    "A crane has fallen across the northern quay of Aldermere. Nobody was hurt, the port says in a first statement.",
]
HEADS = ["Ships may enter", "Engineers arrive", "Mayor asks unions to come", "Crane falls"]
CLOCKS = ["00:20", "22:05", "19:40", "17:15"]
LEAD = "<p>After the fall of a crane the harbour of Aldermere is closed. Follow the work on the quay as it happens.</p>"
PUBLISHED = '<meta property="article:published_time" content="2024-05-03T17:20:00+01:00">'
MODIFIED = '<meta property="article:modified_time" content="2024-05-04T00:25:00+01:00">'


def entry(number: int, time: str, extra: str = "") -> str:
    return (
        f'<div class="entry" id="e{number}">{time}<h3>{HEADS[number]}</h3><p>{TEXTS[number]}</p>{extra}'
        '<div class="share-buttons"><a href="#">Share this post on other networks.</a></div></div>'
    )


def page(entries: str, head: str = "", box: str = "liveblog-entries") -> str:
    return (
        f'<html lang="en-GB"><head><title>Harbour closed</title>{PUBLISHED}{MODIFIED}{head}</head><body><article>'
        f'<h1>Harbour closed</h1>{LEAD}<div class="{box}">{entries}</div></article></body></html>'
    )


def read(html: str, **kwargs: Any) -> Article:
    return clean_html(html, url="https://post.example.co.uk/live", fetched_at="2024-05-04T08:00:00Z", **kwargs)


def by_text(article: Article) -> dict[str, str | None]:
    return {block["text"]: block["time"] for block in article.blocks}


LOCAL = ["2024-05-04T00:20:00+01:00", "2024-05-03T22:05:00+01:00", "2024-05-03T19:40:00+01:00"]
LOCAL.append("2024-05-03T17:15:00+01:00")


@pytest.mark.parametrize(
    "stamp",
    [
        '<time datetime="{iso}">{clock}</time>',
        "<time>{clock}</time>",
        '<div class="entry-time">{clock}</div>',
        '<p class="when"><span>{clock} BST</span></p>',
        '<div><time datetime="{iso}">{clock}</time><span>Ann Example</span></div>',
    ],
)
def test_entries_as_blocks_with_their_times(stamp: str) -> None:
    entries = "".join(entry(n, stamp.format(iso=LOCAL[n], clock=CLOCKS[n])) for n in range(4))
    found = read(page(entries))
    expected = [text for pair in zip(HEADS, TEXTS, strict=True) for text in pair]
    assert [block["text"] for block in found.blocks if block["time"]] == expected
    assert [block["time"] for block in found.blocks if block["time"]] == [t for time in LOCAL for t in (time, time)]
    assert [b["type"] for b in found.blocks if b["text"] in HEADS] == ["heading"] * 4
    assert found.date_published == "2024-05-03T17:20:00+01:00"


def test_json_ld_goes_before_the_markup() -> None:
    updates = [
        {"@type": "BlogPosting", "headline": HEADS[n], "articleBody": TEXTS[n], "datePublished": LOCAL[n]}
        for n in range(4)
    ]
    node = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Harbour closed"}
    head = f'<script type="application/ld+json">{json.dumps({**node, "liveBlogUpdate": updates})}</script>'
    entries = "".join(entry(n, "<time>3 hours ago</time>") for n in range(4))
    assert [by_text(read(page(entries, head, "plain")))[text] for text in TEXTS] == LOCAL


def test_the_oldest_first() -> None:
    entries = "".join(entry(n, f"<time>{CLOCKS[n]}</time>") for n in reversed(range(4)))
    assert [by_text(read(page(entries)))[text] for text in TEXTS] == LOCAL


def test_without_boxes() -> None:
    entries = "".join(f"<h4>{CLOCKS[n]}</h4><p>{TEXTS[n]}</p>" for n in range(4))
    found = by_text(read(page(entries)))
    assert [found[text] for text in TEXTS] == LOCAL
    assert not set(CLOCKS) & set(found)


@pytest.mark.parametrize("box", ["plain", "latest-news"])
def test_other_pages_with_times_are_left_alone(box: str) -> None:
    entries = "".join(entry(n, f"<time>{CLOCKS[n]}</time>") for n in range(4))
    assert all(block["time"] is None for block in read(page(entries, box=box)).blocks)


def test_a_teaser_of_a_live_blog_makes_none() -> None:
    teaser = "".join(f'<li><time>{clock}</time> <a href="/live#{clock}">News of the quay</a></li>' for clock in CLOCKS)
    body = "".join(f"<p>{text}</p>" for text in TEXTS * 2)
    found = read(page(f'{body}<div class="liveblog-teaser"><ul>{teaser}</ul></div>', box="text"))
    assert all(block["time"] is None for block in found.blocks)


def test_no_time_is_made_up() -> None:
    entries = "".join(entry(n, "<time>lately</time>" if n == 1 else f"<time>{CLOCKS[n]}</time>") for n in range(4))
    undated = page(entries).replace(PUBLISHED, "").replace(MODIFIED, "")
    assert by_text(read(page(entries)))[TEXTS[1]] is None
    assert all(block["time"] is None for block in read(undated).blocks)


@pytest.mark.parametrize(
    ("raws", "fetched_at", "times"),
    [
        ([["2024-05-03T10:00:00Z"]], None, ["2024-05-03T10:00:00+00:00"]),
        ([["2124-05-03T10:00:00Z"]], "2024-05-03T10:00:00Z", [None]),
        ([["10 minutes ago"]], "2024-05-03T10:00:00Z", ["2024-05-03T10:50:00+01:00"]),
        ([["10:00"]], None, [None]),
        ([[], ["\0"], ["9" * 500], ["\ud800"]], None, [None] * 4),
    ],
)
def test_times(raws: list[list[str]], fetched_at: str | None, times: list[str | None]) -> None:
    assert Clocks((), "en", "GB", fetched_at).resolve(raws) == times


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14:32", True), ("14.32 Uhr", True), ("2.15pm BST", True), ("kl. 14.32", True), ("14h32", True),
        ("午後2時15分", True), ("3 May 2024", False), ("2:1", False), ("Chapter 3", False), ("", False),
        ("At 14:32 the crane fell on", False), ("1,200 boats", False),
    ],
)  # fmt: skip
def test_what_is_a_time_of_day(text: str, clock: bool) -> None:
    assert is_clock(text) is clock


def test_the_names_are_linted() -> None:
    for rule in load("live_blog")["rule"]:
        assert rule["reason"]
        assert any(part in rule["case"] for part in rule["parts"])
        assert len(set(rule["parts"])) == len(rule["parts"])
        assert all(part == part.lower() and len(part) > 7 for part in rule["parts"])


def test_hostile_updates() -> None:
    updates: list[Any] = [None, 3, {"headline": 7}, {"headline": "x" * 9000, "datePublished": ["a"]}, [], "text"]
    node = {"@type": "LiveBlogPosting", "liveBlogUpdate": updates}
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    html = page("".join(entry(n, "<time></time>") for n in range(4)), head)
    found = extract(Document("https://post.example/live", html.encode()))
    assert len(found.article.blocks) >= 4
