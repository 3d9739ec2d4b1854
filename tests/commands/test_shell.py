"""`scrapy shell` and `scrapy parse` on article pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.items import FIELDS
from newscrawl.sample.server import sample_newspaper
from tests.support import run_scrapy

EASY = ("-s", "NEWSCRAWL_ALLOW_PRIVATE=True", "-s", "DOWNLOAD_DELAY=0")
HEADLINE = "À Port-Brumal, deux rivales se parlent après huit mois de silence"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with sample_newspaper() as addresses:
        (found,) = (url for url in addresses if url.endswith("fr-newsletter-in-mid-sentence"))
        yield found


def test_shell_has_the_article_and_both_pages(tmp_path: Path, address: str) -> None:
    widget = "Choisissez le moment"
    code = f"[article.headline, article.date_published, {widget!r} in response.text, {widget!r} in original.text]"
    run = run_scrapy(tmp_path, "shell", address, "-c", code, "-s", "LOG_LEVEL=WARNING", *EASY)
    assert run.code == 0, run.err
    assert run.out.strip() == str([HEADLINE, "2024-03-11T16:48:00+01:00", False, True])
    assert run.err.strip() == ""
    assert list(tmp_path.iterdir()) == []


def test_shell_without_an_answer(tmp_path: Path) -> None:
    run = run_scrapy(
        tmp_path, "shell", "http://127.0.0.1:9/", "-c", "(response, article, original)", "-s", "RETRY_TIMES=0"
    )
    assert run.out.strip() == "(None, None, None)"


def test_parse_prints_the_record(tmp_path: Path, address: str) -> None:
    run = run_scrapy(tmp_path, "parse", address, "--nocolour", *EASY)
    assert run.code == 0, run.err
    assert run.out.startswith("{\n")
    record = json.loads(run.out)
    assert list(record) == list(FIELDS)
    assert (record["headline"], record["date_published"]) == (HEADLINE, "2024-03-11T16:48:00+01:00")
    assert record["removed"]
    assert record["content_hash"]  # the pipelines have run
    assert run.err.strip() == ""
    assert list(tmp_path.iterdir()) == []


def test_parse_without_an_answer(tmp_path: Path) -> None:
    run = run_scrapy(tmp_path, "parse", "http://127.0.0.1:9/")
    assert run.code == 3
    assert "No response downloaded" in run.err
    run = run_scrapy(tmp_path, "parse")
    assert (run.code, run.err) == (2, "newscrawl: which page? scrapy parse https://www.example.org/article.html\n")
