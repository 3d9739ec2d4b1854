"""The benchmarks measure the programs they start, not themselves."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import parts
from benchmarks.processes import run


def test_the_peak_of_a_command_is_its_own() -> None:
    held = bytes(300) * 1_000_000
    assert run([sys.executable, "-c", "pass"]).peak < 100 < len(held) / (1 << 20)
    assert run([sys.executable, "-c", "'x' * 200_000_000; import time; time.sleep(0.3)"]).wall > 0.3
    assert run([sys.executable, "-c", "len('x' * 200_000_000)"]).peak > 150


def test_each_part_of_the_pass_is_found_and_timed(tmp_path: Path) -> None:
    page = b"<html><body><article><h1>Crane falls</h1><p>Nobody was hurt, the port said.</p></article></body></html>"
    names = {name for name, _ in parts.measure([("https://post.example/a", page)], tmp_path, 1)}
    assert {f"Part of the pass: {part}" for part in ("segments", "widgets of the text", "page type")} <= names
