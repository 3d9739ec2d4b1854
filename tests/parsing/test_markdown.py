"""Markdown markup becomes types and text."""

import pytest

from newscrawl.parsing.markdown import inline, read_line


@pytest.mark.parametrize(
    ("line", "block", "text"),
    [
        ("## The bridge ##", "heading", "The bridge"),
        ("#hashtag stays", "paragraph", "#hashtag stays"),
        ("- first point", "list_item", "first point"),
        ("• first point", "list_item", "first point"),
        ("1. first point", "paragraph", "1. first point"),
        ("> she said", "quote", "she said"),
        ("| Lyon | 12 |", "paragraph", "Lyon 12"),
        ("* * *", "paragraph", ""),
        ("---\t-----", "paragraph", ""),
        ("-", "paragraph", ""),
        ("2024 was – as ever – wet", "paragraph", "2024 was – as ever – wet"),
    ],
)
def test_line(line, block, text):
    read = read_line(line)
    assert (read.type, read.text) == (block, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("the [old bridge](https://www.paper.example/a_(b)) fell", "the old bridge fell"),
        ('a [link](x "title") here', "a link here"),
        ("**bold** and *italic* and __both__", "bold and italic and both"),
        ("snake_case_name and 4*5*6", "snake_case_name and 4*5*6"),
        ("![a bridge](b.jpg)The bridge", "The bridge"),
        ("use `make` now", "use make now"),
        (r"5 \* 3 \_x\_", "5 * 3 _x_"),
        ("salt &amp; pepper<br/>bread", "salt & pepper bread"),
        ("a < b and c > d", "a < b and c > d"),
        ("[everything the agency told us]", "[everything the agency told us]"),
        ("two\u00a0words\u200b", "two words"),
    ],
)
def test_inline(source, text):
    assert inline(source)[0] == text


def test_share_of_link_text():
    assert inline("[all of it](#)")[1] == 1.0
    assert 0.3 < inline("**More:** [the bridge](#) and then some")[1] < 0.5
