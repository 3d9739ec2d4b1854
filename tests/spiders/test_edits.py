"""Articles that change after they were read, over HTTP: what the next version says of it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from tests.newspaper import Newspaper, newspaper
from tests.support import Run, crawl, page, run_scrapy

STORE = ("-s", "NEWSCRAWL_STORE_URL=sqlite:///store.db")
PATH = "/2024/05/03/the-ferry-returns-to-wexmouth-1.html"
FIRST = page("Ferry returns to Wexmouth")
ADDED = "The harbour master of Wexmouth said on Tuesday that the tide alone was to blame."
WIDGET = '<aside class="newsletter-signup"><p>Sign up to our newsletter and never miss a ferry.</p></aside>'


def look(folder: Path, paper: Newspaper, *options: str) -> Run:
    (folder / "out.jsonl").unlink(missing_ok=True)
    return crawl(folder, "article", f"url={paper.url(PATH)}", "refetch=1", *STORE, *options)


def versions(folder: Path, paper: Newspaper, *pages: str, options: tuple[str, ...] = ()) -> list[list[dict[str, Any]]]:
    lines = []
    for body in pages:
        paper[PATH] = body
        lines.append(look(folder, paper, *options).lines)
    return lines


def test_what_changed_stands_in_the_next_version(tmp_path: Path) -> None:
    corrected = FIRST.replace("met on day 3 ", "met on day 33 ")
    added = corrected.replace("</article>", f"<p>{ADDED}</p></article>")
    moved = added.replace("<h1>", f"{WIDGET}<h1>").replace("</article>", f"{WIDGET}</article>")
    renamed = moved.replace("Ferry returns to Wexmouth", "Ferry returns to Wexmouth at last")
    with newspaper() as paper:
        first, second, third, fourth, fifth = versions(tmp_path, paper, FIRST, corrected, added, moved, renamed)
    assert (first[0]["version"], first[0]["changes"]) == (1, None)
    changes = second[0]["changes"]
    (rewritten,) = changes["rewritten"]
    assert (rewritten["index"], rewritten["before_index"]) == (2, 2)
    assert ("day 3 " in rewritten["before"], "day 33 " in rewritten["after"]) == (True, True)
    assert (changes["fields"], changes["added"], changes["removed"]) == ({}, [], [])
    assert third[0]["changes"]["added"] == [{"index": len(third[0]["blocks"]) - 1, "text": ADDED}]
    assert fourth == []  # a widget that only moved
    assert fifth[0]["version"] == 4
    headlines = {"before": "Ferry returns to Wexmouth", "after": "Ferry returns to Wexmouth at last"}
    assert fifth[0]["changes"] == {"fields": {"headline": headlines}, "added": [], "removed": [], "rewritten": []}

    url = first[0]["url"]
    shown = run_scrapy(tmp_path, "store", "history", url, *STORE)
    assert shown.code == 0, shown.err
    assert [line[:9] for line in shown.out.splitlines() if line.startswith("Version")] == [
        f"Version {n}" for n in (1, 2, 3, 4)
    ]
    assert "met on day [-3-]{+33+} and agreed" in shown.out
    assert f"{{+{ADDED}+}}" in shown.out
    assert "headline: Ferry returns to Wexmouth{+ at last+}" in shown.out
    run_scrapy(tmp_path, "store", "history", url, "--html", "history.html", *STORE)
    html = (tmp_path / "history.html").read_text()
    assert "met on day <del>3</del><ins>33</ins> and agreed" in html
    unknown = run_scrapy(tmp_path, "store", "history", url + "x", *STORE)
    assert unknown.code == 3

    assert run_scrapy(tmp_path, "store", "takedown", url, *STORE).code == 0
    assert run_scrapy(tmp_path, "store", "history", url, *STORE).code == 3
    with sqlite3.connect(tmp_path / "store.db") as store:
        assert store.execute("SELECT count(*) FROM texts").fetchone() == (0,)


def test_no_text_is_kept_where_that_is_switched_off(tmp_path: Path) -> None:
    with newspaper() as paper:
        off = ("-s", "NEWSCRAWL_STORE_TEXTS=False")
        _, second = versions(tmp_path, paper, FIRST, FIRST.replace("day 3 ", "day 33 "), options=off)
    assert (second[0]["version"], second[0]["changes"]) == (2, None)


def test_changes_in_csv_and_parquet(tmp_path: Path) -> None:
    import pyarrow.parquet

    with newspaper() as paper:
        versions(tmp_path, paper, FIRST)
        paper[PATH] = FIRST.replace("day 3 ", "day 33 ")
        outputs = ("-O", "out.csv", "-O", "out.parquet")
        look(tmp_path, paper, *outputs)
    (row,) = pyarrow.parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert json.loads(row["changes"])["rewritten"][0]["index"] == 2
    assert '""rewritten""' in (tmp_path / "out.csv").read_text()
