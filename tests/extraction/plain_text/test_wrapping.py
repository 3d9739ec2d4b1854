"""Which line goes on with the one before, told by the column at which a text is wrapped."""

# ruff: noqa: E501

from __future__ import annotations

import textwrap

import pytest

from newscrawl.extraction.plain_text.lines import read_blocks
from newscrawl.extraction.plain_text.wrapping import Wrapping, first_word, indentation, wrapping_of

EN = [
    "The harbour board of Wexmouth closed the northern pier on Tuesday after divers found that two of its oak piles had "
    "been eaten away by worms, and fishermen will have to unload at the old quay until the end of the autumn season.",
    "Anna Marlow, who has run the ice house since 1998, said that 1,200 crates a day cannot pass through a gate three "
    "metres wide. Mayor Hugh Penrose promised a second gate, and asked the county for a loan of 400,000 crowns.",
    "The board meets again on 14 May, when the county engineer is to say whether the pier can be saved at all.",
]
DE = [
    "Der Hafenrat von Wexmünde hat am Dienstag die Nordmole gesperrt, nachdem Taucher festgestellt hatten, dass zwei der "
    "Eichenpfähle von Würmern zerfressen sind. Die Fischer müssen bis zum Ende der Herbstsaison am alten Kai löschen.",
    "Landrätin Hedwig Olms will im Mai entscheiden, ob die Mole zu retten ist, teilte das Amt am Abend mit.",
]
FR = [
    "Le conseil du port a fermé mardi la jetée nord : deux pieux de chêne, rongés par les vers, menaçaient de céder, et "
    "les pêcheurs devront débarquer au vieux quai jusqu'à la fin de l'automne, « au moins », précise la capitainerie.",
    "Saint-Amour et Valbrune ont offert leurs grues. Le maire Paul Grangier réclame 400 000 couronnes au département.",
]


def wrapped(paragraphs: list[str], width: int, *, indent: str = "", between: str = "\n\n") -> str:
    fill = [textwrap.wrap(text, width, break_on_hyphens=False, initial_indent=indent, subsequent_indent=indent) for text in paragraphs]  # fmt: skip
    return between.join("\n".join(lines) for lines in fill)


def texts(source: str) -> list[str]:
    return [block["text"] for block in read_blocks(source)]


@pytest.mark.parametrize("width", [48, 60, 72, 80, 100, 130])
@pytest.mark.parametrize("paragraphs", [EN, DE, FR], ids=["en", "de", "fr"])
def test_paragraphs_come_out_as_paragraphs(paragraphs: list[str], width: int) -> None:
    assert texts(wrapped(paragraphs, width)) == paragraphs


@pytest.mark.parametrize("indent", ["   ", "\t"])
def test_indented_as_in_the_dump_of_a_text_browser(indent: str) -> None:
    source = f"The northern pier is closed\n\n{wrapped(EN, 72, indent=indent)}"
    assert texts(source) == ["The northern pier is closed", *EN]


def test_a_longer_line_beside_them_does_not_matter() -> None:
    caption = "The northern pier of Wexmouth on Tuesday, with the divers' boat beside it (Photo: Ida Vance, Courier)"
    assert texts(f"{wrapped(EN[:1], 66)}\n\n{caption}\n\n{wrapped(EN[1:], 66)}") == [EN[0], caption, *EN[1:]]


def test_a_heading_above_the_first_line_of_its_paragraph_stays_apart() -> None:
    source = f"Two piles eaten away\n{wrapped(EN[:1], 72, indent='   ')}\n\nA loan of the county\n{wrapped(EN[1:2], 72, indent='   ')}"
    assert texts(source) == ["Two piles eaten away", EN[0], "A loan of the county", EN[1]]


def test_items_of_a_list_with_a_hanging_indent() -> None:
    items = ["boats of more than twelve metres unload at the old quay, one after the other, by night as well as by day",
             "boats of less than twelve metres may use the slipway"]  # fmt: skip
    listed = "\n".join(textwrap.fill(item, 60, initial_indent="     * ", subsequent_indent="       ") for item in items)
    assert texts(f"{wrapped(EN, 60)}\n\n{listed}") == [*EN, *items]


def test_a_quoted_paragraph() -> None:
    quoted = textwrap.fill(EN[0], 64, initial_indent="> ", subsequent_indent="> ")
    blocks = read_blocks(f"{wrapped(EN[1:], 66)}\n\n{quoted}")
    assert [(block["type"], block["text"]) for block in blocks][-1] == ("quote", EN[0])


def test_a_label_that_would_fit_into_a_sentence_is_none_of_it() -> None:
    lines = wrapped(EN[:1], 72).split("\n")
    assert texts("\n".join([*lines, "Advertisement", "", wrapped(EN[1:], 72)])) == [EN[0], "Advertisement", *EN[1:]]


def test_lines_without_spaces() -> None:
    text = (
        "港湾委員会は火曜日、潜水夫が樫の杭二本の腐食を見つけたことを受けて北桟橋を閉鎖した。漁師は秋の終わりまで旧岸壁で水揚げする。"
        * 2
    )
    lines = "\n".join(text[i : i + 24] for i in range(0, len(text), 24))
    assert texts(lines) == [text]


@pytest.mark.parametrize("source", [EN, ["Sport", "Politics", "Weather", "Culture", "Opinion"], EN[:1], [], ["", ""]])
def test_a_text_that_is_not_wrapped(source: list[str]) -> None:
    assert wrapping_of(source) == Wrapping()


def test_a_caption_that_stands_twice_is_no_broken_line() -> None:
    caption = "The northern pier of Wexmouth on Tuesday, with the divers' boat beside it. Photo-Courier"
    assert texts(f"{EN[0]}\n\n{caption}\n{caption}\n{EN[1]}\n\n{EN[2]}") == [EN[0], caption, caption, *EN[1:3]]


def test_parts() -> None:
    assert (first_word("  * The ferry"), first_word("> Quoted words"), first_word("渡し船は")) == (
        "The",
        "Quoted",
        "渡",
    )
    assert (indentation("   a"), indentation("\ta"), indentation("a")) == (3, 8, 0)
