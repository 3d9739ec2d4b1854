"""What the names of elements say of a byline, and up to where they speak for what is in them."""

from __future__ import annotations

import pytest

from newscrawl.extraction.metadata.byline_pieces import leads_to_author
from newscrawl.extraction.metadata.markup import OWN_FOOTER, NamedElements, said, under
from newscrawl.parsing.tree import body_of, parse


@pytest.mark.parametrize(
    ("attributes", "kinds"),
    [
        ('class="c-articleByline__text"', {"byline", "credit"}),
        ('class="box" data-testid="Author-Bio"', {"byline", "author_box", "credit", "no_image"}),
        ('id="site-footer"', {"no_byline"}),
        ('class="entry-footer"', {"no_byline", OWN_FOOTER}),
        ('class="hasnt-byline sometimes"', set()),
        ('class="md:[grid-area:sidebar] sidebar"', {"rail"}),
        ("", set()),
    ],
)
def test_names_say_the_kinds_of_word_they_hold(attributes: str, kinds: set[str]) -> None:
    assert said(body_of(parse(f"<p {attributes}>Ada Quill</p>"))[0]) == kinds


def test_an_element_is_read_once_and_knows_those_around_it() -> None:
    body = body_of(parse('<div class="teaser"><p><a>one</a><a>two</a></p></div>'))
    elements = NamedElements()
    one, two = (elements.of(link) for link in body.iter("a"))
    assert one.parent is two.parent is not None
    assert one.parent.parent is elements.of(body[0])
    assert under(one, "no_byline", 2)
    assert not under(one, "no_byline", 1)
    assert not under(one, "no_byline", 2, within=frozenset([body[0]]))


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("https://paper.example/Authors/ada-quill", True),
        ("/profile/7", True),
        ("/by/ada-quill", True),
        ("/?author=7", True),
        ("/guest-author/?page=1", True),
        ("/ſtaff/ada", True),  # one of the forms of an s
        ("/authority/7", False),
        ("/news/profiled", False),
        ("/standby/ada", False),
        ("", False),
    ],
)
def test_links_to_pages_of_authors(href: str, leads: bool) -> None:
    assert leads_to_author(href) is leads
