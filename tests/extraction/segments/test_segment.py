from __future__ import annotations

import pytest
from lxml import html

from newscrawl.extraction.segments.elements import HIDDEN
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse


def texts(markup: str) -> list[str]:
    return [s.text for s in segment(body_of(parse(f"<html><body>{markup}</body></html>")))[0]]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<p>One.</p><p>Two.</p>", ["One.", "Two."], id="blocks part"),
        pytest.param("<p>One <b>bold</b> word.</p>", ["One bold word."], id="inline elements do not"),
        pytest.param("One.<br><br>Two.<br>Three.", ["One.", "Two. Three."], id="two breaks part, one does not"),
        pytest.param("<p>Before <div>box</div> after</p>", ["Before", "box", "after"], id="a box in a paragraph"),
        pytest.param("<p>A <x-note>note</x-note> in it.</p>", ["A note in it."], id="custom element in a paragraph"),
        pytest.param("<x-box><p>A.</p></x-box>tail", ["A.", "tail"], id="custom element around paragraphs"),
        pytest.param("<p>soft\u00adware\u200b and\u00a0space</p>", ["software and space"], id="invisible characters"),
        pytest.param("<p>a<script>b</script>c<style>d</style></p>", ["ac"], id="scripts and styles"),
        pytest.param("<p></p><div> \n </div>", [], id="nothing"),
    ],
)
def test_texts(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


def test_an_inline_element_named_as_a_widget_is_cut_out_and_what_follows_goes_on() -> None:
    segments, _ = segment(body_of(parse('<p>Left <span class="related-link">More</span> right</p>')))
    assert [(s.text, s.continues) for s in segments] == [("Left", False), ("More", True), ("right", True)]


def test_the_comments_of_a_listing_stay_in_it() -> None:
    listing = '<pre><code><span class="comment"># count</span>\nsum(x)<span class="comment"> # all</span></code></pre>'
    assert texts(listing) == ["# count sum(x) # all"]


def test_links_and_controls_are_counted() -> None:
    markup = '<form><p>Read <a href="/x">this</a></p><input type="email" name="m"><button>Go</button></form>'
    segments, frames = segment(body_of(parse(markup)))
    assert [(s.text, s.links, s.link_chars, s.control) for s in segments] == [
        ("Read this", 1, 4, False),
        ("Go", 0, 0, True),
    ]
    assert (frames[0].emails, frames[0].inputs) == (1, 1)


@pytest.mark.parametrize("markup", ['<div style="display: none"><p>x</p></div>', "<div hidden><p>x</p></div>"])
def test_hidden_boxes_are_flagged(markup: str) -> None:
    (item,), _ = segment(body_of(parse(markup)))
    assert item.frame.flags & HIDDEN


def test_sums_go_up_to_the_body() -> None:
    _, frames = segment(body_of(parse("<div><p>abc</p><p>de <a href='/'>fg</a></p></div>")))
    body = frames[0]
    assert (body.chars, body.link_chars, body.segments, body.first, body.last) == (8, 2, 2, 0, 1)


def test_deep_nesting_does_not_fail() -> None:
    depth = 1000
    assert texts("<div>" * depth + "deep" + "</div>" * depth) == ["deep"]


def test_text_for_screen_readers_within_a_paragraph_is_not_shown() -> None:
    markup = '<p>A <a href="/x">rope<span class="u-visually-hidden">(opens in a new window)</span></a> of hemp.</p>'
    segments, _ = segment(body_of(parse(markup)))
    assert [s.text for s in segments] == ["A rope of hemp."]


def test_a_dateline_in_an_element_of_its_own_is_set_apart() -> None:
    segments, _ = segment(body_of(parse("<p><cite>ANVIK (XNA)</cite>The ferry left.</p>")))
    assert [s.text for s in segments] == ["ANVIK (XNA) The ferry left."]


def test_comments_part_nothing_and_their_tails_are_text() -> None:
    """The one parse drops comments; what adds to the tree later may have some."""
    tree = html.document_fromstring("<html><body><p>One <!-- two -->three<?four?> five.</p></body></html>")
    assert [s.text for s in segment(body_of(tree))[0]] == ["One three five."]


def test_a_deep_page_is_walked_through() -> None:
    markup = "<div>" * 2000 + "<p>Down there.</p>"
    assert texts(markup) == ["Down there."]
