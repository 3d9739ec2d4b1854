"""The line of progress and the table at the end: on a terminal, and only there."""

from __future__ import annotations

import doctest
import json
import os
import re
import tempfile
from pathlib import Path

import pytest
from rich.console import Console

from newscrawl.extensions import progress
from newscrawl.extensions.progress import next_steps, outcome, status
from tests import forked
from tests.support import ROOT, Answer, crawl, page, serve, site

PAPER = {"/story": page("Ferry returns"), "/gone": Answer("gone", 410)}
ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")


def on_a_terminal(folder: Path, *arguments: str, term: str = "xterm-256color") -> tuple[bytes, bytes]:
    """Call scrapy with a terminal as its standard error; return what went there and what went to standard output."""
    pty = pytest.importorskip("pty")
    main, terminal = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    clean |= {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT), "TERM": term, "COLUMNS": "110"}
    clean.pop("NO_COLOR", None)
    with tempfile.TemporaryFile() as printed:
        process = forked.start(arguments, cwd=folder, env=clean, stdout=printed, stderr=terminal)
        os.close(terminal)
        seen = b""
        while True:
            try:
                piece = os.read(main, 65536)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        process.wait(300)
        printed.seek(0)
        out = printed.read()
    os.close(main)
    return seen, out


def command(port_url: str, *more: str) -> list[str]:
    return ["crawl", "article", "-a", f"url={port_url}", "-O", "out.jsonl", "-s", "NEWSCRAWL_ALLOW_PRIVATE=True",
            "-s", "DOWNLOAD_DELAY=0", *more]  # fmt: skip


def test_line_and_table_on_a_terminal_with_the_log_whole(tmp_path: Path) -> None:
    with serve(site(PAPER)) as server:
        seen, out = on_a_terminal(tmp_path, *command(f"{server.url('/story')},{server.url('/gone')}"))
    assert out == b""
    assert b"\x1b[2K" in seen  # the line is drawn and taken away
    text = ESCAPES.sub(b"", seen).decode()
    assert re.search(r"\d+:\d\d  ·  \d+ pages  ·  \d+ articles  ·  \d+ waiting", text)
    assert "articles written" in text
    assert "failed on 127.0.0.1" in text
    assert "failed: the response has status 410" in text
    assert "Each failure with its URL: failures.jsonl" in text
    assert "Next: scrapy report out.jsonl" in text
    assert "INFO" not in text
    assert "WARNING: http://127.0.0.1" in text
    logged = [line for line in re.split(r"[\r\n]+", text) if re.match(r"\d{4}-\d\d-\d\d .*\[", line)]
    assert not any("waiting" in line or "│" in line for line in logged)
    assert "{" not in text


def test_the_log_that_was_asked_for(tmp_path: Path) -> None:
    with serve(site(PAPER)) as server:
        seen, _ = on_a_terminal(tmp_path, *command(server.url("/story"), "-L", "INFO"))
    assert b"Spider closed" in seen


@pytest.mark.parametrize("how", ["dumb", "off", "pipe"])
def test_silent_elsewhere(tmp_path: Path, how: str) -> None:
    with serve(site(PAPER)) as server:
        url = server.url("/story")
        if how == "pipe":
            seen = crawl(tmp_path, "article", f"url={url}").err.encode()
        elif how == "dumb":
            seen, _ = on_a_terminal(tmp_path, *command(url), term="dumb")
        else:
            seen, _ = on_a_terminal(tmp_path, *command(url, "-s", "NEWSCRAWL_PROGRESS_ENABLED=False"))
    assert b"waiting" not in seen
    assert b"articles written" not in seen
    assert b"Spider closed" in seen
    assert json.loads(seen.strip().splitlines()[-1])["articles"] == 1
    assert b"\x1b" not in seen


def test_log_in_a_file_holds_nothing_of_it(tmp_path: Path) -> None:
    with serve(site(PAPER)) as server:
        on_a_terminal(tmp_path, *command(server.url("/story"), "--logfile", "crawl.log"))
    log = (tmp_path / "crawl.log").read_bytes()
    assert b"Spider closed" in log
    assert b"\x1b" not in log
    assert b"waiting" not in log


def test_hostile_host_cannot_draw() -> None:
    line = status({"response_received_count": 1200}, 3, 2.5, 3725, [("a\x1b[2J.example", 7)])
    assert (
        line.plain == "1:02:05  ·  1,200 pages  ·  0 articles  ·  3 waiting  ·  2.5/s  ·  trouble: a\\x1b[2J.example 7"
    )
    console = Console(width=60, record=True, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    console.print(outcome({"item_scraped_count": 5}, 3, [("[bold]\x1b[2J", 2)]))
    assert "failed on [bold]\\x1b[2J" in console.export_text()


@pytest.mark.parametrize(
    ("outputs", "failures", "lines"),
    [
        ([], [], ["Nothing was kept: -o articles.jsonl writes the articles"]),
        (["a b.jsonl"], [], ["Next: scrapy report 'a b.jsonl' -o report.html"]),
        (["a.csv"], ["failures.jsonl"], ["Each failure with its URL: failures.jsonl"]),
    ],
)
def test_next_steps(outputs: list[str], failures: list[str], lines: list[str]) -> None:
    assert next_steps({"item_scraped_count": 1}, outputs, failures) == lines


def test_examples() -> None:
    result = doctest.testmod(progress)
    assert result.attempted > 0
    assert result.failed == 0
