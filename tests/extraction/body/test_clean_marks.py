from __future__ import annotations

import re

import pytest

from newscrawl.extraction import Document, extract
from newscrawl.extraction.body.assemble import assemble
from newscrawl.extraction.body.clean_marks import write_marks
from newscrawl.extraction.body.clean_tree import drop, serialise
from newscrawl.extraction.body.container import container
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse

LINE = "Paragraph {} tells at some length what the ministers said about the harbour, and what the town made of it."


def page(*parts: str) -> bytes:
    lines = [f"<p>{LINE.format(i)}</p>" for i in range(4)]
    body = "".join([*lines[:2], *parts, *lines[2:]])
    menu = "<nav><a href='/'>Home</a><a href='/s'>Sport</a></nav>"
    return f"<html><body>{menu}<main><h1>The harbour</h1><div>{body}</div></main></body></html>".encode()


PARTS = [
    "<p>A short one.</p>",
    "<p><a href='/x'>Read the whole story of the harbour here</a></p>",
    "<div class='newsletter'><h3>Our newsletter</h3><form><input type='email' name='email'></form></div>",
    "<p>The ministers met in the old palace, where they</p><div class='ad'>Advertisement</div><p>spoke of it.</p>",
    "Bare text of some length between the paragraphs, as old pages have it, with a second half.<br><br>And more of it.",
    "<h2>The harbour</h2><p>Votu.</p>",
    "<ul><li>One</li><li>Two</li></ul>",
    "<p><figure><img src='/a.jpg'><figcaption>The harbour by night (Photo: A. Example)</figcaption></figure>"
    "<strong>What the town made of it all</strong></p>",
    "<table><tr><td>1</td><td>Rank</td></tr><tr><td>2</td><td>Name</td></tr></table>",
]  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_cleaning_what_is_clean_changes_nothing(part: str) -> None:
    first = extract(Document("https://paper.example/1", page(part)))
    again = extract(Document("https://paper.example/1", first.body))
    assert again.article.blocks == first.article.blocks
    assert again.article.headline == first.article.headline
    assert again.body == first.body
    assert again.article.removed == []


def test_headline_said_again_in_the_body_is_logged() -> None:
    article = extract(Document("https://paper.example/1", page("<h1>The harbour</h1>"))).article
    assert [(removal["kind"], removal["text"]) for removal in article.removed] == [("headline", "The harbour")]


def test_pages_that_were_not_cleaned_are_judged_by_the_models() -> None:
    marked = page().replace(b"<p>", b"<p data-newscrawl='headline'>")
    assert len(extract(Document("https://paper.example/1", marked)).article.blocks) == 4


@pytest.mark.parametrize("mark", ["body", "none", "headline standfirst", "continued", "body " * 3000, "out", "no such"])
@pytest.mark.parametrize("place", ["nav", "script", "html", "body", "p", "div"])
def test_forged_marks_change_no_more_than_the_page_could_say_itself(mark: str, place: str) -> None:
    """A page is believed about its own text, and about nothing else: no text comes of it that does not stand there."""
    hidden = f"<script data-newscrawl='{mark}'>alert(1)</script><!-- secret -->"
    marked = page(hidden).replace(f"<{place}".encode(), f"<{place} data-newscrawl='{mark}'".encode())
    document = Document("https://paper.example/1", marked)
    article = extract(document).article
    assert article == extract(document).article
    given = "".join(re.sub(r"<script.*?</script>|<[^>]*>", "", marked.decode(), flags=re.DOTALL).split())
    found = [block["text"] for block in article.blocks] + [removal["text"] for removal in article.removed]
    assert [text for text in found if "".join(text.split()) not in given] == []
    assert article.canonical_url is None
    assert article.date_published is None


LONG_CELL = "Ten minutes up the hill behind the harbour, and down again"
ROWS = [
    (f"<td>5</td><td>Rest</td><td>{LONG_CELL} and up.</td><td>Bike</td><td>Row</td>", ["5 Rest", "Bike Row"]),
    (f"<td>Peak<p>{LONG_CELL}</p></td><td>500 W</td>", ["Peak", "500 W"]),
    (f"<td>Rating</td><td>9.7<div>{LONG_CELL}</div></td>", ["Rating 9.7"]),
]


@pytest.mark.parametrize(("cells", "left"), ROWS, ids=["a cell", "the second half of a cell", "a box in a joined cell"])
def test_what_stays_of_a_row_is_found_again_as_it_was(cells: str, left: list[str]) -> None:
    tree = parse(f"<body><article><p>Before it.</p><table><tr>{cells}</tr></table><p>Behind it.</p></article></body>")
    segments, _ = segment(body_of(tree))
    roles = [Role.OUT if item.text.startswith(LONG_CELL) else Role.BODY for item in segments]
    within = container(segments, roles)
    assembly = assemble(segments, roles, within, "en")
    assert [block["text"] for block in assembly.blocks] == ["Before it.", *left, "Behind it."]
    write_marks(body_of(tree), segments, roles, within, assembly.mended)
    drop(assembly)
    again, _ = segment(body_of(parse(serialise(tree).decode())))
    assert [item.text for item in again] == ["Before it.", *left, "Behind it."]
