"""What pages and arguments say stays text in everything that is written: paths, logs, pages, sheets."""

from __future__ import annotations

import csv
import io
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from newscrawl.api import clean_html
from newscrawl.commands.report import write_report
from newscrawl.exceptions import StoreError
from newscrawl.exporters.csv import SafeCsvExporter
from newscrawl.exporters.json_lines import ArticleLinesExporter
from newscrawl.extensions.log_lines import SafeFormatter
from newscrawl.extraction import Document
from newscrawl.output.feeds import safe
from newscrawl.report.explain.local import explain
from newscrawl.report.explain.page import page as explain_page
from newscrawl.store.location import shown, store_url
from newscrawl.text.patterns import PatternError, compile_pattern
from newscrawl.text.plain import masked, one_line
from tests.support import page

MARKUP = [
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "'\"><svg onload=alert(1)>", "{{7*7}}{%raw%}",
    "<!--<script>", "javascript:alert(1)", "]]><script>alert(1)</script>", "</style><script>alert(1)</script>",
]  # fmt: skip


def scripts(text: str) -> tuple[int, int]:
    """How many scripts a page has, and how many handlers and addresses that run one."""
    tree = html.document_fromstring(text)
    running = tree.xpath("//@*[starts-with(name(), 'on')] | //@href[contains(., 'javascript:')]")
    return len(tree.xpath("//script")), len(running)


def record(said: str) -> dict[str, Any]:
    article = clean_html(
        page(said.replace("<", "&lt;"), extra=f"<p>{said.replace('<', '&lt;')}</p>"), url="https://a.example/1"
    )
    article.authors, article.publisher, article.url = [said], said, f"https://a.example/{said}"
    article.removed = [
        {"kind": said, "rule": said, "level": "html", "text": said, "before": 0, "split": False, "offset": None}
    ]  # type: ignore[typeddict-item]
    article.images = [{"url": said, "caption": said, "credit": said}]
    line: dict[str, Any] = json.loads(ArticleLinesExporter(file=None).line(article))
    return line


@pytest.mark.parametrize("said", MARKUP)
def test_the_report_is_inert(said: str, tmp_path: Path) -> None:
    counts = []
    for name, text in (("plain", "plain words"), ("hostile", said)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(record(text)) + "\n")
        write_report([tmp_path / f"{name}.jsonl"], tmp_path / f"{name}.html")
        counts.append(scripts((tmp_path / f"{name}.html").read_text(encoding="utf-8")))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("said", MARKUP)
def test_the_explained_page_is_inert(said: str) -> None:
    def of(text: str) -> tuple[int, int]:
        body = page(text, extra=f"<div class='newsletter'>{text}</div>").encode()
        return scripts(explain_page(explain(Document("https://a.example/1", body, content_type="text/html"))))

    assert of(said) == of("plain words")


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("x")'])
def test_sheets_run_nothing(start: str) -> None:
    file = io.BytesIO()
    exporter = SafeCsvExporter(file, include_headers_line=False)
    exporter.start_exporting()
    exporter.export_item({"headline": start, "blocks": [{"text": start}], "plain": "words", "count": -1})
    exporter.finish_exporting()
    (cells,) = csv.reader(io.StringIO(file.getvalue().decode(), newline=""))
    assert cells[0] == f"'{start}"
    assert json.loads(cells[1]) == [{"text": start}]
    assert cells[2:] == ["words", "-1"]


@pytest.mark.parametrize("value", ["../../x", "..", "/etc/passwd", "a\\..\\b", "a\0b", "%2e%2e%2f", "a\nb", "." * 300])
def test_no_argument_leads_out_of_the_folder(value: str) -> None:
    name = safe(value)
    assert "/" not in name
    assert "\\" not in name
    assert name.strip(".")
    assert (Path("/out") / name).resolve().parent == Path("/out")


@pytest.mark.parametrize(
    "said",
    [
        "a\n2026-01-01 ERROR: forged",
        "a\r\nb",
        "a\x1b[2Jb",
        "a\x9b31mb",
        "a\u2028b",
        "a\u202eb",
        "a\u2066b",
        "a\x00b",
        "a\x85b",
    ],
)
def test_no_line_of_a_log_is_forged(said: str) -> None:
    line = one_line(said)
    assert len(line.splitlines()) == 1
    assert line.isascii()
    assert line.isprintable()


SECRETS = [
    "postgresql://crawler:hunter2@db.example/news", "amqp://crawler:hunter2@queue.example//", "http://u:hunter2@proxy:3128",
    "see https://:hunter2@a.example/ and http://u:hunter2@b.example", "redis://:hunter2@cache.example/0",
]  # fmt: skip


@pytest.mark.parametrize("text", SECRETS)
def test_passwords_are_hidden(text: str) -> None:
    assert "hunter2" not in masked(text)
    assert "hunter2" not in one_line(text)


def test_a_mail_address_is_no_password() -> None:
    for text in ("write to ada@paper.example", "https://a.example/@ada/1", "https://a.example/?to=ada@paper.example"):
        assert masked(text) == text


def test_the_address_of_the_store_is_shown_without_its_password() -> None:
    assert "hunter2" not in shown(store_url("postgresql://crawler:hunter2@db.example/news"))
    for wrong in ("mysql://crawler:hunter2@db.example/news", "://crawler:hunter2@db.example"):
        with pytest.raises(StoreError) as error:
            store_url(wrong)
        assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a*)*b", "(a|aa)+$", ".*.*x", "(.{0,50}){0,50}x", r"(a)\1+", "(?=a+)b", "a{0,999}a{0,999}b",
     "x" * 501, "(" * 90, "a**", ""],
)  # fmt: skip
def test_patterns_without_a_bound_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


FORGED = "2026-01-01 00:00:00 [root] ERROR: forged"


@pytest.mark.parametrize("breaker", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\x1b[2K"])
@pytest.mark.parametrize("way", ["argument", "message", "traceback"])
def test_no_line_of_any_logger_is_forged(way: str, breaker: str) -> None:
    """Scrapy's and Twisted's records pass here, too: what is asked of them is that no line begins as a record does."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(SafeFormatter(logging.Formatter("%(asctime)s [%(name)s] %(levelname)s: %(message)s")))
    said = f"https://u:hunter2@a.example/{breaker}{FORGED}\u202e\ud800"
    record = logging.LogRecord(
        "scrapy.core", logging.INFO, "x.py", 1, said if way == "message" else "got %s", None, None
    )
    if way == "argument":
        record.args = (said,)
    elif way == "traceback":
        record.msg, record.exc_info = "failed", (ValueError, ValueError(said), None)
    before = record.getMessage()
    handler.emit(record)
    first, *others = out.getvalue().splitlines()
    assert "INFO: " in first
    assert all(line.startswith("  ") for line in others)
    assert not set("\x1b\u202e\r") & set(out.getvalue())
    assert "hunter2" not in out.getvalue()
    assert record.getMessage() == before


def test_a_message_of_several_lines_keeps_them() -> None:
    record = logging.LogRecord("scrapy", logging.INFO, "x.py", 1, "Dumping:\n%s", ("{'a': 1,\n 'b': 2}",), None)
    assert SafeFormatter(logging.Formatter()).format(record) == "Dumping:\n  {'a': 1,\n   'b': 2}"
