"""The places of removals stay right when a second pass changes the blocks."""

from newscrawl.widgets.merge import Place, compose, merge_removals
from newscrawl.widgets.text import strip


def removal(before, split=False, offset=None, text="x"):
    return {
        "kind": "ad",
        "rule": "r",
        "level": "html",
        "text": text,
        "before": before,
        "split": split,
        "offset": offset,
    }


def blocks(*texts):
    return [{"type": "paragraph", "text": text, "time": None, "raw": "\n" + text} for text in texts]


LEFT = "The delegation travelled by night train along the coast and reached the old harbour of"
RIGHT = "the town before dawn, where nobody was waiting for it and the hotels were closed for the season."
PROSE = "The council had voted twice on the matter and nobody in the room expected the mayor to change her mind now."
WIDGET = ("Newsletter", "Sign up for our free weekly newsletter", "Your email address", "Subscribe")


def test_places_after_a_run_was_taken_and_a_sentence_mended():
    given = blocks(PROSE, LEFT, *WIDGET, RIGHT, PROSE + " So it went.")
    stripped = strip(given, language="en")
    assert [b["text"] for b in stripped.blocks] == [PROSE, f"{LEFT} {RIGHT}", PROSE + " So it went."]
    merged = merge_removals(
        [removal(0), removal(1), removal(4, text="inside"), removal(6, True, 5, "split"), removal(7), removal(8)],
        stripped.places,
        stripped.removed,
    )
    at = len(LEFT) + 1
    assert [(r["before"], r["split"], r["offset"]) for r in merged] == [
        (0, False, None),
        (1, False, None),
        (1, True, at),
        (1, True, at),
        (1, True, at + 5),
        (2, False, None),
        (3, False, None),
    ]
    assert [r["level"] for r in merged] == ["html", "html", "text", "html", "html", "html", "html"]


def test_nothing_taken_changes_nothing():
    stripped = strip(blocks(PROSE, PROSE + " So it went."), language="en")
    earlier = [removal(1), removal(1, True, 7)]
    assert merge_removals(earlier, stripped.places, stripped.removed) == earlier


def test_a_place_beyond_the_blocks_is_the_end():
    stripped = strip(blocks(PROSE), language="en")
    assert merge_removals([removal(9)], stripped.places, [])[0]["before"] == 1


def test_two_passes_compose():
    first = [Place(0, 0, False, False), Place(1, 0, False, False), Place(1, 30, True, False), Place(2, 0, False, False)]
    second = [Place(0, 0, False, False), Place(0, 12, True, False), Place(1, 0, False, False)]
    assert compose(first, second) == [
        Place(0, 0, False, False),
        Place(0, 12, True, False),
        Place(0, 42, True, False),
        Place(1, 0, False, False),
    ]
