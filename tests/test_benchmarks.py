"""The benchmarks measure the programs they start, not themselves."""

from __future__ import annotations

import sys

from benchmarks.processes import run


def test_the_peak_of_a_command_is_its_own() -> None:
    held = bytes(300) * 1_000_000
    assert run([sys.executable, "-c", "pass"]).peak < 100 < len(held) / (1 << 20)
    assert run([sys.executable, "-c", "'x' * 200_000_000; import time; time.sleep(0.3)"]).wall > 0.3
    assert run([sys.executable, "-c", "len('x' * 200_000_000)"]).peak > 150
