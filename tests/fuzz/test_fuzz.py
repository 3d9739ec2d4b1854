"""A short, seeded run of each target; `make fuzz` runs them at length."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase

from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_promises_hold(name: str) -> None:
    target = TARGETS[name]
    hypothesis.settings(
        max_examples=target.examples,
        deadline=None,  # a busy machine is no slow program
        database=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )(hypothesis.given(target.inputs)(target.check))()


def test_a_broken_promise_is_found() -> None:
    def refuses_a_word(text: str) -> None:
        assert "newsletter" not in text

    run = hypothesis.settings(max_examples=300, database=None, derandomize=True, deadline=None)(
        hypothesis.given(TARGETS["dates"].inputs)(refuses_a_word)
    )
    with pytest.raises(AssertionError):
        run()
