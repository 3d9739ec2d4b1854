from __future__ import annotations

import doctest

import pytest

from newscrawl.network import canonical as address
from newscrawl.output import parameters
from newscrawl.store import entry, revisit, similarity


@pytest.mark.parametrize(
    "module", [address, entry, parameters, revisit, similarity], ids=lambda module: module.__name__
)
def test_examples(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.attempted
    assert not found.failed
