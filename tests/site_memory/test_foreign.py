"""The same body under several headlines is nobody's: the page is judged again without it."""

from __future__ import annotations

import pytest

from newscrawl.extraction import Document, extract
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.items import Article
from newscrawl.parsing.trees import Matrix
from newscrawl.site_memory.codec import dumps, loads
from newscrawl.site_memory.memories import BoundedStore, SiteMemories
from newscrawl.site_memory.memory import SiteMemory
from newscrawl.site_memory.pieces import piece, title_words

NOTICE = [
    "The paper of the island has moved to a house by the harbour, and its door stands open to all from nine to five.",
    "Letters, small advertisements and lost property are taken in on the ground floor, where the bookshop used to be.",
    "The archive, with every number since the first one, can be read upstairs on two afternoons in the week.",
]
HEADLINES = [
    "Ferry sails an hour late",
    "Council buys two lighthouses",
    "Choir looks for tenors",
    "Winter storm breaks pier",
    "School garden wins prize",
    "Old baker closes shop",
]


def story(number: int) -> list[str]:
    name = ("Anna", "Berta", "Clara", "Dora", "Emma", "Frida")[number]
    return [
        f"{name} Holm had counted on everything but this, she said when the news reached her at {number + 3}.",
        f"Nobody in the street of {name} could remember a year like it, and some have lived there since the war.",
        f"What will become of it is to be settled in spring, when number {number + 40} comes before the council.",
    ]


def page(number: int) -> bytes:
    notice = "".join(f"<p>{text}</p>" for text in NOTICE)
    own = "".join(f"<div class='teaser'><p>{text}</p></div>" for text in story(number))
    head = f"<title>{HEADLINES[number]}</title><meta property='og:title' content='{HEADLINES[number]}'>"
    body = f"<article class='article-body'>{notice}</article><aside class='sidebar widget promo'>{own}</aside>"
    return f"<html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def read(memories: SiteMemories, number: int) -> Article:
    url = f"https://island-post.example/news/{number}"
    extraction = extract(Document(url, page(number), memory=memories.view(url)))
    memories.learn(url, extraction.article.headline, extraction.pieces)
    return extraction.article


def texts(article: Article) -> list[str]:
    """Texts of the body, with the standfirst that was set apart from it."""
    blocks = [block["text"] for block in article.blocks]
    return [article.description, *blocks] if article.description and article.description not in blocks else blocks


def test_a_body_under_a_fourth_headline_is_not_taken() -> None:
    memories = SiteMemories()
    bodies = [texts(read(memories, number)) for number in range(6)]
    assert bodies[0] == NOTICE
    assert bodies[3:] == [story(number) for number in range(3, 6)]


def test_what_is_left_is_looked_through_like_any_body(monkeypatch: pytest.MonkeyPatch) -> None:
    def take_out(segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
        for i, item in enumerate(segments):
            if item.text.startswith("Nobody"):
                roles[i] = Role.OUT

    monkeypatch.setattr("newscrawl.extraction.article.take_out_others", take_out)
    memories = SiteMemories()
    bodies = [texts(read(memories, number)) for number in range(4)]
    assert bodies[3] == [text for text in story(3) if not text.startswith("Nobody")]


def test_it_is_known_to_the_next_run() -> None:
    store = BoundedStore()
    first = SiteMemories(store)
    for number in range(3):
        read(first, number)
    first.close()
    assert texts(read(SiteMemories(store), 0)) == story(0)


def test_a_page_with_nothing_else_keeps_it() -> None:
    memories = SiteMemories()
    for number in range(4):
        read(memories, number)
    url = "https://island-post.example/about"
    notice = "".join(f"<p>{text}</p>" for text in NOTICE)
    alone = f"<html><body><article><h1>About us</h1>{notice}</article></body></html>".encode()
    assert texts(extract(Document(url, alone, memory=memories.view(url))).article) == NOTICE


def learned(*met: tuple[int, str]) -> SiteMemory:
    memory = SiteMemory()
    for key, headline in met:
        memory.learn(key, title_words(headline), [piece(text) for text in NOTICE])
    return memory


@pytest.mark.parametrize(
    ("met", "foreign"),
    [
        (list(enumerate(HEADLINES[:3])), True),
        (list(enumerate(HEADLINES[:2])), False),
        ([(i, HEADLINES[0]) for i in range(4)], False),
        ([(7, headline) for headline in HEADLINES[:4]], False),
        ([(0, "Ferry sails late"), (1, "Ferry sails an hour late"), (2, "Ferry sails two hours late")], False),
    ],
    ids=["three headlines", "two", "one article at four URLs", "one page that changes", "versions of one headline"],
)
def test_only_unlike_headlines_at_several_urls_tell(met: list[tuple[int, str]], foreign: bool) -> None:
    memory = learned(*met)
    for one in (memory, loads(dumps(memory))):
        assert (piece(NOTICE[0]).mark in one.view(99).foreign) is foreign
