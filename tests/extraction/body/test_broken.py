from __future__ import annotations

import numpy as np
import pytest

from newscrawl.extraction.body.broken import mend
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse

LEFT = "The council of the harbour town withdrew its boats from"
RIGHT = "all piers in the night, a speaker said."
BOX = "<div><h4>Our letter</h4><p>Each day at six</p></div>"


def taken(markup: str, **margins: float) -> list[str]:
    """Texts that are the body's after mending; a text's margin is given by its first word, 3 otherwise."""
    tree = parse(f"<html><body><article>{markup}</article></body></html>")
    segments, _ = segment(body_of(tree))
    row = np.array([margins.get(s.text.split()[0], 3.0) for s in segments], dtype=np.float32)
    roles = [Role.BODY if margin > 0 else Role.OUT for margin in row]
    mend(segments, roles, row)
    return [s.text for s, role in zip(segments, roles, strict=True) if role is Role.BODY]


@pytest.mark.parametrize(
    "rest",
    [RIGHT, f"{RIGHT} <a class='related'>See also</a>", f"{RIGHT}<div>Share</div>"],
    ids=["last in its box", "before a link set apart", "before a box"],
)
def test_rest_of_a_sentence_after_a_box_nested_in_its_paragraph_is_taken(rest: str) -> None:
    markup = f"<p>{LEFT} {BOX} {rest}</p><p>More of it.</p>"
    assert taken(markup, Our=-5, Each=-5, all=-4, See=-5, Share=-5) == [LEFT, RIGHT, "More of it."]


def test_rest_of_a_sentence_in_a_paragraph_of_its_own_is_taken_unless_it_looks_like_none() -> None:
    markup = f"<p>{LEFT}</p>{BOX}<p>{RIGHT}</p>"
    assert taken(markup, Our=-5, Each=-5, all=-1) == [LEFT, RIGHT]
    assert taken(markup, Our=-5, Each=-5, all=-5) == [LEFT]


def test_doubtful_line_between_the_halves_goes() -> None:
    markup = f"<p>{LEFT}</p>{BOX}<p>{RIGHT}</p>"
    assert taken(markup, Our=1, Each=-5) == [LEFT, RIGHT]
    assert taken(markup, Our=1, Each=1) == [LEFT, RIGHT]


@pytest.mark.parametrize(
    ("between", "what"),
    [
        ("<div><h4>Our letter</h4></div>", "it is surely the article's"),
        ("<ul><li>Doubtful pier</li><li>Doubtful quay</li></ul>", "lists interrupt sentences"),
        ("<p>Doubtful verse</p>", "a paragraph beside them"),
    ],
)
def test_kept_between_halves(between: str, what: str) -> None:
    markup = f"<p>{LEFT}</p>{between}<p>{RIGHT}</p>"
    kept = taken(markup, Doubtful=1)
    assert kept[0] == LEFT, what
    assert kept[-1] == RIGHT, what
    assert len(kept) > 2, what


def test_words_of_a_link_in_a_sentence_stay() -> None:
    words = 'Coffee came to <a class="related-link">Mocha</a> and <a class="related-link">Aden</a> in the same year.'
    assert "Mocha" in taken(f"<p>{words}</p>", Mocha=0.5, Aden=0.5)


def test_whole_sentences_are_left_alone() -> None:
    markup = f"<p>{LEFT} here.</p>{BOX}<p>All piers were empty in the night, a speaker said.</p>"
    assert taken(markup, Our=1, Each=-5, All=-1) == [f"{LEFT} here.", "Our letter"]


LINK = "<a class='related-topic' href='/x'>{}</a>"


@pytest.mark.parametrize(
    ("before", "word", "after"),
    [
        ("The town left the", "union", ". Its harbour closed."),
        ("The talks ended.", "Wexmouth", "was told of it by letter."),
        ("", "Wexmouth", ", a harbour town, was told of it."),
        ("They met in", "Wexmouth", "Harbour on Monday."),
    ],
)
def test_words_in_a_sentence_that_only_look_like_a_box_stay(before: str, word: str, after: str) -> None:
    margins = {word: -1.0}
    texts = [text for text in (before, word, after) if text]
    assert taken(f"<p>{before} {LINK.format(word)} {after}</p>", **margins) == texts


@pytest.mark.parametrize(
    ("before", "word", "after", "margin"),
    [
        ("The town left the", "Advertisement", "union.", -4.0),
        ("The town left.", "Advertisement", "Its harbour closed.", -1.0),
        ("A study says so", "1", ". It was read.", -1.0),
        ("The town left. Its harbour closed.", "Advertisement", "", -1.0),
    ],
    ids=["surely a box", "between sentences", "a note's number", "at the end"],
)
def test_what_is_no_part_of_a_sentence_does_not(before: str, word: str, after: str, margin: float) -> None:
    texts = [text for text in (before, after) if text]
    assert taken(f"<p>{before} {LINK.format(word)} {after}</p>", **{word: margin}) == texts


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ('<a id="tag-twitter-1" href="/tag/ferries">Twitter</a>', True),
        ('<a class="whatsapp" href="https://wiki.example/w">WhatsApp</a>', True),
        ('<a class="twitter" href="https://network.example/intent/post?u=x">Twitter</a>', False),
        ('<a class="related" href="/a/b">Read also: the other story</a>', False),
    ],
)
def test_linked_words_of_a_sentence_stay_whatever_their_link_is_called(link: str, words: bool) -> None:
    texts = taken(f"<p>Guests of the forum and {link} asked for the ferry.</p>", Twitter=-4, WhatsApp=-4, Read=-4)
    assert (len(texts) == 3) is words


@pytest.mark.parametrize(
    ("link", "rest", "words"),
    [
        ('<a id="tag-twitter-1" href="/tag/ferries">Twitter</a>', "erupted over the ferry on Monday.", True),
        ('<a class="twitter" href="/tag/ferries">Twitter</a>', "The ferry sails on Monday.", False),
        ('<a class="twitter" href="https://network.example/intent/post">Twitter</a>', "this story to all.", False),
    ],
)
def test_a_linked_word_that_opens_a_sentence_stays(link: str, rest: str, words: bool) -> None:
    assert (len(taken(f"<p>{link} {rest}</p>", Twitter=-4)) == 2) is words
