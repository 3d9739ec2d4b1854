from __future__ import annotations

import pytest

from newscrawl import clean_html

PROSE = [
    "The ferry of Anvik left the quay an hour late, and nobody on board minded, since the sea was calm.",
    "Its captain had waited for a letter, which the council sends to the island on the first of each month.",
    "A ticket costs four crowns, as it did last year, and children travel for nothing until the end of May.",
]


def last(*lines: str) -> str:
    texts = "".join(f"<p>{text}</p>" for text in (*PROSE, *lines))
    return clean_html(f"<article><h1>Ferry leaves late</h1>{texts}</article>").blocks[-1]["text"]


@pytest.mark.parametrize("mark", ["(END)", "-30-", "###", "[ENDS]", "(Ende)"])
def test_an_end_mark_goes(mark: str) -> None:
    assert last(mark) == PROSE[-1]


@pytest.mark.parametrize("line", ["The card in chalk said (END).", "It cost 30 crowns in the end."])
def test_a_sentence_that_speaks_of_the_end_stays(line: str) -> None:
    assert last(line) == line
