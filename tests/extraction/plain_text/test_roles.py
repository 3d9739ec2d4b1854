"""The roles of a document's lines: what their docstrings show, and captions beside their credit."""

import doctest

import pytest

from newscrawl.extraction.plain_text import flat, own, roles, signs, wrapping
from newscrawl.extraction.plain_text.roles import captions
from newscrawl.widgets import rejoin, series

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
