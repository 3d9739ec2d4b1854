"""The roles of a document's lines: what their docstrings show, and captions beside their credit."""

import doctest

import numpy as np
import pytest

from newscrawl.extraction.plain_text import flat, own, roles, signs, wrapping
from newscrawl.extraction.plain_text.roles import among_widgets, captions, shows_a_page
from newscrawl.widgets import rejoin, series
from newscrawl.widgets.source_block import SourceBlock
from newscrawl.widgets.text_evidence import find_hits, read_evidence

CAPTION = "The old ferry at the pier of Wexmouth, on Monday."


MODULES = [flat, own, rejoin, roles, series, signs, wrapping]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_docstrings(module):
    ran = doctest.testmod(module)
    assert ran.attempted or not module.__file__.endswith(".py")  # a compiled module shows no examples
    assert not ran.failed


def test_a_caption_around_its_credit():
    assert captions([CAPTION, "Harbour Office", CAPTION, "It sails."]) == [0, 1, 2]
    assert captions([CAPTION, "It was closed for eleven weeks.", CAPTION]) == []
    assert captions([CAPTION, "Harbour Office", "It sails."]) == []


def test_a_line_that_is_sure_to_go_and_no_widget_shows_a_page():
    scores = np.array([0.5, 4.0, 1.0], dtype=np.float32)
    assert shows_a_page(scores, [False, False, False])
    assert not shows_a_page(scores, [False, True, False])
    assert not shows_a_page(scores[:1], [False])


def test_a_line_without_a_telling_word_needs_more_among_widgets():
    blocks = [
        SourceBlock(type="paragraph", text=text, time=None) for text in ("Sign up for our newsletter", "It sails at 7.")
    ]
    lines = read_evidence(blocks, "en", find_hits(blocks))
    scores, plain = np.ones(2, dtype=np.float32), np.array([2.5, 0.0], dtype=np.float32)
    told, silent = among_widgets(scores, plain, lines, [True, False]).tolist()
    assert told == 1.0 > 0.0 > silent
    assert among_widgets(scores, plain, lines, [False, False])[1] > 0.0
    assert among_widgets(scores, plain - 4, lines, [False, False])[1] < 0.0  # prose
