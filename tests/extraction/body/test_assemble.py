from __future__ import annotations

import pytest

from newscrawl import clean_html
from newscrawl.extraction.body.assemble import Assembly, assemble
from newscrawl.extraction.body.clean_tree import drop, serialise
from newscrawl.extraction.body.container import container
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse


def put_together(markup: str, *out: str) -> tuple[Assembly, str]:
    """Assemble with the segments of these texts left out."""
    tree = parse(f"<html><body><article>{markup}</article></body></html>")
    segments, _ = segment(body_of(tree))
    roles = [Role.OUT if s.text in out else Role.BODY for s in segments]
    assembly = assemble(segments, roles, container(segments, roles), "en")
    drop(assembly)
    return assembly, serialise(tree).decode()


def blocks(assembly: Assembly) -> list[tuple[str, str]]:
    return [(b["type"], b["text"]) for b in assembly.blocks]


def test_types() -> None:
    assembly, _ = put_together(
        "<h2>Head</h2><p>Text of one.</p><ul><li>• Item</li></ul><blockquote><p>Said so.</p></blockquote>"
        "<p><b>Bold line</b></p><p>More.</p>"
    )
    assert blocks(assembly) == [
        ("heading", "Head"),
        ("paragraph", "Text of one."),
        ("list_item", "Item"),
        ("quote", "Said so."),
        ("heading", "Bold line"),
        ("paragraph", "More."),
    ]


def test_a_removed_box_between_paragraphs_is_logged_at_its_place_and_leaves_the_page() -> None:
    assembly, page = put_together(
        '<p>First text.</p><div class="newsletter"><h3>Our letter</h3><form><input type="email">'
        "<button>Sign up</button>"
        "</form></div><p>Second text.</p>",
        "Our letter",
        "Sign up",
    )
    (removal,) = assembly.removed
    assert (removal["kind"], removal["level"], removal["text"], removal["before"]) == (
        "newsletter",
        "html",
        "Our letter\nSign up",
        1,
    )
    assert (removal["split"], removal["offset"]) == (False, None)
    assert "Our letter" not in page
    assert "<form" not in page
    assert "<p>First text.</p><p>Second text.</p>" in page


def test_a_sentence_broken_by_a_nested_box_is_mended() -> None:
    assembly, page = put_together(
        "<p>The bridge was closed by <div>Subscribe now</div> the mayor on Monday.</p><p>Next.</p>", "Subscribe now"
    )
    assert blocks(assembly)[0] == ("paragraph", "The bridge was closed by the mayor on Monday.")
    (removal,) = assembly.removed
    assert (removal["split"], removal["before"], removal["offset"]) == (True, 0, len("The bridge was closed by "))
    assert "the mayor on Monday." in page


def test_a_sentence_broken_between_two_paragraphs_is_mended() -> None:
    assembly, _ = put_together("<p>The bridge was closed by</p><div>Ad</div><p>the mayor on Monday.</p>", "Ad")
    assert blocks(assembly) == [("paragraph", "The bridge was closed by the mayor on Monday.")]


def test_whole_sentences_around_a_box_stay_two() -> None:
    assembly, _ = put_together("<p>It rained.</p><div>Ad</div><p>The sun came.</p>", "Ad")
    assert len(assembly.blocks) == 2
    assert assembly.removed[0]["split"] is False


def test_an_inline_promo_leaves_its_sentence_whole() -> None:
    assembly, page = put_together('<p>He <span class="readmore-link">Read more</span> left.</p>', "Read more")
    assert blocks(assembly) == [("paragraph", "He left.")]
    assert "Read more" not in page


def test_what_stands_after_the_body_is_logged_at_the_end() -> None:
    assembly, _ = put_together("<p>Text one.</p><p>Text two.</p><div>Read also this</div>", "Read also this")
    assert assembly.removed[0]["before"] == 2


def test_body_and_removals_give_back_the_container() -> None:
    markup = "<p>One text.</p><div>A</div>B<p>Two <div>C</div> texts.</p><div><p>D</p><p>E</p></div>"
    assembly, _ = put_together(markup, "A", "B", "C", "D", "E")
    words = " ".join(b["text"] for b in assembly.blocks) + " " + " ".join(r["text"] for r in assembly.removed)
    assert sorted(words.split()) == sorted("One text. A B Two C texts. D E".split())


def test_a_widget_at_the_start_of_a_paragraph_does_not_put_it_to_the_one_before() -> None:
    assembly, _ = put_together(
        '<p>The talks ended.</p><p><b class="newsletter">Sign up</b> They failed.</p>', "Sign up"
    )
    assert blocks(assembly) == [("paragraph", "The talks ended."), ("paragraph", "They failed.")]
    assert [removal["split"] for removal in assembly.removed] == [False]


def test_words_around_a_widget_stay_two_in_the_page() -> None:
    assembly, page = put_together('<p>They met on<b class="newsletter">Sign up</b>Monday.</p>', "Sign up")
    assert blocks(assembly) == [("paragraph", "They met on Monday.")]
    assert "".join(parse(page).itertext()) == "They met on Monday."


def test_widgets_side_by_side_leave_one_border_and_at_the_ends_of_a_paragraph_none() -> None:
    widget = '<b class="newsletter">Sign up</b>'
    _, page = put_together(f"<p>{widget}<i>They met</i> {widget} {widget} on <i>Monday.</i> {widget}</p>", "Sign up")
    assert page.count("<span") == 1


KEY = "Anvik has the oldest ferry that still runs under sail along the coast"
NEXT = "Skippers asked for a new quay on Monday."


@pytest.mark.parametrize("left", [f"<ul><li>{KEY}</li></ul>", f"<blockquote><p>{KEY}</p></blockquote>"])
def test_a_key_point_or_quote_is_not_joined_with_the_paragraph_behind_a_box(left: str) -> None:
    assembly, _ = put_together(f"{left}<div>Advertisement</div><p>{NEXT}</p>", "Advertisement")
    assert [text for _, text in blocks(assembly)] == [KEY, NEXT]


def test_an_item_that_a_box_breaks_is_joined() -> None:
    markup = "<ul><li>The ferry left the quay with<div>Advertisement</div> nobody on board.</li></ul>"
    assembly, _ = put_together(markup, "Advertisement")
    assert blocks(assembly) == [("list_item", "The ferry left the quay with nobody on board.")]


def test_a_standfirst_is_not_joined_over_the_byline() -> None:
    tree = parse(f"<p>{KEY}</p><div>By Ode Hallin</div><p>{NEXT}</p>")
    segments, _ = segment(body_of(tree))
    roles = [Role.BODY, Role.BYLINE, Role.BODY]
    assert len(assemble(segments, roles, container(segments, roles), "en").blocks) == 2


def test_links_in_a_row_have_a_line_each_in_their_removal() -> None:
    links = "".join(f'<a href="/{name}">{name} news</a>' for name in ("Bridge", "Harbour", "Herring"))
    first, second = (
        f"<p>The council of Wexmouth met on day {n} and agreed that the ferry, long out of service, should sail again "
        "before the herring arrive in the bay.</p>" * 2
        for n in ("one", "two")
    )
    box = f'<div class="related-links">{links}</div>'
    page = f'<html lang="en"><body><article><h1>Ferry</h1>{first}{box}{second}</article></body></html>'
    (taken,) = clean_html(page).removed
    assert taken["text"] == "Bridge news\nHarbour news\nHerring news"
