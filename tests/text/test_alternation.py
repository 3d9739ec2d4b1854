import re

import pytest

from newscrawl.text.alternation import alternation

WORDS = ["ad", "adverts", "advert", "social", "so", "c++", "a.b"]


@pytest.mark.parametrize("text", ["ad", "adverts", "advertsing", "so", "social", "c++", "acb", "a.b", "", "xx-adsox"])
def test_the_longest_word_at_each_place_is_found(text):
    plain = re.compile("|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)))
    assert re.findall(alternation(WORDS), text) == plain.findall(text)
