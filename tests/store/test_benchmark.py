from __future__ import annotations

from pathlib import Path

from benchmarks.store import measure


def test_start_and_look_up_stay_quick(tmp_path: Path) -> None:
    """A tenth of the benchmark (`python -m benchmarks.store`), whose limits are those of a busy machine."""
    figures = measure(f"sqlite:///{tmp_path}/store.db", 5_000)
    assert figures["start_seconds"] < 2
    assert figures["look_up_ms"] < 1
