"""Many texts for a person at a terminal, and the same on one page that stands alone."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from newscrawl.report.explain.overview import Overview, most_first, rules, summary
from newscrawl.report.page import kind_name, number, render, safe_language, write_page
from newscrawl.report.reasons import meaning
from newscrawl.text.normalise import collapse
from newscrawl.text.plain import one_line

MOST: Final = 1000
"""Documents on a page; browsers take pages of more for slow."""
_LINES: Final = 6
_WIDEST: Final = 160


def show_overview(overview: Overview, console: Console) -> None:
    """Print one text of many: its removals, each between the text before and behind it."""
    width = min(console.width, _WIDEST)
    console.print(_cell(f"{overview.name}: {facts(overview)}", "bold" if overview.removed else ""), width=width)
    for taken in overview.taken:
        _context(taken.before, console, width)
        for removal in taken.removals:
            split = ", broke a sentence" if removal["split"] else ""
            _line(f"{kind_name(removal['kind'])} · {removal['rule']}{split}", "bold red", console, width)
            lines = removal["text"].split("\n")
            for line in lines[:_LINES]:
                _line(line, "red", console, width)
            if len(lines) > _LINES:
                _line(f"… and {len(lines) - _LINES} lines more", "red", console, width)
        _context(taken.after, console, width)
    if overview.taken:
        console.print()


def facts(overview: Overview) -> str:
    """Return what came of a text, in a few words."""
    if overview.problem:
        return f"not read: {overview.problem}"
    parts = [f"{number(overview.kept)} characters"]
    if overview.record["not_article"]:
        parts.append(f"not an article: {overview.record['not_article']}")
    parts.append(
        f"{len(overview.removed)} removed with {number(overview.gone)}" if overview.removed else "nothing removed"
    )
    if overview.record["confidence"] is not None:
        parts.append(f"confidence {overview.record['confidence']:.2f}")
    return ", ".join(parts)


def show_summary(found: list[Overview], console: Console) -> None:
    """Print what was taken from all texts together."""
    console.print(_cell(summary(found), "bold"))
    for rule, count, _ in rules(found):
        console.print(Text.assemble(f"{count:>7}  ", _cell(rule)))


def write_overviews(found: list[Overview], folder: str, path: Path) -> None:
    """Write the page of a folder; raises `OSError` where that cannot be done."""
    write_page(page(found, folder), path)


def page(found: list[Overview], folder: str) -> str:
    """Return a page of all texts, those with the most removed first."""
    listed = most_first(found)[:MOST]
    return render(
        "explain_folder.html.j2",
        folder=folder,
        summary=summary(found),
        left_out=len(found) - len(listed),
        rules=[(rule, count, longest[:300], meaning(rule)) for rule, count, longest in rules(found)],
        meaning=meaning,
        texts=[(o, facts(o), safe_language(o.record.get("in_language"))) for o in listed],
    )


def _context(text: str, console: Console, width: int) -> None:
    if text:
        console.print(Text.assemble("    ", _cell(text, "dim")), width=width, no_wrap=True, overflow="ellipsis")


def _line(text: str, style: str, console: Console, width: int) -> None:
    for part in _cell(text, style).wrap(console, max(20, width - 4)):
        console.print(Text.assemble(("  │ ", "red"), part))


def _cell(text: str, style: str = "") -> Text:
    return Text(one_line(collapse(text), 2_000), style=style)
