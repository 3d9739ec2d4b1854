"""Links, boxes, hidden text and entries: decided as wholes."""

from __future__ import annotations

import numpy as np
import pytest

from newscrawl.extraction.body.boxes import empty_boxes
from newscrawl.extraction.body.embedded import unwrap_noscript
from newscrawl.extraction.body.entries import is_archive
from newscrawl.extraction.body.hidden import take_out_hidden
from newscrawl.extraction.body.link_paragraphs import take_out_links
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.structured import read
from newscrawl.parsing.tree import body_of, parse, text_of

URL = "https://www.harbour-post.example/town/ferry-12"
PROSE = "The ferry of Anvik left the quay an hour late, and nobody on board minded, since the sea was calm. " * 3
TITLE = "Council buys two lighthouses for a crown"
LINK = f'<a href="/town/lights-9">{TITLE}</a>'


def left_after_links(middle: str, logit: float = 1.0) -> list[str]:
    segments, _ = segment(body_of(parse(f"<p>{PROSE}</p>{middle}<p>{PROSE}</p>")))
    roles = [Role.BODY] * len(segments)
    take_out_links(segments, roles, np.full(len(segments), logit, dtype=np.float32), URL)
    return [s.text for s, role in zip(segments, roles, strict=True) if role is Role.BODY and s.text != PROSE.strip()]


@pytest.mark.parametrize(
    "middle",
    [
        f"<p>{LINK}</p>",
        f"<h3>{LINK}</h3>",
        f"<p>▶ {LINK}</p>",
        f"<p>&gt;&gt; {LINK} &lt;&lt;</p>",
        f"<ul><li>{LINK}</li><li>{LINK}</li></ul>",
        f"<p><b>Related stories</b></p><ul><li>{LINK}</li><li>{LINK}</li></ul>",
    ],
)
def test_a_paragraph_that_is_only_a_link_to_another_article_goes(middle: str) -> None:
    assert left_after_links(middle) == []


@pytest.mark.parametrize(
    ("middle", "text"),
    [
        (f'<p><a href="https://other.example/a/b">{TITLE}</a></p>', TITLE),
        ('<p><a href="/town/lights-9">Lighthouses</a></p>', "Lighthouses"),
        (f"<p>{LINK} is what they said.</p>", f"{TITLE} is what they said."),
        ('<p><a href="/town/ferry-12#two">The second half of the story</a></p>', "The second half of the story"),
    ],
)
def test_other_links_stay(middle: str, text: str) -> None:
    assert left_after_links(middle) == [text]


def test_links_stay_where_they_are_announced_or_sure() -> None:
    assert left_after_links(f"<p>The council has published:</p><p>{LINK}</p>")[-1] == TITLE
    assert left_after_links(f"<p>{LINK}</p>", logit=4.0) == [TITLE]
    assert left_after_links(f"<p>» {LINK}</p>", logit=4.0) == []


def test_a_list_that_is_partly_prose_stays_whole() -> None:
    own = "A lighthouse that has been dark since the war, with a keeper's house and a garden."
    assert left_after_links(f"<ul><li>{LINK}</li><li>{own}</li></ul>") == [TITLE, own]


def test_the_last_lines_of_a_box_go_with_it() -> None:
    box = f'<section class="related-box"><h2>More</h2><p>{LINK}</p><p>{LINK}</p><span>end of list</span></section>'
    segments, _ = segment(body_of(parse(f"<p>{PROSE}</p>{box}")))
    roles = [Role.BODY, Role.OUT, Role.OUT, Role.OUT, Role.BODY]
    empty_boxes(segments, roles)
    assert roles == [Role.BODY, *[Role.OUT] * 4]


FIELD = '<form><input type="email" name="email"><button>Go</button></form>'


@pytest.mark.parametrize(
    ("names", "form", "gone"),
    [
        ("newsletter-box", FIELD, True),
        ("donate-box", '<a class="button" href="/give">Donate now</a>', True),
        ("town-box", FIELD, False),
        ("newsletter-box", "<p>Nobody in Anvik reads letters on a Friday.</p>", False),
    ],
    ids=["an e-mail field", "a button", "another name", "no form"],
)
def test_a_small_offer_goes_with_its_form(names: str, form: str, gone: bool) -> None:
    box = f'<div class="{names}"><h4>The Bay each Friday</h4><p>The best of the week, and the tides.</p>{form}</div>'
    segments, _ = segment(body_of(parse(f"<p>{PROSE}</p>{box}<p>{PROSE}</p>")))
    roles = [Role.OUT if s.text in ("Go", "Donate now") else Role.BODY for s in segments]
    empty_boxes(segments, roles)
    assert (roles[1:3] == [Role.OUT, Role.OUT]) is gone
    assert roles[0] is roles[-1] is Role.BODY


def test_a_long_box_that_is_called_so_stays() -> None:
    box = f'<div class="newsletter-page"><h4>The Bay each Friday</h4><p>{PROSE * 3}</p>{FIELD}</div>'
    segments, _ = segment(body_of(parse(box)))
    roles = [Role.BODY] * len(segments)
    empty_boxes(segments, roles)
    assert Role.OUT not in roles


@pytest.mark.parametrize("text", [PROSE, "and the rest of a sentence that it broke"])
def test_prose_and_the_rest_of_a_sentence_stay_in_a_box(text: str) -> None:
    segments, _ = segment(body_of(parse(f'<div class="related-box"><p>{LINK}</p><p>{LINK}</p><p>{text}</p></div>')))
    roles = [Role.OUT, Role.OUT, Role.BODY]
    empty_boxes(segments, roles)
    assert roles[-1] is Role.BODY


@pytest.mark.parametrize("attribute", ['style="display:none"', "hidden", 'aria-hidden="true"'])
def test_a_hidden_copy_goes_and_other_hidden_text_stays(attribute: str) -> None:
    other = "The harbour master, who had slept badly, let the guests wait and had coffee brought."
    markup = f"<p>{PROSE}</p><div {attribute}><p>{PROSE} {PROSE}</p></div><div {attribute}><p>{other}</p></div>"
    segments, _ = segment(body_of(parse(markup)))
    roles = [Role.BODY] * len(segments)
    take_out_hidden(segments, roles)
    assert roles == [Role.BODY, Role.OUT, Role.BODY]


def test_data_of_scripts_goes() -> None:
    segments, _ = segment(body_of(parse('<p>{"size": 3, "label": "Buy", "more": {"x": 1}}</p><p>{The ferry}</p>')))
    roles = [Role.BODY, Role.BODY]
    take_out_hidden(segments, roles)
    assert roles == [Role.OUT, Role.BODY]


def test_noscript_with_paragraphs_is_unwrapped_and_a_pixel_is_not() -> None:
    tree = parse(f'<div><noscript><p>{PROSE}</p></noscript><noscript><img src="/p.gif"></noscript></div>')
    assert unwrap_noscript(body_of(tree))
    assert len(tree.findall(".//noscript")) == 1
    assert not unwrap_noscript(body_of(parse('<noscript><img src="/p.gif"></noscript>')))


def entries(count: int, names: str = "archive category") -> tuple[str, list[str]]:
    texts = [f"Number {i}: {PROSE}".strip() for i in range(count)]
    posts = "".join(
        f'<article class="hentry"><h2><a href="/town/{i}">Ferry {i}</a></h2><p>{text}</p></article>'
        for i, text in enumerate(texts)
    )
    return f'<html><body class="{names}">{posts}</body></html>', texts


@pytest.mark.parametrize(
    ("count", "names", "archive"),
    [
        (4, "archive category", True),
        (6, "", True),
        (4, "", False),
        (6, "single postid-9", False),
        (2, "archive", False),
    ],
)
def test_an_archive_is_a_body_of_several_entries(count: int, names: str, archive: bool) -> None:
    page, texts = entries(count, names)
    tree = parse(page)
    assert is_archive(tree, read(tree), texts) is archive


@pytest.mark.parametrize(
    ("teaser", "archive"),
    [
        ("<h2><a href='/{0}'>Title {0}</a></h2><p>Teaser {0}.</p>", True),
        ("<h2>Title {0}</h2><p>Teaser {0}.</p>", False),
        ("<h2><a href='/{0}'>Title {0}</a></h2><p>{0} " + "a long text of its own " * 12 + "</p>", False),
    ],
    ids=["linked", "not linked", "long"],
)
def test_a_list_of_teasers_is_no_article(teaser: str, archive: bool) -> None:
    items = "".join(f"<li>{teaser.format(word)}</li>" for word in ("One", "Two", "Three", "Four", "Five"))
    tree = parse(f"<body><ul>{items}</ul></body>")
    texts = [text_of(element) for element in tree.iter("p")]
    assert is_archive(tree, read(tree), texts) is archive
    assert not is_archive(tree, read(tree), [*texts, "An article of its own stands above the list of others. " * 3])


def test_an_article_above_teasers_is_no_archive() -> None:
    page, texts = entries(6, "archive")
    tree = parse(page)
    assert not is_archive(tree, read(tree), ["The article's own text, which stands in no entry."])
    tree = parse(page.replace("<html>", '<html><head><meta property="og:type" content="article"></head>'))
    assert not is_archive(tree, read(tree), texts)
