from __future__ import annotations

import pytest

from newscrawl.extraction import Document, extract

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
    article = extract(Document("https://paper.example/1", page("<h2>The harbour</h2>"))).article
    assert [(removal["kind"], removal["text"]) for removal in article.removed] == [("headline", "The harbour")]


def test_pages_that_were_not_cleaned_are_judged_by_the_models() -> None:
    marked = page().replace(b"<p>", b"<p data-newscrawl='headline'>")
    assert len(extract(Document("https://paper.example/1", marked)).article.blocks) == 4
