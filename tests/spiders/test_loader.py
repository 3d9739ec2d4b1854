"""Spiders are imported by the crawl that runs them; all of them where all are asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest
from scrapy.utils.project import get_project_settings

from newscrawl.spiders.loader import LazySpiderLoader
from tests.support import ROOT


def test_only_the_spider_that_runs_is_imported() -> None:
    code = (
        "import sys; from scrapy.utils.project import get_project_settings as s;"
        "from newscrawl.spiders.loader import LazySpiderLoader as L;"
        "print(L.from_settings(s()).load('warc').name, 'newscrawl.spiders.site' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["warc", "False"]


def test_all_are_listed() -> None:
    loader = LazySpiderLoader.from_settings(get_project_settings())
    loader.load("warc")
    assert sorted(loader.list()) == ["article", "corpus", "feed", "site", "sitemap", "warc"]
    with pytest.raises(KeyError):
        loader.load("nothing")
