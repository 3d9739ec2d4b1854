from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak_faults import peaks, plot, soak


@pytest.mark.slow
def test_every_article_is_accounted_for_whatever_fails(tmp_path: Path) -> None:
    found = soak(tmp_path, seconds=0, articles=60, seed=3, timeout=3.0)
    assert found["published"] == 61
    assert found["unaccounted"] == []
    assert found["twice"] == []
    assert found["written"] + found["failed"] == found["published"]
    assert found["written"] > 30
    assert sum(found["faults"].values()) > 5
    assert found["exit_codes"] == {0: 1}
    assert len(peaks(found["samples"])) == 1
    plot(found["samples"], tmp_path / "plot.svg", "a short run")
    assert (tmp_path / "plot.svg").read_text().count("<polyline") == 2
