"""What fuzzing found, each as the smallest input that broke a promise."""

from __future__ import annotations

import pytest

from newscrawl.discovery.feeds import parse_feed
from newscrawl.discovery.found import web_url
from newscrawl.network.public_hosts import refusal
from newscrawl.parsing.tree import parse, text_of
from newscrawl.urls.canonical import canonical
from tests.fuzz.targets import check_address, check_cleaned_page, check_feed, check_page, check_sitemap, check_text
from tests.support import page

BOX = '<b class="newsletter">Sign up for our daily newsletter</b>'
MORE = "READ MORE: Bridge closed to lorries"
PROSE = "The council met on Monday and agreed that the ferry should sail again before the herring arrive. " * 3
SENTENCE = (
    "The council of Wexmouth met on Monday and agreed that the ferry should sail again before the herring arrive."
)
UNFIT = ["\x01", "\x0b", "\x1b", "\ufffe", "\uffff", "&#1;", "&#x0B;", "&#xfffe;", "&#00031;"]


@pytest.mark.parametrize("character", UNFIT)
def test_what_no_tree_takes_costs_no_article(character: str) -> None:
    """Taking the box out put the text behind it back, which lxml refused: the whole page was lost."""
    check_cleaned_page(page(extra=f"<p>{PROSE}<b class='ad'>Advertisement</b> and {character} more {BOX}</p>"))


@pytest.mark.parametrize("character", [*UNFIT, "&#11;", "\x00", "\ud800"])
def test_what_no_tree_takes_is_left_out(character: str) -> None:
    assert text_of(parse(f"<p>one {character} two</p>")).split() == ["one", "two"]


@pytest.mark.parametrize("reference", ["&#10;", "&#9;", "&#32;", "&#310;", "&#x1F600;", "&#128;"])
def test_other_references_stay(reference: str) -> None:
    assert text_of(parse(f"<p>one{reference}two</p>")) != "onetwo"


@pytest.mark.parametrize(
    "markup",
    [
        "Sign up for our daily newsletter" * 8,  # no article, and none the second time
        "<plaintext></plaintext>" + page(),  # its text was markup the second time
        f"{PROSE}<c></c>READ MORE: Bridge closed to lorries<meta>{PROSE}",  # which text went on was not remembered
        f"{PROSE}<code><c>0</c></code>{PROSE}",  # with the box that parted them gone, two texts ran together
        page(extra=f"{PROSE}<p>By Ada Example</p><br> Cookies <a class='newsletter'>{PROSE}</a>"),  # the same
        page(extra=f"Advertisement {MORE} {MORE} {BOX} article-body"),  # with the box gone, two pieces are one
        page(extra=PROSE + "Ã\x1f\x80"),  # twice encoded only without what is left out
        page(extra=f"{SENTENCE} {BOX} ) Sign up for our daily newsletter"),  # the space before a bracket came back
        page(
            extra=f"<p>The council met on{BOX}Monday and agreed that the ferry should sail again.</p>"
        ),  # two words one
    ],
    ids=range(9),
)
def test_cleaning_again_changes_nothing(markup: str) -> None:
    check_cleaned_page(markup)


@pytest.mark.parametrize("first", ["", 'a=">"', 'a="<p x=" b=" >"', "a='<script>'"])
def test_a_tag_of_thousands_of_attributes_loses_them(first: str) -> None:
    many = " ".join(f"a{number}=1" for number in range(3_000))
    tree = parse(f"<p>one</p><a {first} {many}>two</a>")
    assert [dict(element.attrib) for element in tree.iter("a")] == [{}]


def test_text_encoded_twice_is_no_more_than_it_was() -> None:
    check_text(("Ã\x80", False))
    check_page((page(extra="<p>Itâ\x80\x99s here</p>").encode(), None))


@pytest.mark.parametrize("reference", ["&#xD800;", "&#55296;", "&#0;", "&#1;", "&#xFFFE;", "&#x110000;", "&#9999999;"])
def test_a_reference_to_no_character_costs_no_feed(reference: str) -> None:
    """libxml2 put half a surrogate pair into its tree, and reading it failed."""
    link = f"<link>https://news.example/1<{reference}/link>"
    body = f"<rss><channel><item>{link}<title>a{reference}b &#233;&#x1F600;</title></item></channel></rss>".encode()
    check_feed(body)
    check_sitemap(f"<urlset><url><loc>https://news.example/{reference}</loc></url></urlset>".encode())
    item = f"<link>https://news.example/1</link><title>{reference}&#233;</title>"
    sound = parse_feed(f"<rss><channel><item>{item}</item></channel></rss>".encode(), "https://news.example/")
    assert sound.entries[0].headline == "é"


def test_nul_in_an_address_gives_one_key() -> None:
    check_address("HTTP:\x00https://news.example/1")
    check_address("https://news.example/1\ud800")
    assert "\x00" not in canonical("file:///a\x00b")
    assert refusal("127.0.0.1")


@pytest.mark.parametrize("edge", ["\x08", "\x00 \x1f", "\x1c"])
def test_control_characters_at_the_ends_are_no_part_of_an_address(edge: str) -> None:
    check_address(f"{edge}HTTP://news.example/1{edge}")
    assert web_url(f"{edge}HTTP://news.example/1{edge}", "https://news.example/") == "HTTP://news.example/1"


@pytest.mark.parametrize(
    "url", ["HTTP:;/", "HTTP:// /", "HTTP://¡..", "HTTP://0/..amp", "HTTP://0/.;0/", "//www.www.a."]
)
def test_the_key_of_a_key_is_itself(url: str) -> None:
    check_address(url)
