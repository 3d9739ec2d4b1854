from __future__ import annotations

import doctest

import pytest

from newscrawl.output import feeds
from newscrawl.store import entry, revisit, similarity
from newscrawl.urls import canonical, home, public_suffixes, site


@pytest.mark.parametrize(
    "module",
    [canonical, home, public_suffixes, site, entry, feeds, revisit, similarity],
    ids=lambda module: module.__name__,
)
def test_examples(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.attempted
    assert not found.failed
