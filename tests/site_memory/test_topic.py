from __future__ import annotations

import pytest

from newscrawl.site_memory.topic import without_background

REPORT = (
    "The harbour master of Wexmouth told the inquiry on Tuesday that the ferry had been inspected twice that winter.",
    "Lawyers for the operator said they would answer the accusations before the inquiry ends in the autumn.",
)
BACKGROUND = (
    "The ferry sank off Wexmouth in March with forty passengers on board, and an inquiry into the conduct of its "
    "operator was opened a month later."
)


def test_background_of_an_affair_stays() -> None:
    assert without_background([REPORT[0], BACKGROUND, REPORT[1]], [False, True, False]) == [False, False, False]


@pytest.mark.parametrize(
    "boilerplate",
    [
        "Our offices are closed at weekends, and letters sent to us are read by a person and seldom returned.",
        "Sign up for our newsletter to get all news of the ferry inquiry and the harbour of Wexmouth weekly.",
        "More on the Wexmouth ferry inquiry",
    ],
    ids=["another subject", "a widget's words", "a label"],
)
def test_boilerplate_goes(boilerplate: str) -> None:
    gone = [False, True, False]
    assert without_background([REPORT[0], boilerplate, REPORT[1]], gone) == gone


def test_nothing_to_judge() -> None:
    assert without_background([*REPORT], [False, False]) == [False, False]
