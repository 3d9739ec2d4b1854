"""The random seed of a run of the tests: printed at its end, and given again with NEWSCRAWL_TEST_SEED."""

from __future__ import annotations

import os
import random

import pytest

# The tests are of the sources: a compiled form beside them (`make fast`) is tested by `make test-compiled`.
os.environ.setdefault("NEWSCRAWL_PLAIN", "1")

_VARIABLE = "NEWSCRAWL_TEST_SEED"


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault(_VARIABLE, str(random.randrange(10**6)))  # processes of xdist inherit it


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"random seed: {os.environ[_VARIABLE]} (again with {_VARIABLE}=…)")


@pytest.fixture
def seed() -> int:
    """The seed of what a test leaves to chance."""
    return int(os.environ[_VARIABLE])
