"""Which halves belong together, and how they are joined."""

import pytest

from newscrawl.widgets.rejoin import join, should_join

LONG = "The delegation travelled by night train along the coast and reached the old harbour of"


@pytest.mark.parametrize(
    ("left", "right", "language", "joined"),
    [
        ("Les heurts ont repris dans les rues de la ville, rendues", "glissantes par la pluie.", "fr", True),
        ("The talks were held in", "front of the palace.", "en", True),
        (LONG, "Marseille before dawn.", "en", True),
        ("Der Zug fuhr am Abend durch die", "Vororte der Stadt.", "de", True),
        ("Die Reise führte die Gruppe am zweiten Tag weiter nach dem alten", "Hafen.", "de", True),
        ("The talks failed.", "The ministers went home.", "en", False),
        ("The talks failed.", "even so, they went on.", "en", False),
        ("He called it “a mistake.”", "and left.", "en", False),
        ("He called it “a mistake”", "and left the room.", "en", True),
        ("The plan", "The council met on Monday.", "en", False),
        ("Photo by the agency on 3 May 2019", "The council met on Monday.", "en", False),
        ("Write to https://www.paper.example/desk", "The council met.", "en", False),
        ("It costs 40 pounds", ", tax included.", "en", True),
        ("代表団は夜行列車で海岸に沿って旅をし、古い港町に", "夜明け前に到着した。", "ja", True),
        ("代表団は夜明け前に到着した。", "会談は行われなかった。", "ja", False),
        ("", "and so on", "en", False),
        ("and so on", "", "en", False),
        ("...", "!!", None, False),
    ],
)
def test_should_join(left, right, language, joined):
    assert should_join(left, right, language) is joined


@pytest.mark.parametrize(
    ("left", "right", "language", "text", "offset"),
    [
        ("held in ", " front", "en", "held in front", 8),
        ("It costs 40", ", tax included", "en", "It costs 40, tax included", 11),
        ("Vor-", "und Nachteile", "de", "Vor- und Nachteile", 5),
        ("well-", "known", "en", "well-known", 5),
        ("古い港町に", "到着した", "ja", "古い港町に到着した", 5),
        ("Quelle idée", "?", "fr", "Quelle idée ?", 12),
    ],
)
def test_join(left, right, language, text, offset):
    assert join(left, right, language) == (offset, text)
