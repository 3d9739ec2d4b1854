from __future__ import annotations

import pytest

from newscrawl import clean_html

PROSE = "The doctor of the island gives her patients a few rules for the winter, and most of them keep to these rules."
ITEMS = ["Walk more: an hour a day, in any weather.", "Sleep more: seven hours are no luxury."]


def blocks(*items: str) -> list[str]:
    markup = "".join(f"<li>{item}</li>" for item in items)
    page = (
        f"<h1>Doctor's rules</h1><p>{PROSE}</p><p>{PROSE} Here they are.</p><ul>{markup}</ul><p>{PROSE} So be it.</p>"
    )
    return [block["text"] for block in clean_html(f"<article>{page}</article>").blocks]


@pytest.mark.parametrize("rule", ["Read more: one book a month is enough.", "See also: the doctor is in on Mondays."])
def test_a_sentence_among_sentences_of_a_list_stays(rule: str) -> None:
    assert rule in blocks(ITEMS[0], rule, ITEMS[1])


def test_a_link_line_in_a_list_goes() -> None:
    link = "Read more: <a href='https://harbour-post.example/town/lights'>Council buys two lighthouses</a>"
    assert "Council buys two lighthouses" not in " ".join(blocks(ITEMS[0], link, ITEMS[1]))
