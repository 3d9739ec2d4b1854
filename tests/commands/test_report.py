"""`scrapy report` as a user calls it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.report.made import HOSTILE, records, write
from tests.support import run_scrapy

ALLOWED = re.compile(r"default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'")


def test_report_on_several_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "articles.jsonl", 30)
    run = run_scrapy(tmp_path, "report", "one/articles.jsonl", "two", "-o", "deep/report.html")
    assert run.code == 0, run.err
    assert run.out == "Report on 60 articles written to deep/report.html\n"
    page = (tmp_path / "deep/report.html").read_text(encoding="utf-8")
    assert "<h1>60 articles of" in page
    assert "the same content_hash" in page  # the second file repeats the first
    assert "slow.example" in page
    assert ALLOWED.search(page.replace("&#39;", "'"))
    assert run.err == ""


def test_files_below_the_reports_folder_are_named_from_there(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    for file in (folder / "articles.jsonl", tmp_path / "other.jsonl"):
        write(file, 3)
    run = run_scrapy(tmp_path, "report", "kept/articles.jsonl", "other.jsonl", "-o", "kept/report.html")
    assert run.code == 0, run.err
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert f"Read from <code>articles.jsonl</code>, <code>{tmp_path / 'other.jsonl'}</code>" in page


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_nothing_hostile_becomes_markup(tmp_path: Path) -> None:
    write(tmp_path / "articles.jsonl", 3)
    assert run_scrapy(tmp_path, "report", "articles.jsonl").code == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(page)
    scripts = [attributes for tag, attributes in tags.tags if tag == "script"]
    assert [script.get("type") for script in scripts] == ["application/json", "application/json", None]
    assert not {"img", "iframe", "object", "link", "base", "form", "b"} & {tag for tag, _ in tags.tags}
    assert all(not name.startswith("on") and name != "style" for _, attributes in tags.tags for name in attributes)
    assert all(re.match(r"#|https?://", attributes.get("href") or "#") for tag, attributes in tags.tags if tag == "a")
    assert "\u2028" not in re.sub(r"<(?!script)[^>]*>[^<]*", "", page)
    data = re.search(r'<script type="application/json" id="chunk-0">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert json.loads(data[1])[0]["removed"][0][0] == HOSTILE


def test_damaged_lines_are_counted_and_the_rest_is_shown(tmp_path: Path) -> None:
    write(tmp_path / "articles.jsonl", 5)
    with (tmp_path / "articles.jsonl").open("ab") as file:
        file.write(b'{"schema_version": 1, "blo\n[]\n\xff\n\n{"url": "x"}\n')
    run = run_scrapy(tmp_path, "report", "articles.jsonl")
    assert run.code == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<h1>5 articles" in page
    assert "<strong>4 lines</strong> could not be read" in page


def test_sample_is_bounded_and_the_same_each_time(tmp_path: Path) -> None:
    write(tmp_path / "articles.jsonl", 60)
    made = []
    for _ in range(2):
        assert run_scrapy(tmp_path, "report", "articles.jsonl", "--full", "10").code == 0
        page = (tmp_path / "report.html").read_text(encoding="utf-8")
        found = re.search(r'"full":\[([\d,]*)\]', page)
        assert found is not None
        made.append(found[1])
    assert made[0] == made[1]
    assert len(made[0].split(",")) == 10
    assert "10 of the 60 stand whole in this page" in page


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ([], 2, "on which articles?"),
        (["none.jsonl"], 2, "there is no file or folder"),
        (["rows.jsonl"], 2, "there is no article in"),
        (["articles.jsonl", "--below", "1.2"], 2, "--below takes a confidence from 0 to 1"),
        (["articles.jsonl", "--below", "-0.1"], 2, "--below takes a confidence from 0 to 1"),
        (["articles.jsonl", "--below", "nan"], 2, "--below takes a confidence from 0 to 1"),
        (["articles.jsonl", "--below", "low"], 2, "not low"),
        (["articles.jsonl", "-o", "articles.jsonl"], 2, "one of the files to be read"),
        (["articles.jsonl", "-o", "/proc/none/report.html"], 6, "cannot be written"),
        (["."], 0, ""),
    ],
    ids=str,
)
def test_usage(tmp_path: Path, command: list[str], code: int, message: str) -> None:
    write(tmp_path / "articles.jsonl", 3)
    (tmp_path / "rows.jsonl").write_text('{"url": "https://a.example/", "text": "x"}\n')
    run = run_scrapy(tmp_path, "report", *command)
    assert run.code == code
    assert message in run.err
    assert len(run.err.splitlines()) <= 1


def test_only_the_least_sure_articles(tmp_path: Path) -> None:
    sure = [made["confidence"] for made in records(40)]
    write(tmp_path / "articles.jsonl", 40)
    run = run_scrapy(tmp_path, "report", "articles.jsonl", "--below", "0.6")
    wanted = sum(value is not None and value < 0.6 for value in sure)
    assert 0 < wanted < 40
    assert (run.code, run.out) == (0, f"Report on {wanted} articles written to report.html\n")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    found = re.search(r'"sure":\[([^]]*)\]', page)
    assert found is not None
    assert set(found[1].split(",")) == {"0.41"}


def test_no_article_below_is_no_fault(tmp_path: Path) -> None:
    write(tmp_path / "articles.jsonl", 10)
    run = run_scrapy(tmp_path, "report", "articles.jsonl", "--below", "0.2")
    assert (run.code, run.err) == (0, "")
    assert "No article has a confidence below 0.2" in run.out
    assert not (tmp_path / "report.html").exists()
