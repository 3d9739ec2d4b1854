"""What docs/ says of reading the lines: schema, examples, Parquet."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from newscrawl.items import FIELDS
from newscrawl.record import schema
from newscrawl.sample import pages
from newscrawl.sample.server import sample_newspaper
from tests.support import ROOT, Entry, Run, crawl, entry, run_scrapy, warc_bytes

EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "docs/reading.md").read_text(encoding="utf-8"), re.DOTALL)
WHOLE = {"title", "type", "required", "properties", "additionalProperties", "$schema", "description"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A crawl of the sample newspaper."""
    with sample_newspaper() as addresses:
        return crawl(tmp_path_factory.mktemp("lines"), "article", f"url={','.join(addresses)}")


def faults(lines: list[dict[str, Any]]) -> list[str]:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(schema.record_schema())
    return [f"{error.json_path}: {error.message[:200]}" for line in lines for error in validator.iter_errors(line)]


def test_schema_in_docs_is_that_of_the_code() -> None:
    written = (ROOT / "docs/record.schema.json").read_text(encoding="utf-8")
    assert written == schema.text(), "python -m newscrawl.record.schema > docs/record.schema.json"
    assert set(json.loads(written)) == WHOLE
    assert json.loads(written)["required"] == list(FIELDS)


def test_output_fits_the_schema(run: Run) -> None:
    assert len(run.lines) == len(pages())
    assert faults(run.lines) == []


def test_line_in_the_readme_is_one_that_the_crawl_writes(run: Run) -> None:
    """Each value of the shortened line is found in the record, whole or as far as it is printed before a "…"."""
    example = re.search(r"```json\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    url = re.search(r'"url": "[^"]*/(.+?)"', example[1])
    assert url
    line = json.dumps(next(row for row in run.lines if row["url"].endswith(url[1])), ensure_ascii=False)
    pairs = re.findall(r'"\w+": (?:"[^"]*"|[\d.]+|null|true|false)', example[1])
    printed = [pair for pair in pairs if pair.partition(":")[0] != '"url"']  # another port each time
    assert len(printed) > 20
    assert [pair for pair in printed if not re.search(".*?".join(map(re.escape, pair.split("…"))), line)] == []


def test_output_of_archives_and_texts_fits_the_schema(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(entry("https://a.example/1"), Entry("https://a.example/2", b"")))
    (tmp_path / "a.txt").write_text("By Ada Brack\n\nThe ferry sails again. " * 9, encoding="utf-8")
    keep = ("-s", "NEWSCRAWL_KEEP_NON_ARTICLES=True")
    lines = (
        crawl(tmp_path, "warc", "path=a.warc.gz", *keep).lines + crawl(tmp_path, "corpus", "path=a.txt", *keep).lines
    )
    assert len(lines) == 3
    assert faults(lines) == []


@pytest.mark.parametrize(
    "change",
    [
        {"version": 0}, {"headline": 7}, {"blocks": [{"type": "table", "text": "x", "time": None}]}, {"more": 1},
        {"date_published": "May 2024"}, {"content_hash": None}, {"removed": [{}]}, {"authors": None},
    ],
    ids=str,
)  # fmt: skip
def test_schema_finds_what_is_wrong(run: Run, change: dict[str, Any]) -> None:
    assert faults([{**run.lines[0], **change}])
    assert faults([{name: value for name, value in run.lines[0].items() if name not in change}]) or "more" in change


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: re.search(r"import (\w+)", text)[1])  # type: ignore[index]
def test_example_runs(run: Run, example: str) -> None:
    module = re.search(r"import (\w+)", example)
    assert module is not None
    pytest.importorskip(module[1])
    (run.folder / "articles.jsonl").write_bytes((run.folder / "out.jsonl").read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=run.folder, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    kinds = Counter(removal["kind"] for line in run.lines for removal in line["removed"])
    assert kinds.most_common(1)[0][1] > 1
    if module[1] == "json":
        assert f"{len(run.lines)} articles, {kinds.total()} removals" in done.stdout
    elif module[1] == "pandas":
        counts = dict(re.findall(r"^([a-z_-]+) +(\d+)$", done.stdout.partition("kind\n")[2], re.MULTILINE))
        assert counts == {kind: str(count) for kind, count in kinds.items()}
    else:
        assert "newsletter" in done.stdout


def test_parquet_holds_what_the_lines_hold(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    entries = [entry(f"https://a{number}.example/story") for number in range(3)]
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(*entries))
    command = ["crawl", "warc", "-a", "path=a.warc.gz"]
    done = run_scrapy(tmp_path, *command, "-O", "out.parquet", "-O", "out.jsonl")
    assert done.code == 0, done.err
    table = parquet.read_table(tmp_path / "out.parquet")
    assert table.column_names == list(FIELDS)
    rows = [{**row, "date_evidence": json.loads(row["date_evidence"])} for row in table.to_pylist()]
    assert rows == done.lines
    assert not list(tmp_path.glob("*.part*"))
    again = run_scrapy(tmp_path, *command, "-o", "out.parquet", "-s", "LOG_ENABLED=False")
    assert again.code == 2
    assert "cannot be appended to" in again.err


def test_parquet_of_hostile_values(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    from newscrawl.exporters.parquet import ParquetPlugin

    with (tmp_path / "a.parquet").open("wb") as file:
        plugin = ParquetPlugin(file, {})
        for piece in (b'{"url": "x\\ud800", "aut', b'hors": ["a"]}\n\n{"url"', b': "y", "blocks": []}'):
            plugin.write(piece)
        plugin.close()
    assert parquet.read_table(tmp_path / "a.parquet")["url"].to_pylist() == ["x\ufffd", "y"]
