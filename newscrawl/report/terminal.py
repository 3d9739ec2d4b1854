"""What a crawl found and stripped, for a person at a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawl.report.removals import is_moved
from newscrawl.text.normalise import collapse
from newscrawl.text.plain import one_line


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file; none where there is no file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def show(articles: Iterable[dict[str, Any]], failures: Iterable[dict[str, Any]], console: Console) -> None:
    """Print a table of the articles, then what was taken out of them, then what no line came of."""
    articles = list(articles)
    console.print(_articles(articles))
    removals = _removals(articles)
    if removals.row_count:
        console.print(removals)
    moved = sum(is_moved(removal) for article in articles for removal in article["removed"])
    if moved:
        console.print(f"Bylines, dates and captions that went to fields of their own: {moved}")
    for failure in failures:
        console.print(Text.assemble(("not written: ", "bold"), _cell(failure["url"] or failure["place"], 100)))
        console.print(Text.assemble("  ", _cell(failure["detail"], 200)))


def _articles(articles: list[dict[str, Any]]) -> Table:
    table = Table(title=f"{len(articles)} articles", title_justify="left", title_style="bold", expand=True)
    table.add_column("headline", ratio=1)
    table.add_column("published", width=16, no_wrap=True)
    table.add_column("words", justify="right", width=5)
    table.add_column("removed", justify="right", width=7)
    for article in articles:
        words = len((article["article_body"] or "").split())
        table.add_row(
            _cell(article["headline"] or article["url"], 200),
            _cell((article["date_published"] or "unknown").replace("T", " ")[:16], 16),
            str(words),
            str(len(article["removed"])),
        )
    return table


def _removals(articles: list[dict[str, Any]]) -> Table:
    table = Table(title="Stripped from the articles", title_justify="left", title_style="bold", expand=True)
    table.add_column("kind", width=10)
    table.add_column("what stood there", ratio=1)
    table.add_column("sentence mended", width=8)
    for article in articles:
        for removal in article["removed"]:
            if is_moved(removal):
                continue
            table.add_row(_cell(removal["kind"], 40), _cell(removal["text"], 120), "yes" if removal["split"] else "")
    return table


def _cell(text: object, limit: int) -> Text:
    """Return the text as it stands: what a page says is never taken for markup or a control sequence."""
    return Text(one_line(collapse(str(text)), limit))
