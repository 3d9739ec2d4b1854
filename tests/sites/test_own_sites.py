from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl.sites.catalogue import catalogue, chosen


def test_own_are_those_of_the_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "wexmouth.example.toml").write_text('[discovery]\nfeeds = ["https://wexmouth.example/rss"]\n')
    settings = Settings({"NEWSCRAWL_SITES_DIR": str(tmp_path)})
    assert [site.host for site in chosen("own", settings)] == ["wexmouth.example"]
    assert len(chosen("all", settings)) == len(catalogue()) + 1


def test_own_without_a_file_says_how_to_write_one(tmp_path: Path) -> None:
    for settings in (Settings(), Settings({"NEWSCRAWL_SITES_DIR": str(tmp_path)})):
        with pytest.raises(ValueError, match="scrapy addsite"):
            chosen("own", settings)
