"""What a start imports: a crawl of archives needs neither the database nor the libraries of other commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support import ROOT, entry, page, warc_bytes

PROGRAM = """
import sys
sys.argv = ["scrapy", *sys.argv[1:]]
from scrapy.cmdline import execute
try:
    execute()
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""
UNNEEDED = {
    "itemadapter", "jinja2", "newscrawl.commands.report", "numpy.ma", "rich", "scrapy.commands.shell", "unittest",
}  # fmt: skip


def start(folder: Path, *options: str) -> set[str]:
    """Return the modules that a crawl of one archived page has imported when it ends."""
    (folder / "a.warc.gz").write_bytes(warc_bytes(entry("https://wexmouth.example/ferry", page())))
    arguments = ["crawl", "warc", "-a", f"path={folder / 'a.warc.gz'}", "-O", str(folder / "out.jsonl"), *options]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments, "-s", "LOG_LEVEL=ERROR", "-s", "NEWSCRAWL_EXTRACTION_WORKERS=0"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (folder / "out.jsonl").read_text(encoding="utf-8").count("\n") == 1
    return set(done.stderr.split())


def test_a_crawl_of_archives_without_a_store_imports_what_it_needs(tmp_path: Path) -> None:
    settings = {"NEWSCRAWL_STORE_ENABLED": "False", "NEWSCRAWL_STORE_URL": f"sqlite:///{tmp_path / 'store.db'}"}
    modules = start(tmp_path, *(part for name, value in settings.items() for part in ("-s", f"{name}={value}")))
    assert "newscrawl.extraction.article" in modules
    assert not UNNEEDED & modules
