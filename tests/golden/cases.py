"""Golden cases: a page and what a perfect crawl makes of it.

``tests/golden/<host>/<slug>/`` holds ``page.html`` (or ``page.txt``, ``page.md``; the host ``sample`` takes its pages
from the sample newspaper) and ``article.json`` with the fields that are compared. Pages are written by us: no text of
a publisher's page belongs here.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from newscrawl.items import FIELDS
from newscrawl.sample import pages
from tests.support import Entry, read_jsonl, run_scrapy, warc_bytes

HERE = Path(__file__).parent
NOT_COMPARED = {"schema_version", "url", "article_body", "confidence", "fetched_at", "content_hash", "version"}
"""Left out of new cases: they follow from other fields, the moment of the crawl, or the last training."""
FETCHED = "2025-06-01T08:00:00Z"
"""When the pages are taken to have been fetched: later than any date in them."""
REMOVED_KEYS = ("kind", "rule", "level", "text", "before", "split")
"""Of a removal."""


@dataclass(frozen=True)
class Case:
    """One case; ``name`` is ``host/slug``."""

    folder: Path

    @property
    def name(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}"

    @cached_property
    def page(self) -> tuple[str, bytes]:
        """The page's suffix and bytes."""
        for suffix in (".html", ".txt", ".md"):
            if (self.folder / f"page{suffix}").exists():
                return suffix, (self.folder / f"page{suffix}").read_bytes()
        return ".html", pages()[self.folder.name]

    @property
    def expected(self) -> dict[str, Any]:
        """The fields that are compared; empty for a new case."""
        path = self.folder / "article.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def write(self, record: dict[str, Any]) -> bool:
        """Write what a crawl gave as what is expected, and return whether that is a change."""
        expected = self.expected
        names = [name for name in FIELDS if name in expected] or [name for name in FIELDS if name not in NOT_COMPARED]
        chosen = {name: shown(record)[name] for name in names}
        text = json.dumps(chosen, ensure_ascii=False, indent=2) + "\n"
        (self.folder / "article.json").write_text(text, encoding="utf-8")
        return chosen != expected


def shown(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record with its removals as they are compared."""
    removed = [{key: removal[key] for key in REMOVED_KEYS} for removal in record["removed"]]
    return {**record, "removed": removed}


def all_cases() -> list[Case]:
    """Return all cases, sorted by name."""
    folders = {path.parent for path in HERE.glob("*/*/article.json")} | {p.parent for p in HERE.glob("*/*/page.*")}
    folders |= {HERE / "sample" / name for name in pages()}
    return [Case(folder) for folder in sorted(folders)]


def crawl_cases(cases: list[Case], folder: Path) -> dict[str, dict[str, Any]]:
    """Crawl the pages of ``cases`` as a user would, and return the records by the cases' names."""
    addresses = {f"https://{case.folder.parent.name}.example/{case.folder.name}": case for case in cases}
    entries = [Entry(url, case.page[1], date=FETCHED) for url, case in addresses.items() if case.page[0] == ".html"]
    (folder / "pages.warc.gz").write_bytes(warc_bytes(*entries))
    keep = ["-s", "NEWSCRAWL_KEEP_NON_ARTICLES=True", "-s", "LOG_LEVEL=WARNING"]
    records: dict[str, dict[str, Any]] = {}
    run = run_scrapy(folder, "crawl", "warc", "-a", "path=pages.warc.gz", "-O", "pages.jsonl", *keep)
    sys.stderr.write(run.err)
    for record in read_jsonl(folder / "pages.jsonl"):
        records[addresses[record["url"]].name] = record
    texts = [case for case in cases if case.page[0] != ".html"]
    for number, case in enumerate(texts):
        path = folder / "texts" / f"{number}{case.page[0]}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(case.page[1])
    if texts:
        run = run_scrapy(folder, "crawl", "corpus", "-a", "path=texts", "-O", "texts.jsonl", *keep)
        sys.stderr.write(run.err)
        for record in read_jsonl(folder / "texts.jsonl"):
            records[texts[int(Path(record["url"]).stem)].name] = record
    return records
