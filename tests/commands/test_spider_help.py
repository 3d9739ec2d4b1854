"""What `scrapy crawl` says to a wrong name or value, and what `-h` shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl import settings
from newscrawl.commands.setting_names import check_settings
from newscrawl.commands.spider_help import MEANINGS
from newscrawl.exitcodes import ExitCode
from newscrawl.run.arguments import COMMON
from newscrawl.spiders.site import SiteSpider
from newscrawl.text.near import did_you_mean
from tests.support import ROOT, run_scrapy


def said(capsys: pytest.CaptureFixture[str], typed: dict[str, str], project: dict[str, object] | None = None) -> str:
    """What check_settings says before it leaves with code 2; nothing where it finds no fault."""
    made = Settings()
    made.setmodule(settings, priority="project")
    made.setdict(project or {}, priority="project")
    made.setdict(typed, priority="cmdline")
    left = []
    try:
        check_settings(made)
    except SystemExit as end:
        left.append(end.code)
    lines = capsys.readouterr().err.splitlines()
    assert (left, len(lines)) in (([2], 1), ([], 0))
    return "".join(lines).removeprefix("newscrawl: ")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("NEWSCRAWL_CONTAKT=a", "there is no setting NEWSCRAWL_CONTAKT: did you mean NEWSCRAWL_CONTACT?"),
        ("NEWSCRAWL_STORE=False", "there is no setting NEWSCRAWL_STORE: did you mean NEWSCRAWL_STORE_URL?"),
        ("NEWSCRAWL_XQ=1", "there is no setting NEWSCRAWL_XQ: docs/settings.md has them all"),
        ("NEWSCRAWLSITES_DIR=a", "there is no setting NEWSCRAWLSITES_DIR: did you mean NEWSCRAWL_SITES_DIR?"),
        ("NEWSCRAW_SITES_DIR=a", "there is no setting NEWSCRAW_SITES_DIR: did you mean NEWSCRAWL_SITES_DIR?"),
        ("DOWNLOAD_DELAI=1", "there is no setting DOWNLOAD_DELAI: did you mean DOWNLOAD_DELAY?"),
        ("DOWNLOAD_DELAY=soon", "DOWNLOAD_DELAY=soon: give a number"),
        ("NEWSCRAWL_MAX_FEEDS=-1", "NEWSCRAWL_MAX_FEEDS=-1: give a number of 0 or more"),
        ("NEWSCRAWL_STORE_ENABLED=no", "NEWSCRAWL_STORE_ENABLED=no: give True or False"),
        ("NEWSCRAWL_REVISIT_HOURS=1,often", "NEWSCRAWL_REVISIT_HOURS=1,often: give numbers with commas between"),
        ("NEWSCRAWL_FIELDS_MAP={text: body}", "NEWSCRAWL_FIELDS_MAP={text: body}: give a JSON object, such as "),
        ('NEWSCRAWL_FIELDS_MAP={"article_body": "text"}', ""),
        ('ITEM_PIPELINES={"a.B": 10}', ""),
        ("NEWSCRAWL_REVISIT_HOURS=1,24", ""),
        ("NEWSCRAWL_STORE_ENABLED=False", ""),
        ("NEWSCRAWL_EXTRACTION_WORKERS=0", ""),
        ("MY_EXTENSIONS_SETTING=1", ""),
        ("PLAYWRIGHT_BROWSER_TYPE=firefox", ""),
        ("DOWNLOAD_DELAY=0.5", ""),
        ("DEPTH_PRIORITY=-1", ""),
    ],
)
def test_settings_that_are_typed(capsys: pytest.CaptureFixture[str], typed: str, message: str) -> None:
    name, _, value = typed.partition("=")
    found = said(capsys, {name: value})
    assert found.startswith(message)
    assert bool(found) == bool(message)


def test_settings_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert "did you mean NEWSCRAWL_OBEY_TDM?" in said(capsys, {}, {"NEWSCRAWL_OBEY_TMD": True})
    assert said(capsys, {}, {"DOWNLOAD_DELAI": 1}) == ""  # another program's affair


def test_a_crawl_says_so_in_one_line(tmp_path: Path) -> None:
    run = run_scrapy(tmp_path, "crawl", "article", "-a", "url=http://a.example/", "-s", "NEWSCRAWL_OBEI_TDM=1")
    assert run.code == 2
    (line,) = [line for line in run.err.splitlines() if line]
    assert line == "newscrawl: there is no setting NEWSCRAWL_OBEI_TDM: did you mean NEWSCRAWL_OBEY_TDM?"


def test_file_that_is_nearly_there(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").touch()
    assert did_you_mean(tmp_path / "artcles.jsonl") == f": did you mean {tmp_path / 'articles.jsonl'}?"
    assert did_you_mean(tmp_path / "quite-another") == ""
    assert did_you_mean(tmp_path / "none/at/all") == ""
    run = run_scrapy(tmp_path, "report", "article.jsonl")
    assert run.code == 2
    assert run.err == "newscrawl: there is no file or folder article.jsonl: did you mean articles.jsonl?\n"


def test_help_of_a_spider(tmp_path: Path) -> None:
    run = run_scrapy(tmp_path, "crawl", "site", "-h")
    assert run.code == 0
    for name, argument in {**SiteSpider.ARGUMENTS, **COMMON}.items():
        assert f"  {name}=" in run.out
        assert argument.help in run.out
    assert run.out.startswith("scrapy crawl site -a url=… -o articles.jsonl\n")


def test_help_of_the_command(tmp_path: Path) -> None:
    run = run_scrapy(tmp_path, "crawl", "--help")
    listed = run_scrapy(tmp_path, "list").out.split()
    assert run.code == 0
    assert listed == ["article", "corpus", "feed", "site", "sitemap", "warc"]
    for name in listed:
        assert f"\n  {name} " in run.out
    assert set(MEANINGS) == {int(code) for code in ExitCode}
    assert " · ".join(f"{code} {meaning}" for code, meaning in MEANINGS.items()) in run.out
    assert "--overwrite-output" in run.out


def test_readme_has_the_same_words_for_exit_codes() -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert " · ".join(f"{code} {meaning}" for code, meaning in MEANINGS.items()) in text


def test_wrong_argument_is_the_only_line(tmp_path: Path) -> None:
    run = run_scrapy(tmp_path, "crawl", "article", "-a", "ulr=http://a.example/")
    assert (run.code, run.out) == (2, "")
    assert run.err == "newscrawl: the spider article has no argument ulr=: did you mean url=?\n"
